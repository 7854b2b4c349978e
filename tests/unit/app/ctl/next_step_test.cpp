#include "app/ctl/next_step.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/ctl/samples.hpp"

namespace parking::ctl {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TheNextStep, AfterRecountBeginIsToCountTheCars) {
  EXPECT_EQ(
      next_step(wire::RecountBeginRequest{}, sample_office()),
      "Every gate is told to hold its entries; wait a moment, then parkingctl alarms names those "
      "that do not, and admissions to settle first. Count the cars inside, those in lanes "
      "included, then: parkingctl recount N --reason TEXT. To give up: parkingctl recount cancel.");
}

TEST(TheNextStep, AfterRecountBeginAtAGateIsToSeeThatEntriesAreHeld) {
  const auto text = next_step(wire::RecountBeginRequest{}, sample_gate());
  EXPECT_THAT(text, HasSubstr("parkingctl alarms tells if it objects"));
  EXPECT_THAT(text, HasSubstr("When parkingctl status says that they are held, settle what"));
}

TEST(TheNextStep, AfterACapacityCutIsToFollowIt) {
  EXPECT_THAT(next_step(wire::CapacityRequest{37, "r"}, sample_office()),
              HasSubstr("goes down to 37 spaces as cars leave; parkingctl status"));
  EXPECT_THAT(next_step(wire::CapacityRequest{38, "r"}, sample_office()),
              HasSubstr("goes down to 38 spaces, since so many are free; parkingctl status"));
  EXPECT_EQ(next_step(wire::CapacityRequest{130, "r"}, sample_office()),
            "The lot is to have 130 spaces.");
  EXPECT_EQ(next_step(wire::CapacityRequest{120, "r"}, std::nullopt),
            "The lot is to have 120 spaces.");
}

TEST(TheNextStep, OfWhatGoesOnSaysWhereToLook) {
  for (const wire::LocalRequest& request :
       {wire::LocalRequest(wire::RecountCountRequest{}), wire::LocalRequest(wire::RetireRequest{}),
        wire::LocalRequest(wire::ImportRequest{}), wire::LocalRequest(wire::TakeOverRequest{})})
    EXPECT_THAT(next_step(request, sample_office()), HasSubstr("parkingctl alarms names"));
  EXPECT_THAT(next_step(wire::LeaveRequest{}, sample_gate()),
              HasSubstr("when parkingctl status shows it as left or retired"));
}

TEST(TheNextStep, SaysWhenPermitsReturn) {
  EXPECT_THAT(next_step(wire::RetireRequest{}, sample_gate()),
              HasSubstr("return with the next recount"));
  const auto renewed = next_step(wire::StoreRenewRequest{}, sample_gate());
  EXPECT_THAT(renewed, HasSubstr("still holds"));
  EXPECT_THAT(renewed, HasSubstr("comes back with the next recount"));
  EXPECT_THAT(renewed, HasSubstr("after a leave or an import that is nothing"));
}

TEST(TheNextStep, IsOneLine) {
  for (const wire::LocalRequest& request :
       {wire::LocalRequest(wire::CapacityRequest{}),
        wire::LocalRequest(wire::RecountBeginRequest{}),
        wire::LocalRequest(wire::RecountCountRequest{}),
        wire::LocalRequest(wire::RecountCancelRequest{}), wire::LocalRequest(wire::RetireRequest{}),
        wire::LocalRequest(wire::ImportRequest{}), wire::LocalRequest(wire::TakeOverRequest{}),
        wire::LocalRequest(wire::DismissLotRequest{}), wire::LocalRequest(wire::LeaveRequest{}),
        wire::LocalRequest(wire::StoreRenewRequest{})}) {
    EXPECT_NE(next_step(request, sample_office()), "");
    EXPECT_THAT(next_step(request, sample_office()), Not(HasSubstr("\n")));
  }
}

TEST(TheNextStep, IsNoneAfterWhatIsDoneAtOnce) {
  for (const wire::LocalRequest& request :
       {wire::LocalRequest(wire::SensorRequest{}), wire::LocalRequest(wire::SettleRequest{}),
        wire::LocalRequest(wire::StoreTrustRequest{})})
    EXPECT_EQ(next_step(request, sample_gate()), "");
}

}  // namespace
}  // namespace parking::ctl
