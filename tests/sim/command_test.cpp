#include "tests/sim/command.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "tests/sim/options.hpp"

namespace parking::sim {
namespace {

TEST(ACommand, HasWhatItNeedsAndNoMore) {
  EXPECT_EQ(command_for(2, {}), "parking-sim --seed 2 --trace");
  EXPECT_EQ(command_for(2, {.plant_failure = true}),
            "parking-sim --seed 2 --trace --plant-failure");
  EXPECT_EQ(command_for(2, {.gates_max = 4, .cars = 9, .faults = false, .real_store = true}),
            "parking-sim --seed 2 --trace --gates 3..4 --cars 9 --calm --real-store");
  EXPECT_EQ(command_for(2, {.gates_min = 8}), "parking-sim --seed 2 --trace --gates 8");
}

TEST(ACommand, NamesWhatIsLeftOfASeed) {
  EXPECT_EQ(command_for(7, {}, {.cars = Places{1, 4, 5, 6}, .faults = Places{}}),
            "parking-sim --seed 7 --trace --keep-cars 1,4..6 --keep-faults none");
  EXPECT_EQ(command_for(7, {}, {.acts = Places{0}, .gates = 2}),
            "parking-sim --seed 7 --trace --keep-gates 2 --keep-acts 0");
  EXPECT_EQ(command_for(7, {}, {.no_loss = true, .plain_gates = true}),
            "parking-sim --seed 7 --trace --no-loss --plain-gates");
}

TEST(ACommand, IsUnderstoodByTheProgramAsItWasMeant) {
  const Wishes wishes{.gates_min = 2,
                      .gates_max = 5,
                      .cars = 40,
                      .faults = false,
                      .plant_failure = true,
                      .real_store = true};
  const Kept kept{.cars = Places{0, 1, 2, 9},
                  .faults = Places{},
                  .acts = Places{3},
                  .gates = 2,
                  .no_loss = true,
                  .plain_gates = true};
  std::istringstream text(command_for(12, wishes, kept));
  std::vector<std::string> words;
  for (std::string word; text >> word;) words.push_back(word);
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  const auto options = parse_options(static_cast<int>(pointers.size()), pointers.data());
  ASSERT_TRUE(options);
  EXPECT_TRUE(options->trace);
  EXPECT_EQ(options->campaign.first_seed, 12U);
  EXPECT_EQ(options->campaign.seeds, 1U);
  EXPECT_EQ(options->kept, kept);
  EXPECT_EQ(command_for(12, options->campaign.wishes), command_for(12, wishes));
}

}  // namespace
}  // namespace parking::sim
