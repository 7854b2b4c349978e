#include "app/kiosk/setup_check.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace parking::kiosk {
namespace {

using setup::Field;
using setup::Problem;

TEST(AName, IsWhatAGateMayBeCalled) {
  for (const auto& name :
       std::vector<std::string>{"north", "n", "2nd-gate", "a_b", std::string(32, 'a')})
    EXPECT_EQ(check_field(Field::Name, name), Problem::None) << name;
  for (const auto& name :
       std::vector<std::string>{"North", "-a", "_a", "a b", "ä", std::string(33, 'a')})
    EXPECT_EQ(check_field(Field::Name, name), Problem::NameWrong) << name;
}

TEST(AName, IsNotTheOffices) {
  EXPECT_EQ(check_field(Field::Name, "office"), Problem::NameReserved);
  EXPECT_EQ(check_field(Field::Name, "office2"), Problem::None);
}

TEST(AnAddress, IsIpVersion4OrAHostName) {
  for (const auto field : {Field::Address, Field::DiscoveryAddress}) {
    for (const auto* text : {"127.0.0.1", "0.0.0.0", "255.255.255.255", "pi", "pi-2.local",
                             "a.b.c.d.e", "3com.example"})
      EXPECT_EQ(check_field(field, text), Problem::None) << text;
    for (const auto* text :
         {"1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.", ".1.2.3", "1..2.3", "0001.2.3.4", "-pi",
          "pi-", "pi..local", ".", "pi local", "pi:7411", "http://pi", "1234"})
      EXPECT_EQ(check_field(field, text), Problem::AddressWrong) << text;
  }
}

TEST(AnAddress, IsNoLongerThanTheNameSystemAllows) {
  const std::string label(63, 'a');
  EXPECT_EQ(check_field(Field::Address, label), Problem::None);
  EXPECT_EQ(check_field(Field::Address, label + "a"), Problem::AddressWrong);
  const auto longest = label + "." + label + "." + label + "." + std::string(61, 'a');
  EXPECT_EQ(check_field(Field::Address, longest), Problem::None);
  EXPECT_EQ(check_field(Field::Address, longest + "a"), Problem::AddressWrong);
}

TEST(APort, IsANumberUpTo65535) {
  for (const auto field : {Field::Port, Field::DiscoveryPort}) {
    for (const auto* text : {"1", "7411", "65535"})
      EXPECT_EQ(check_field(field, text), Problem::None) << text;
    for (const auto* text : {"0", "65536", "-1", "+1", "7411 ", "74a", "99999999999"})
      EXPECT_EQ(check_field(field, text), Problem::PortWrong) << text;
  }
}

TEST(AnyField, IsToBeFilledIn) {
  for (const auto field :
       {Field::Name, Field::Address, Field::Port, Field::DiscoveryAddress, Field::DiscoveryPort})
    EXPECT_EQ(check_field(field, ""), Problem::Empty);
}

}  // namespace
}  // namespace parking::kiosk
