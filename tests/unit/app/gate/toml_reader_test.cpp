#include "app/gate/toml_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.hpp"

namespace parking::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

TEST(AReader, GivesWhatTheFileSays) {
  Reader reader("[gate]\nid = \"north\"\nn = 3\nx = 1.5\nw = 2\naddress = \"a:1\"\npath = \"/a\"",
                "f");
  auto gate = reader.root().table("gate");
  EXPECT_EQ(gate.text("id"), "north");
  EXPECT_EQ(gate.integer("n", 0, 3), 3);
  EXPECT_EQ(gate.number("x", 0, 2), 1.5);
  EXPECT_EQ(gate.number("w", 0, 2), 2);
  EXPECT_EQ(gate.address("address"), (HostPort{"a", 1}));
  EXPECT_EQ(gate.absolute_path("path"), "/a");
  EXPECT_THAT(reader.faults(), IsEmpty());
}

TEST(AReader, GivesNothingForWhatIsAbsent) {
  Reader reader("", "f");
  auto gate = reader.root().table("gate");
  EXPECT_FALSE(gate.present());
  EXPECT_EQ(gate.text("id"), std::nullopt);
  EXPECT_EQ(gate.integer("n", 0, 3), std::nullopt);
  EXPECT_THAT(gate.tables("lane", 4), IsEmpty());
  EXPECT_THAT(reader.faults(), IsEmpty());
}

TEST(AReader, ListsUnknownKeysThenWrongValuesThenMissingOnes) {
  Reader reader("[gate]\nn = 9\nnoise = 1\n[other]\n", "gate.toml");
  auto root = reader.root();
  auto gate = root.table("gate");
  gate.missing("id", "name it");
  gate.integer("n", 0, 3);
  EXPECT_THAT(reader.faults(),
              ElementsAre("gate.toml:3: gate.noise: unknown key; use one of: n",
                          "gate.toml:4: other: unknown key; use one of: gate",
                          "gate.toml:2: gate.n: 9 is out of range; write one from 0 to 3",
                          "gate.toml:1: gate.id: name it"));
}

TEST(AReader, NamesWhatIsOfTheWrongType) {
  Reader reader("t = 1\ni = \"1\"\nf = true\ngate = 1\nlane = 3\np = \"x\"\nd = 2020-01-01", "f");
  auto root = reader.root();
  root.text("t");
  root.integer("i", 1, 2);
  root.number("f", 0, 1);
  root.table("gate");
  root.tables("lane", 3);
  root.absolute_path("p");
  root.text("d");
  EXPECT_THAT(reader.faults(),
              ElementsAre("f:1: t: is not a text; put it in double quotes",
                          "f:2: i: is not a whole number; write one from 1 to 2",
                          "f:3: f: is not a number; write one from 0 to 1",
                          "f:4: gate: is not a table; write [gate] or gate = { ... }",
                          "f:5: lane: is not a list of tables; write [[lane]] with two brackets",
                          "f:6: p: \"x\" is not an absolute path; begin it with /",
                          "f:7: d: is not a text; put it in double quotes"));
}

TEST(AReader, FindsUnknownKeysInListsOfTables) {
  Reader reader("[[lane]]\nname = \"in\"\n[[lane]]\nnam = \"out\"\n", "f");
  auto lanes = reader.root().tables("lane", 4);
  for (auto& lane : lanes) lane.text("name");
  ASSERT_EQ(lanes.size(), 2U);
  EXPECT_THAT(reader.faults(), ElementsAre("f:4: lane[2].nam: unknown key; use one of: name"));
}

TEST(AReader, RefusesAListThatIsTooLong) {
  Reader reader("[[lane]]\n[[lane]]\n", "f");
  reader.root().tables("lane", 1);
  EXPECT_THAT(reader.faults(), ElementsAre("f:1: lane: 2 are too many; at most 1"));
}

TEST(AReader, StopsAtASyntaxError) {
  Reader reader("[gate]\nid = north\n", "f");
  reader.root().missing("gate", "never shown");
  ASSERT_EQ(reader.faults().size(), 1U);
  EXPECT_THAT(reader.faults().front(), StartsWith("f:2: syntax: "));
}

TEST(AReader, KeepsAFaultOnOneLineWhateverTheFileContains) {
  Reader reader("\"a\\nb\" = 1\n", "f");
  reader.root().text("c");
  EXPECT_THAT(reader.faults(), ElementsAre("f:1: a b: unknown key; use one of: c"));
}

TEST(AReader, TakesAnyBytesWithoutFailing) {
  for (const std::string& text :
       {std::string("\0\xff", 2), std::string(5000, '['), std::string("=")})
    EXPECT_EQ(Reader(text, "f").faults().size(), 1U);
}

TEST(ASocketPath, FitsAnAddress) {
  Reader reader("a = \"/" + std::string(106, 'x') + "\"\nb = \"/" + std::string(107, 'x') + "\"",
                "f");
  auto root = reader.root();
  EXPECT_TRUE(root.socket_path("a"));
  EXPECT_FALSE(root.socket_path("b"));
}

TEST(AFile, ThatCannotBeReadIsOneFault) {
  EXPECT_THAT(read_file("/nowhere/gate.toml").error(),
              ElementsAre("/nowhere/gate.toml:1: file: cannot be read (there is no such file); "
                          "name another one with --config FILE"));
  EXPECT_THAT(read_file("/").error(), ElementsAre(StartsWith("/:1: file: cannot be read (it is")));
}

TEST(AFile, IsReadWhole) {
  const test_support::TempDir folder;
  EXPECT_EQ(read_file(folder.write("a.toml", "a = 1\n")), "a = 1\n");
}

}  // namespace
}  // namespace parking::config
