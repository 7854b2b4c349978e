#pragma once

#include <filesystem>

namespace parking::bench {

/// A new folder on the disk that is measured, removed with everything in it at the end of its
/// scope.
class Folder {
public:
  explicit Folder(const std::filesystem::path& parent);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

}  // namespace parking::bench
