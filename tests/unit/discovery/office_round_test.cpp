// What the office does with answers of gates that lose afterwards what they had when they answered.
#include <algorithm>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "discovery/office.hpp"

namespace parking::discovery {
namespace {

using core::Duration;
using core::Incarnation;
using core::Instant;
using core::LinkId;

core::GateId gate(std::uint64_t number) {
  return *core::GateId::parse("g" + std::to_string(number));
}

/// The gate g3 is off. Its row 30 went to version 5, which g1 alone has; the office has version 4.
class AnOfficeThatAsksAllGates : public testing::Test {
protected:
  AnOfficeThatAsksAllGates() {
    step(core::Tick{});
    now = Instant{Office::listen_before_creating};
    step(core::Tick{});
    now = Instant{Office::gates_come_within};
    come(1, LinkId{1});
    come(2, LinkId{2});
    step(core::Received{LinkId{2}, core::Rows{{{{row_of_g3(4), "bytes"}, Duration{0}}}}});
  }

  /// Why it was refused; empty: accepted.
  std::string step(const core::Input& input) {
    const core::Effects effects = office.step(input, now);
    hear(effects);
    if (effects.record) hear(office.step(core::Persisted{effects.record->number}, now));
    return effects.refused.value_or("");
  }

  void hear(const core::Effects& effects) {
    for (const core::Send& send : effects.sends)
      if (const auto* order = std::get_if<core::Order>(&send.message)) orders[send.link] = *order;
    if (!effects.record) return;
    for (const core::Event& event : effects.record->events) history[event.kind] = event.text;
  }

  void come(std::uint64_t number, LinkId link) {
    step(core::LinkUp{link, {}});
    step(core::Received{link, core::Hello{.to = core::GateId::office(),
                                          .lot = office.exchange().lot(),
                                          .row = {{.owner = {gate(number), {number}}}, {}},
                                          .has_entry = true}});
  }

  /// It says which version of g3's row it has.
  void answer(std::uint64_t number, LinkId link, core::Version of_g3) {
    ASSERT_TRUE(orders.contains(link)) << "nobody asked";
    step(core::Received{link,
                        core::OrderDone{.id = orders[link].id,
                                        .row = {{.owner = {gate(number), {number}}}, {}},
                                        .marks = {{Incarnation{30}, of_g3, row_of_g3(of_g3).tag}},
                                        .frozen = orders[link].freeze}});
  }

  /// It answers, crashes before the copy is sent, and comes back with the copy before that one.
  void lose_the_last_version() {
    answer(2, LinkId{2}, 4);
    answer(1, LinkId{1}, 5);
    step(core::LinkDown{LinkId{1}});
    come(1, LinkId{11});
    answer(1, LinkId{11}, 4);
  }

  static core::Row row_of_g3(core::Version version) {
    const auto cars = static_cast<core::Count>(version);
    return {.owner = {gate(3), {30}},
            .version = version,
            .tag = 50 + version,
            .admitted = cars,
            .entered = cars};
  }

  [[nodiscard]] core::Version retired_at() const {
    const auto retired = office.retired();
    const auto found = retired.find(Incarnation{30});
    return found == retired.end() ? 0 : found->second;
  }

  [[nodiscard]] bool has_alarm(const std::string& code) const {
    const core::Snapshot view = office.snapshot(now);
    return std::ranges::any_of(view.alarms,
                               [&](const core::AlarmView& alarm) { return alarm.code == code; });
  }

  std::map<LinkId, core::Order> orders;
  std::map<std::string, std::string> history;  ///< the last event of each kind
  Instant now{};
  std::uint64_t random = 0;
  Office office{{.self = {core::GateId::office(), Incarnation{100}}, .capacity = 10},
                {.incarnation = Incarnation{100}},
                [this] { return ++random; },
                Instant{}};
};

TEST_F(AnOfficeThatAsksAllGates, WaitsForACopyThatOneOfThemHas) {
  ASSERT_EQ(step(core::Retire{{gate(3)}, "burnt"}), "");
  answer(2, LinkId{2}, 4);
  answer(1, LinkId{1}, 5);
  EXPECT_EQ(retired_at(), 0U);
  step(core::Received{LinkId{1}, core::Rows{{{{row_of_g3(5), "bytes"}, Duration{0}}}}});
  EXPECT_EQ(retired_at(), 5U);
}

TEST_F(AnOfficeThatAsksAllGates, NamesTheRetiredGateInItsHistory) {
  ASSERT_EQ(step(core::Retire{{gate(3)}, "burnt"}), "");
  answer(2, LinkId{2}, 4);
  answer(1, LinkId{1}, 4);
  EXPECT_EQ(history["retired"], "g3: burnt");
}

TEST_F(AnOfficeThatAsksAllGates, NamesTheGateThatLeftInItsHistory) {
  core::Row last = row_of_g3(5);
  last.final_row = true;
  step(core::Received{LinkId{2}, core::Rows{{{{last, "bytes"}, Duration{0}}}}});
  answer(2, LinkId{2}, 5);
  answer(1, LinkId{1}, 5);
  ASSERT_TRUE(office.exchange().ledger().is_closed(Incarnation{30}));
  EXPECT_EQ(history["closed"], "g3: left the lot");
}

// Copies of others' rows need no sync. Nobody has the last version any more.
TEST_F(AnOfficeThatAsksAllGates, DoesNotWaitForACopyThatIsLost) {
  ASSERT_EQ(step(core::Retire{{gate(3)}, "burnt"}), "");
  lose_the_last_version();
  EXPECT_EQ(retired_at(), 4U);
}

// The card of g1 was copied, and the copy answered first.
TEST_F(AnOfficeThatAsksAllGates, AsksAgainWhoeverComesOnAnotherConnection) {
  ASSERT_EQ(step(core::Retire{{gate(3)}, "burnt"}), "");
  answer(2, LinkId{2}, 4);
  answer(1, LinkId{1}, 5);
  step(core::LinkDown{LinkId{1}});
  come(1, LinkId{11});
  EXPECT_EQ(retired_at(), 0U);
  answer(1, LinkId{11}, 5);
  EXPECT_EQ(retired_at(), 0U);
  step(core::Received{LinkId{11}, core::Rows{{{{row_of_g3(5), "bytes"}, Duration{0}}}}});
  EXPECT_EQ(retired_at(), 5U);
}

// Ledger rule 10: g3 came back and met only a gate with a new store, that knew of nothing; it is
// away again now.
TEST_F(AnOfficeThatAsksAllGates, LearnsTheLastRowOfAGateThatCameBackFromAnotherGate) {
  ASSERT_EQ(step(core::Retire{{gate(3)}, "off"}), "");
  answer(2, LinkId{2}, 4);
  answer(1, LinkId{1}, 4);
  ASSERT_EQ(retired_at(), 4U);
  core::Row last = row_of_g3(5);
  step(core::Received{LinkId{1}, core::Rows{{{{last, "bytes"}, Duration{0}}}}});
  EXPECT_EQ(retired_at(), 4U) << "not its last one";
  last.final_row = true;
  step(core::Received{LinkId{1}, core::Rows{{{{last, "bytes"}, Duration{0}}}}});
  EXPECT_EQ(retired_at(), 5U);
}

// That there was a later version is known all the same.
TEST_F(AnOfficeThatAsksAllGates, ImportsNoStoreThatWasContradictedByACopyThatIsLost) {
  core::Remembered image{.incarnation = Incarnation{30},
                         .own = row_of_g3(4),
                         .past_tags = {51, 52, 53, 54},
                         .lot = office.exchange().lot()};
  ASSERT_EQ(step(core::ImportStore{image, "from the drawer"}), "");
  lose_the_last_version();
  EXPECT_TRUE(has_alarm("import_refused"));
  EXPECT_FALSE(office.exchange().ledger().is_closed(Incarnation{30}));
}

}  // namespace
}  // namespace parking::discovery
