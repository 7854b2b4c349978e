#include "tests/structure/dependencies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::structure {
namespace {

using testing::IsEmpty;
using testing::Optional;

TEST(TheTree, KeepsToTheDependencyTable) {
  std::vector<std::string> objections;
  for (const auto& file : source_tree()) {
    const Rule* rule = file.is_cpp() ? rule_for(file.path) : nullptr;
    if (rule == nullptr) continue;
    for (const auto& include : includes_of(file.text))
      if (auto text = objection(*rule, file, include)) objections.push_back(*std::move(text));
  }
  EXPECT_THAT(objections, IsEmpty());
}

TEST(TheTree, HasARuleForEachFolderWithSources) {
  for (const auto& file : source_tree()) {
    if (!file.is_cpp() || file.path.starts_with("tests/")) continue;
    EXPECT_NE(rule_for(file.path), nullptr) << file.path;
  }
}

TEST(TheTree, IncludesNothingOfTheTestsOutsideOfThem) {
  for (const auto& file : source_tree()) {
    if (!file.is_cpp() || file.path.starts_with("tests/")) continue;
    for (const auto& include : includes_of(file.text))
      EXPECT_FALSE(include.target.starts_with("tests/")) << file.path << ":" << include.line;
  }
}

std::optional<std::string> objection_to(const std::string& path, const std::string& line) {
  const SourceFile file{path, line + "\n"};
  return objection(*rule_for(path), file, includes_of(file.text).at(0));
}

TEST(TheCore, MayUseTheStandardLibraryOnly) {
  EXPECT_EQ(objection_to("app/core/row.hpp", "#include <expected>"), std::nullopt);
  EXPECT_EQ(objection_to("app/core/row.hpp", "#include \"app/core/types.hpp\""), std::nullopt);
  EXPECT_THAT(objection_to("app/core/row.hpp", "#include <boost/asio.hpp>"),
              Optional(std::string("app/core/row.hpp:1: boost/asio.hpp: app/core may not use this "
                                   "library")));
  EXPECT_TRUE(objection_to("app/core/row.hpp", "#include <unistd.h>"));
  EXPECT_TRUE(objection_to("app/core/row.hpp", "#include \"app/wire/frame.hpp\""));
}

TEST(TheHardware, KnowsNothingOfParking) {
  EXPECT_EQ(objection_to("hw/beam.cpp", "#include <gpiod.hpp>"), std::nullopt);
  EXPECT_TRUE(objection_to("hw/beam.cpp", "#include \"app/core/types.hpp\""));
}

TEST(TheCommandLine, SeesSnapshotsOnly) {
  EXPECT_EQ(objection_to("app/ctl/a.cpp", "#include \"app/core/snapshot.hpp\""), std::nullopt);
  EXPECT_TRUE(objection_to("app/ctl/a.cpp", "#include \"app/core/row.hpp\""));
  EXPECT_TRUE(objection_to("app/ctl/a.cpp", "#include \"app/peer/server.hpp\""));
}

TEST(AnInclude, NamesItsPathFromTheRoot) {
  EXPECT_TRUE(objection_to("app/core/row.cpp", "#include \"row.hpp\""));
  EXPECT_EQ(objection_to("app/wire/convert.cpp", "#include \"parking.pb.h\""), std::nullopt);
}

TEST(AFolder, IsNotTakenForAnotherThatBeginsLikeIt) {
  EXPECT_EQ(rule_for("hwx/a.cpp"), nullptr);
  EXPECT_EQ(rule_for("tests/unit/hw/a.cpp"), nullptr);
  EXPECT_TRUE(objection_to("app/core/row.cpp", "#include \"app/corex/row.hpp\""));
}

}  // namespace
}  // namespace parking::structure
