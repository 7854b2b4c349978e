#pragma once

#include <filesystem>

namespace parking::faults {

/// A small card of its own: a file system in an image, mounted where only this run sees it.
class Disk {
public:
  /// Throws std::runtime_error when it cannot be made.
  explicit Disk(std::filesystem::path at);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  [[nodiscard]] const std::filesystem::path& at() const { return at_; }

  /// Takes all the room that is left.
  void fill() const;
  void make_room() const;
  /// What the kernel does with a card that has an error: it can only be read from now on.
  void make_read_only() const;
  /// With nobody using it: checked and mounted again, as after a reboot.
  void repair() const;

private:
  void mount() const;

  std::filesystem::path at_;
  std::filesystem::path image_;
};

}  // namespace parking::faults
