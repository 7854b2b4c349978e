#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace parking::structure {

/// One `#include` line.
struct Include {
  std::string target;   ///< without quotes or brackets
  bool quoted = false;  ///< "..." and not <...>
  int line = 0;
  bool operator==(const Include&) const = default;
};

struct SourceFile {
  std::string path;  ///< from the root of the tree
  std::string text;

  [[nodiscard]] std::string folder() const;  ///< `app/core`
  [[nodiscard]] std::string name() const;    ///< `row.hpp`
  [[nodiscard]] bool is_header() const;
  [[nodiscard]] bool is_cpp() const;  ///< header or source
  [[nodiscard]] std::size_t lines() const;
};

/// All text files of ours: C++, QML, CMake, shell, Python, protobuf, configuration, units. Hidden
/// folders and build/ are not ours.
const std::vector<SourceFile>& source_tree();

std::vector<Include> includes_of(std::string_view text);

/// The names of the tree's folders at the top, without hidden ones and build/.
std::vector<std::string> top_folders();

}  // namespace parking::structure
