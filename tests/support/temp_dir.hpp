#pragma once

#include <filesystem>
#include <string_view>

namespace parking::test_support {

/// A new folder that is removed with everything in it at the end of its scope. Its path is short
/// enough for Unix sockets (107 bytes).
class TempDir {
public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file, for example a configuration, and says where it is.
  [[nodiscard]] std::filesystem::path write(std::string_view name, std::string_view text) const;

private:
  std::filesystem::path path_;
};

}  // namespace parking::test_support
