#include "app/wire/local_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/wire/samples.hpp"

namespace parking::wire {
namespace {

using testing::HasSubstr;

/// The sample request of kind `Request` as the core's command `Command`.
template <typename Command, typename Request>
Command sample_command() {
  for (const LocalRequest& sample : samples::local_requests()) {
    if (!std::holds_alternative<Request>(sample)) continue;
    const auto input = command_of(sample);
    if (input && std::holds_alternative<Command>(*input)) return std::get<Command>(*input);
  }
  ADD_FAILURE() << "the sample is not this command";
  return {};
}

TEST(AnOperatorsCommand, ReachesTheCoreWithWhatWasSaid) {
  const auto settle = sample_command<core::Settle, SettleRequest>();
  EXPECT_EQ(settle.lane, "in");
  EXPECT_EQ(settle.outcome, core::Settlement::backed_out);
  EXPECT_EQ(settle.reason, "he turned round");
  const auto entries = sample_command<core::AllowEntries, EntriesRequest>();
  EXPECT_FALSE(entries.allowed);
  EXPECT_EQ(entries.reason, "resurfacing");
  EXPECT_THAT((sample_command<core::TrustStore, StoreTrustRequest>().reason),
              HasSubstr("first start"));
  const auto capacity = sample_command<core::SetCapacity, CapacityRequest>();
  EXPECT_EQ(capacity.capacity, 100'000);
  EXPECT_EQ(capacity.reason, "the new deck is open");
  EXPECT_EQ((sample_command<core::RecountBegin, RecountBeginRequest>().reason),
            "the sign is wrong");
  const auto count = sample_command<core::RecountCount, RecountCountRequest>();
  EXPECT_EQ(count.inside, 37);
  EXPECT_EQ(count.reason, "counted by two");
  EXPECT_EQ((sample_command<core::RecountCancel, RecountCancelRequest>().reason), "tomorrow");
  const auto retire = sample_command<core::Retire, RetireRequest>();
  EXPECT_EQ(retire.gates, (std::vector{samples::gate("north"), samples::gate("south")}));
  EXPECT_EQ(retire.reason, "struck by lightning");
  EXPECT_EQ((sample_command<core::TakeOver, TakeOverRequest>().reason),
            "the central Pi's card broke");
  const auto dismissal = sample_command<core::DismissLot, DismissLotRequest>();
  EXPECT_EQ(dismissal.lot, core::LotId{0x0123456789abcdefU});
  EXPECT_EQ(dismissal.reason, "the neighbour's");
  EXPECT_EQ((sample_command<core::Leave, LeaveRequest>().reason), "this lane is closed for good");
  EXPECT_EQ((sample_command<core::RenewStore, StoreRenewRequest>().reason), "a new card");
}

TEST(ARequest, ThatIsNoCommandIsNothingToTheCore) {
  for (const LocalRequest& request :
       {LocalRequest(StatusRequest{}), LocalRequest(WatchRequest{}), LocalRequest(HistoryRequest{}),
        LocalRequest(SensorRequest{}), LocalRequest(SetupRequest{}),
        LocalRequest(ImportRequest{"/a", ""})})
    EXPECT_FALSE(command_of(request)) << request.index();
}

TEST(ARequest, SentToTheWrongProgramIsToldWhereToAsk) {
  for (const LocalRequest& request :
       {LocalRequest(CapacityRequest{}), LocalRequest(RetireRequest{}),
        LocalRequest(ImportRequest{}), LocalRequest(TakeOverRequest{}),
        LocalRequest(DismissLotRequest{})}) {
    EXPECT_THAT(asked_elsewhere(request, Program::gate), HasSubstr("on the central Pi"));
    EXPECT_EQ(asked_elsewhere(request, Program::central), "");
  }
  for (const LocalRequest& request :
       {LocalRequest(SensorRequest{}), LocalRequest(SettleRequest{}), LocalRequest(SetupRequest{}),
        LocalRequest(EntriesRequest{}), LocalRequest(StoreTrustRequest{}),
        LocalRequest(LeaveRequest{}), LocalRequest(StoreRenewRequest{})}) {
    EXPECT_THAT(asked_elsewhere(request, Program::central), HasSubstr("on the gate's Pi"));
    EXPECT_EQ(asked_elsewhere(request, Program::gate), "");
  }
}

TEST(ARequest, ThatBothAnswerIsAtHomeEverywhere) {
  for (const LocalRequest& request :
       {LocalRequest(StatusRequest{}), LocalRequest(WatchRequest{}), LocalRequest(HistoryRequest{}),
        LocalRequest(RecountBeginRequest{}), LocalRequest(RecountCountRequest{}),
        LocalRequest(RecountCancelRequest{})}) {
    EXPECT_EQ(asked_elsewhere(request, Program::gate), "");
    EXPECT_EQ(asked_elsewhere(request, Program::central), "");
  }
}

}  // namespace
}  // namespace parking::wire
