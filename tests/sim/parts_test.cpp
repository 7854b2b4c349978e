#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "app/wire/convert.hpp"
#include "tests/sim/agenda.hpp"
#include "tests/sim/machine.hpp"
#include "tests/sim/street.hpp"
#include "tests/sim/truth.hpp"
#include "tests/sim/wire_path.hpp"

namespace parking::sim {
namespace {

TEST(AnAgenda, GivesWhatIsEarliestAndThenWhatCameFirst) {
  Agenda agenda;
  agenda.add(20, What::arrive, 1);
  agenda.add(10, What::arrive, 2);
  agenda.add(10, What::arrive, 3);
  EXPECT_EQ(agenda.take().a, 2U);
  EXPECT_EQ(agenda.take().a, 3U);
  agenda.add(0, What::arrive, 4);  // never in the past
  EXPECT_EQ(agenda.take().at, 10);
  EXPECT_EQ(agenda.take().a, 1U);
  EXPECT_TRUE(agenda.empty());
}

core::Row row(std::uint64_t incarnation, core::Version version) {
  core::Row row;
  row.owner = {*core::GateId::parse("g1"), core::Incarnation{incarnation}};
  row.version = version;
  return row;
}

TEST(TheTruth, ObjectsToAPermitThatIsNotThere) {
  Truth truth;
  RowChange change;
  core::Row office = row(1, 1);
  office.office = core::OfficePart{.capacity = 1};
  EXPECT_FALSE(truth.observe(office, change));
  office.version = 2;
  office.given[core::Incarnation{2}] = 1;
  EXPECT_FALSE(truth.observe(office, change));
  EXPECT_FALSE(truth.objection());
  core::Row gate = row(2, 1);
  gate.admitted = 1;
  EXPECT_FALSE(truth.observe(gate, change));
  EXPECT_FALSE(truth.objection());
  gate.version = 2;
  gate.admitted = 2;
  EXPECT_FALSE(truth.observe(gate, change));
  EXPECT_TRUE(truth.objection());
}

class ALotOfTwo : public testing::Test {
protected:
  ALotOfTwo() {
    office_.office = core::OfficePart{.capacity = 2};
    write(office_);
    office_.given[core::Incarnation{2}] = 1;
    write(office_);
  }
  void write(core::Row& row) {
    RowChange change;
    ++row.version;
    EXPECT_FALSE(truth_.observe(row, change));
  }
  Truth truth_;
  core::Row office_ = row(1, 0);
  core::Row gate_ = row(2, 0);
};

TEST_F(ALotOfTwo, OwesForACarThatCameInWithoutAPermit) {
  gate_.unadmitted = 2;
  write(gate_);
  EXPECT_FALSE(truth_.objection());
  EXPECT_EQ(truth_.debt(), 1);
}

TEST_F(ALotOfTwo, GainsNothingFromADebtThatWasPaidBack) {
  gate_.unadmitted = 2;
  write(gate_);
  gate_.left = 2;
  write(gate_);
  EXPECT_FALSE(truth_.objection());
  EXPECT_EQ(truth_.debt(), 0);
  gate_.admitted = 1;
  write(gate_);
  EXPECT_FALSE(truth_.objection());
  gate_.admitted = 2;
  write(gate_);
  EXPECT_TRUE(truth_.objection());
}

TEST_F(ALotOfTwo, SpendsNothingWhileItOwes) {
  gate_.unadmitted = 2;
  write(gate_);
  EXPECT_FALSE(truth_.objection());
  gate_.given[core::Incarnation{1}] = 1;
  write(gate_);
  EXPECT_TRUE(truth_.objection());
}

TEST_F(ALotOfTwo, LetsASecondHistorySpendWhatWasInIt) {
  core::Row second = gate_;
  second.admitted = 1;
  EXPECT_FALSE(truth_.observe_second(second, gate_));
  core::Row more = second;
  more.admitted = 2;
  EXPECT_TRUE(truth_.observe_second(more, second));
}

TEST_F(ALotOfTwo, EndsWhatASecondHistoryAllowedWhenItIsSettled) {
  core::Row second = gate_;
  second.given[core::Incarnation{3}] = 1;
  EXPECT_FALSE(truth_.observe_second(second, gate_));
  core::Row other = row(3, 0);
  other.admitted = 1;
  write(other);
  EXPECT_FALSE(truth_.objection());
  EXPECT_EQ(truth_.unknowable_debt(), 1);
  truth_.settle_unknowable(core::Incarnation{3}, gate_);
  EXPECT_EQ(truth_.unknowable_debt(), 0);
  EXPECT_EQ(truth_.debt(), 1);
  other.left = 1;
  write(other);
  EXPECT_FALSE(truth_.objection());
  other.admitted = 2;
  write(other);
  EXPECT_TRUE(truth_.objection());
}

TEST(AnEpisode, ExcusesOneCrossingForEachExcuseEitherWay) {
  Episode episode{.open = true, .excuses = {.sensor = 2}};
  EXPECT_TRUE(is_excused(2, episode));
  EXPECT_TRUE(is_excused(-2, episode));
  EXPECT_FALSE(is_excused(3, episode));
  EXPECT_FALSE(is_excused(-3, episode));
}

TEST(AnEpisode, MayLoseWhatACrashKeptFromTheDisk) {
  Episode episode{.open = true, .undone = 4, .excuses = {.crash = 1}};
  EXPECT_TRUE(is_excused(-5, episode));
  EXPECT_FALSE(is_excused(-6, episode));
  EXPECT_FALSE(is_excused(2, episode));
}

TEST(TheTruth, CountsAClosedRowAtTheCopyThatTheOfficeHas) {
  Truth truth;
  RowChange change;
  core::Row gate = row(2, 1);
  gate.entered = gate.admitted = 1;
  core::Row office = row(1, 1);
  office.office = core::OfficePart{.capacity = 4};
  office.given[core::Incarnation{2}] = 4;
  EXPECT_FALSE(truth.observe(office, change));
  EXPECT_FALSE(truth.observe(gate, change));
  const core::Row known = gate;
  gate.version = 2;
  gate.admitted = 3;
  gate.entered = 2;
  EXPECT_FALSE(truth.observe(gate, change));
  const core::Row before = office;
  office.version = 2;
  office.office->reclaimed[core::Incarnation{2}] = 3;
  EXPECT_FALSE(truth.observe(office, change));
  EXPECT_EQ(truth.inside(), 3) << "a car in mid-admission of a closed row is inside";
  EXPECT_EQ(truth.settle(known.owner, &known).entered, -1);
  EXPECT_EQ(truth.inside(), 1);
  EXPECT_EQ(truth.find(core::Incarnation{2})->permits, 0);
  EXPECT_FALSE(truth.objection());
  truth.revert(before);
  EXPECT_EQ(truth.find(core::Incarnation{2})->permits, 3) << "a crash takes the closing back";
  EXPECT_FALSE(truth.objection());
}

// Of two histories of one version; both have given to two.
TEST(TheTruth, TakesEveryGiftOfAHistoryOnWhichARowIsSettled) {
  Truth truth;
  RowChange change;
  core::Row one = row(1, 1);
  one.office = core::OfficePart{.capacity = 10};
  one.given = {{core::Incarnation{2}, 4}, {core::Incarnation{3}, 5}};
  EXPECT_FALSE(truth.observe(one, change));
  core::Row other = one;
  other.given = {{core::Incarnation{2}, 2}, {core::Incarnation{4}, 7}};
  truth.settle(other.owner, &other);
  EXPECT_EQ(truth.find(core::Incarnation{1})->permits, 1);
  EXPECT_EQ(truth.find(core::Incarnation{3})->permits, 0);
  EXPECT_EQ(truth.find(core::Incarnation{4})->permits, 7);
}

TEST(TheTruth, ObjectsToACounterThatFalls) {
  Truth truth;
  RowChange change;
  core::Row gate = row(2, 1);
  gate.left = 2;
  EXPECT_FALSE(truth.observe(gate, change));
  gate.version = 2;
  gate.left = 1;
  EXPECT_TRUE(truth.observe(gate, change));
}

TEST(ANewerProgramsRow, IsUnderstoodAndItsBytesAreKept) {
  Machine machine;
  machine.disk.renew(core::Incarnation{5});
  machine.newer_version = true;
  const std::string bytes =
      encode(core::Inquiry{.id = 1, .row = {.row = row(5, 1), .bytes = {}}}, machine);
  const auto message = wire::decode(bytes);
  ASSERT_TRUE(message);
  const auto& inquiry = std::get<core::Inquiry>(*message);
  EXPECT_EQ(inquiry.row.row, row(5, 1));
  EXPECT_TRUE(inquiry.row.bytes.ends_with(newer_field()));
}

std::pair<int, std::string> run_program(const std::string& arguments) {
  std::string output;
  std::FILE* pipe = ::popen((PARKING_BIN_DIR "/parking-sim " + arguments).c_str(), "r");
  if (pipe == nullptr) return {-1, {}};
  char part[4096];
  while (const std::size_t size = std::fread(part, 1, sizeof part, pipe)) output.append(part, size);
  return {::pclose(pipe), output};
}

TEST(TheProgram, ReplaysASeedWithItsTrace) {
  const auto [code, output] = run_program("--seed 3 --trace --calm");
  EXPECT_EQ(code, 0);
  EXPECT_NE(output.find(" in opens\n"), std::string::npos);
  EXPECT_NE(output.find("\ndigest "), std::string::npos);
  EXPECT_EQ(run_program("--seed 3 --trace --calm").second, output);
}

TEST(TheProgram, ClosesWithItsFigures) {
  const auto [code, output] = run_program("--seeds 4 --first-seed 1 --gates 3..4 --cars 40 --calm");
  EXPECT_EQ(code, 0);
  EXPECT_TRUE(output.starts_with("seeds 4 "));
  EXPECT_NE(output.find("oversold 0, oversold by unknowable stores 0, lost 0"), std::string::npos);
}

TEST(TheProgram, FailsAndExplainsWhenARuleIsBroken) {
  const auto [code, output] = run_program("--seed 5 --cars 40 --plant-failure");
  EXPECT_NE(code, 0);
  EXPECT_NE(output.find("seed 5 broke \""), std::string::npos);
  EXPECT_NE(output.find("shrunk in "), std::string::npos);
  EXPECT_NE(output.find("the last steps:"), std::string::npos);
}

/// What follows the words in their line.
std::string after(const std::string& words, const std::string& output) {
  const std::size_t at = output.find("\n" + words);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + 1 + words.size();
  return output.substr(begin, output.find('\n', begin) - begin);
}

TEST(TheProgram, PrintsCommandsThatBreakTheSameRuleAgain) {
  const std::string report = run_program("--seed 5 --cars 40 --plant-failure").second;
  const std::string broke = after("seed 5 broke \"", "\n" + report);
  const std::string rule = broke.substr(0, broke.find('"'));
  for (const char* which : {"to see it again: parking-sim", "the whole: parking-sim"}) {
    const std::string words = after(which, report);
    const auto [code, output] = run_program(words);
    EXPECT_TRUE(WIFEXITED(code) && WEXITSTATUS(code) == 1) << which << words;
    EXPECT_NE(output.find(" VIOLATION " + rule + ": "), std::string::npos) << words;
  }
}

TEST(TheProgram, EndsAsParkingctlDoesWhenCalledWrongly) {
  for (const char* words :
       {"--gates x", "--bogus", "--seed -1", "--seed 5 --trace --keep-cars 150"}) {
    const int code = run_program(std::string(words) + " 2>/dev/null").first;
    EXPECT_TRUE(WIFEXITED(code) && WEXITSTATUS(code) == 2) << words;
  }
}

}  // namespace
}  // namespace parking::sim
