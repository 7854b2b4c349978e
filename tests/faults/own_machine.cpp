#include "tests/faults/own_machine.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <string_view>
#include <system_error>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/faults/shell.hpp"

namespace parking::faults {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "parking-faults-";

bool is_dead(std::string_view number) {
  pid_t pid = 0;
  const auto [end, error] = std::from_chars(number.begin(), number.end(), pid);
  return error == std::errc{} && end == number.end() && ::kill(pid, 0) != 0 && errno == ESRCH;
}

void remove_leftovers() {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(fs::temp_directory_path(), ignored)) {
    const std::string name = entry.path().filename();
    if (name.starts_with(prefix) && is_dead(std::string_view(name).substr(prefix.size())))
      fs::remove(entry.path(), ignored);  // empty, or not ours
  }
}

std::string mount_memory(const fs::path& at) {
  if (::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=512m,mode=0755") == 0) return {};
  return "cannot mount a tmpfs at " + at.string() + ": " +
         std::error_code(errno, std::generic_category()).message();
}

// `/run` is where ip keeps the names of namespaces.
std::string separate(const fs::path& folder) {
  if (::geteuid() != 0) return "it takes root";
  if (::unshare(CLONE_NEWNS) != 0) return "a mount namespace cannot be made";
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return "mounts cannot be kept private";
  fs::create_directories(folder);
  if (auto fault = mount_memory(folder); !fault.empty()) return fault;
  return mount_memory("/run");
}

// In a folder of its own, which goes with the tmpfs.
constexpr const char* probe_links =
    "ip netns add probe && ip -n probe link add br0 type bridge && "
    "ip -n probe link add one type veth peer name two && "
    "tc -n probe qdisc add dev one root pfifo limit 0 && ip netns del probe";
constexpr const char* probe_disk =
    "mkdir probe && truncate -s 8M probe.img && mke2fs -q -t ext4 probe.img && "
    "mount -o loop,errors=remount-ro probe.img probe && umount probe && rm -r probe probe.img";

std::string try_everything(const fs::path& folder) {
  if (auto fault = shell_fault(probe_links); !fault.empty()) return fault;
  return shell_fault("cd " + folder.string() + " && " + probe_disk);
}

}  // namespace

OwnMachine::OwnMachine()
    : folder_(fs::temp_directory_path() / (std::string(prefix) + std::to_string(::getpid()))) {
  remove_leftovers();
  obstacle_ = separate(folder_);
  if (obstacle_.empty()) obstacle_ = try_everything(folder_);
}

OwnMachine::~OwnMachine() {
  ::umount2(folder_.c_str(), MNT_DETACH);
  std::error_code ignored;
  fs::remove(folder_, ignored);
}

}  // namespace parking::faults
