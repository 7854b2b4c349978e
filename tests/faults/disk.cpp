#include "tests/faults/disk.hpp"

#include <array>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "tests/faults/shell.hpp"

namespace parking::faults {

namespace fs = std::filesystem;

Disk::Disk(fs::path at) : at_(std::move(at)), image_(at_.string() + ".img") {
  fs::create_directories(at_);
  shell("truncate -s 8M " + image_.string() + " && mke2fs -q -t ext4 -m 0 " + image_.string());
  mount();
}

Disk::~Disk() {
  shell_fault("umount --lazy " + at_.string() + " && rm " + image_.string());
}

void Disk::mount() const {
  shell("mount -o loop,errors=remount-ro " + image_.string() + " " + at_.string());
}

void Disk::fill() const {
  const int file = ::open((at_ / "filler").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const std::array<char, 4096> block{};
  // The last part of a block too.
  for (std::size_t size = block.size(); size > 0; size /= 2)
    while (::write(file, block.data(), size) > 0) {
    }
  ::fsync(file);
  ::close(file);
}

void Disk::make_room() const {
  fs::remove(at_ / "filler");
}

void Disk::make_read_only() const {
  shell("mount -o remount,abort " + at_.string());
}

// e2fsck ends with 1 when it corrected something.
void Disk::repair() const {
  shell("umount " + at_.string() + " && { e2fsck -p -f " + image_.string() + " >" +
        image_.string() + ".log || test $? -eq 1; }");
  mount();
}

}  // namespace parking::faults
