#include "tests/structure/source_tree.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::structure {
namespace {

using testing::ElementsAre;

TEST(Includes, AreFoundWithTheirLines) {
  EXPECT_THAT(includes_of("#pragma once\n\n#include <vector>\n  #  include \"a/b.hpp\"  // why\n"),
              ElementsAre(Include{"vector", false, 3}, Include{"a/b.hpp", true, 4}));
}

TEST(Includes, AreNoneInOtherText) {
  EXPECT_TRUE(includes_of("// see #include <vector>\nint include;\n").empty());
}

TEST(ASourceFile, KnowsItsFolderAndKind) {
  const SourceFile file{"app/core/row.hpp", "a\nb\n"};
  EXPECT_EQ(file.folder(), "app/core");
  EXPECT_EQ(file.name(), "row.hpp");
  EXPECT_TRUE(file.is_header());
  EXPECT_EQ(file.lines(), 2U);
}

TEST(TheSourceTree, IsThere) {
  const auto& files = source_tree();
  const auto has = [&](std::string_view path) {
    return std::ranges::any_of(files, [&](const SourceFile& file) { return file.path == path; });
  };
  EXPECT_TRUE(has("app/core/row.hpp"));
  EXPECT_TRUE(has("tests/run"));
}

}  // namespace
}  // namespace parking::structure
