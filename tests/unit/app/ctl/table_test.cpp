#include "app/ctl/table.hpp"

#include <sstream>

#include <gtest/gtest.h>

namespace parking::ctl {
namespace {

TEST(ATable, PutsItsColumnsBelowEachOther) {
  Table table({"PEER", "STATE"});
  table.add({"south", "alive"});
  table.add({"w", ""});
  std::ostringstream out;
  table.print(out);
  EXPECT_EQ(out.str(), "PEER   STATE\nsouth  alive\nw\n");
}

// A line break would make two rows of one, an escape sequence would reach the terminal.
TEST(ATable, KeepsControlCharactersFromTheTerminal) {
  Table table({"DETAILS", "LANE"});
  table.add({"two\nlines", "in"});
  table.add({"\x1b[2Jgone", "out"});
  std::ostringstream out;
  table.print(out);
  EXPECT_EQ(out.str(), "DETAILS    LANE\ntwo?lines  in\n?[2Jgone   out\n");
}

TEST(Width, CountsCharactersAndNotBytes) {
  EXPECT_EQ(width("Gare"), 4U);
  EXPECT_EQ(width("Gär"), 3U);
  EXPECT_EQ(width(""), 0U);
}

}  // namespace
}  // namespace parking::ctl
