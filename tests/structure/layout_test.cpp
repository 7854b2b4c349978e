#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/structure/source_tree.hpp"

namespace parking::structure {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::IsEmpty;

constexpr std::size_t longest_file_lines = 400;

/// The files that a CMakeLists.txt names, each with the keyword it stands after: HEADERS, SOURCES.
std::multimap<std::string, std::string> named_files(const std::string& text) {
  static const std::regex word(R"(#[^\n]*|[\w./+-]+)");
  static const std::regex keyword("[A-Z_]+");
  std::multimap<std::string, std::string> files;
  std::string last_keyword;
  for (std::sregex_iterator match(text.begin(), text.end(), word), end; match != end; ++match) {
    const std::string found = match->str();
    if (std::regex_match(found, keyword))
      last_keyword = found;
    else if (!found.starts_with('#'))
      files.emplace(found, last_keyword);
  }
  return files;
}

/// Folder -> what its CMakeLists.txt names.
const std::map<std::string, std::multimap<std::string, std::string>>& build_files() {
  static const auto all = [] {
    std::map<std::string, std::multimap<std::string, std::string>> found;
    for (const auto& file : source_tree())
      if (file.name() == "CMakeLists.txt") found[file.folder()] = named_files(file.text);
    return found;
  }();
  return all;
}

/// The keywords that the file stands after, in its folder's CMakeLists.txt or, with its path from
/// there, in one further up.
std::set<std::string> keywords_of(const SourceFile& wanted) {
  std::set<std::string> keywords;
  for (const auto& [folder, files] : build_files()) {
    if (!wanted.path.starts_with(folder + "/")) continue;
    const auto [first, last] = files.equal_range(wanted.path.substr(folder.size() + 1));
    for (auto named = first; named != last; ++named) keywords.insert(named->second);
  }
  return keywords;
}

TEST(TheTree, HasSixFoldersAtTheTop) {
  EXPECT_THAT(top_folders(), Each(AnyOf("app", "qml", "hw", "discovery", "systemd", "tests")));
}

TEST(TheTree, HasNoFileThatIsTooLongToRead) {
  std::vector<std::string> too_long;
  for (const auto& file : source_tree())
    if (file.lines() > longest_file_lines)
      too_long.push_back(file.path + ": " + std::to_string(file.lines()) + " lines");
  EXPECT_THAT(too_long, IsEmpty());
}

TEST(EachHeader, IsIncludedOnce) {
  for (const auto& file : source_tree()) {
    if (!file.is_header()) continue;
    EXPECT_TRUE(file.text.starts_with("#pragma once\n")) << file.path;
  }
}

/// The headers that files of another folder include; tests may look behind the curtain.
std::set<std::string> headers_used_elsewhere() {
  std::set<std::string> headers;
  for (const auto& file : source_tree()) {
    if (!file.is_cpp() || file.path.starts_with("tests/")) continue;
    for (const auto& include : includes_of(file.text))
      if (include.target.substr(0, include.target.rfind('/')) != file.folder())
        headers.insert(include.target);
  }
  return headers;
}

TEST(EachHeader, ThatOtherLayersUseIsListedSoThatItIsCompiledAlone) {
  const auto used = headers_used_elsewhere();
  std::vector<std::string> unlisted;
  for (const auto& file : source_tree())
    if (file.is_header() && !keywords_of(file).contains("HEADERS") && used.contains(file.path))
      unlisted.push_back(file.path);
  EXPECT_THAT(unlisted, IsEmpty());
}

TEST(EachLayer, ListsHeaders) {
  for (const std::string_view folder : {"app/core", "app/wire", "app/gate", "discovery"})
    EXPECT_TRUE(std::ranges::any_of(source_tree(), [&](const SourceFile& file) {
      return file.folder() == folder && keywords_of(file).contains("HEADERS");
    })) << folder;
}

TEST(EachSource, IsListedSoThatItIsBuilt) {
  std::vector<std::string> unlisted;
  for (const auto& file : source_tree()) {
    // The fuzz targets are listed by a loop over their subjects.
    if (!file.path.ends_with(".cpp") || file.path.starts_with("tests/fuzz/")) continue;
    if (keywords_of(file).empty()) unlisted.push_back(file.path);
  }
  EXPECT_THAT(unlisted, IsEmpty());
}

TEST(EachSource, EndsItsLinesAsUnixDoes) {
  for (const auto& file : source_tree()) {
    if (!file.is_cpp()) continue;
    EXPECT_EQ(file.text.find('\r'), std::string::npos) << file.path;
    EXPECT_EQ(file.text.find('\t'), std::string::npos) << file.path;
    EXPECT_TRUE(file.text.ends_with('\n')) << file.path;
  }
}

}  // namespace
}  // namespace parking::structure
