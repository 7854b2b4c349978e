#include "tests/structure/source_tree.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

namespace parking::structure {
namespace {

namespace fs = std::filesystem;

bool is_skipped(const fs::path& folder) {
  const auto name = folder.filename().string();
  return name.starts_with('.') || name == "__pycache__" ||
         (name == "build" && folder.parent_path() == fs::path(PARKING_SOURCE_DIR));
}

/// Pictures, translations and the like have no length that anybody reads.
bool is_read_by_people(const fs::path& file) {
  static const std::set<std::string> endings{".hpp",   ".cpp",   ".qml",     ".js",   ".txt",
                                             ".cmake", ".proto", ".sh",      ".py",   "",
                                             ".toml",  ".in",    ".service", ".conf", ".rules"};
  return endings.contains(file.extension().string());
}

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<SourceFile> read_tree() {
  const fs::path root = PARKING_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (auto entry = fs::recursive_directory_iterator(root); entry != end(entry); ++entry) {
    if (entry->is_directory() && is_skipped(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && entry.depth() > 0 && is_read_by_people(entry->path())) {
      files.push_back({fs::relative(entry->path(), root).generic_string(), read(entry->path())});
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

}  // namespace

std::string SourceFile::folder() const {
  return fs::path(path).parent_path().generic_string();
}
std::string SourceFile::name() const {
  return fs::path(path).filename().string();
}
bool SourceFile::is_header() const {
  return path.ends_with(".hpp");
}
bool SourceFile::is_cpp() const {
  return is_header() || path.ends_with(".cpp");
}
std::size_t SourceFile::lines() const {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

const std::vector<SourceFile>& source_tree() {
  static const auto files = read_tree();
  return files;
}

std::vector<Include> includes_of(std::string_view text) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"].*$)re");
  std::vector<Include> includes;
  std::istringstream stream{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    std::smatch match;
    if (std::regex_match(line, match, pattern))
      includes.push_back({match[2], match[1] == "\"", number});
  }
  return includes;
}

std::vector<std::string> top_folders() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(PARKING_SOURCE_DIR))
    if (entry.is_directory() && !is_skipped(entry.path()))
      names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace parking::structure
