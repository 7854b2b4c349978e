#include "app/core/flat_map.hpp"

#include <map>
#include <string>

#include <gtest/gtest.h>

namespace parking::core {
namespace {

using Numbers = FlatMap<int, std::string>;

TEST(FlatMap, KeepsItsKeysInOrderAndOnce) {
  Numbers map{{3, "three"}, {1, "one"}, {2, "two"}, {1, "uno"}};
  EXPECT_FALSE(map.emplace(2, "due").second);
  std::string text;
  for (const auto& [key, value] : map) text += std::to_string(key) + value;
  EXPECT_EQ(text, "1one2two3three");
}

TEST(FlatMap, FindsWhatIsThereAndNothingElse) {
  const Numbers map{{1, "one"}, {3, "three"}};
  EXPECT_EQ(map.at(3), "three");
  EXPECT_EQ(map.find(2), map.end());
  EXPECT_EQ(map.find(4), map.end());
  EXPECT_FALSE(map.contains(0));
}

TEST(FlatMap, AnUnknownKeyBeginsEmpty) {
  FlatMap<int, int> counts;
  counts[7] += 2;
  counts[7] += 3;
  EXPECT_EQ(counts, (FlatMap<int, int>{{7, 5}}));
}

TEST(FlatMap, ErasesOneKey) {
  Numbers map{{1, "one"}, {2, "two"}};
  EXPECT_EQ(map.erase(1), 1U);
  EXPECT_EQ(map.erase(1), 0U);
  EXPECT_EQ(map, (Numbers{{2, "two"}}));
}

TEST(FlatMap, DoesWhatStdMapDoes) {
  FlatMap<unsigned, unsigned> flat;
  std::map<unsigned, unsigned> tree;
  unsigned state = 1;
  for (unsigned i = 0; i < 3000; ++i) {
    state = state * 1664525U + 1013904223U;
    const unsigned key = (state >> 16U) % 40;
    if (state % 3 == 0) {
      EXPECT_EQ(flat.erase(key), tree.erase(key));
    } else {
      flat[key] += i;
      tree[key] += i;
    }
    ASSERT_TRUE(std::ranges::equal(flat, tree, [](const auto& a, const auto& b) {
      return a.first == b.first && a.second == b.second;
    }));
  }
}

}  // namespace
}  // namespace parking::core
