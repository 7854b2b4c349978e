#pragma once

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/ctl.hpp"
#include "tests/support/eventually.hpp"

namespace parking::integration {

/// A car park with two gates and an operator at each of its sockets.
class AnOperatedLot : public testing::Test {
protected:
  static constexpr core::Count spaces = 6;

  /// Waits until the office and both gates, as far as they run, show that.
  bool everybody(const std::function<bool(const core::Snapshot&)>& shows) {
    return test_support::eventually(patience, [&] {
      return (!park.central().running() || shows(park.central().status())) &&
             (!north.program.running() || shows(north.status())) &&
             (!south.program.running() || shows(south.status()));
    });
  }

  /// Asks again until the command is taken.
  static bool taken(const test_support::Ctl& at, const std::vector<std::string>& words) {
    return test_support::eventually(patience, [&] { return at.run(words).exit_code == 0; });
  }

  /// The whole recount at the centre.
  bool recount(core::Count inside) {
    return taken(centre, {"recount", "begin"}) &&
           taken(centre, {"recount", std::to_string(inside), "--reason", "counted"}) &&
           everybody([](const core::Snapshot& status) { return !status.lot.held; });
  }

  static bool tells(LocalLink& link, std::string_view kind) {
    return test_support::eventually(patience, [&] {
      for (const core::Event& event : link.history())
        if (event.kind == kind) return true;
      return false;
    });
  }

  CarPark park{spaces, {"north", "south"}};
  Gate& north = park.gate("north");
  Gate& south = park.gate("south");
  test_support::Ctl centre{park.central().socket()};
  test_support::Ctl at_north{north.program.socket()};
  test_support::Ctl at_south{south.program.socket()};
};

}  // namespace parking::integration
