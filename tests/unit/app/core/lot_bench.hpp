#pragma once

#include <string>

#include "tests/support/core_net.hpp"

namespace parking::core::lot_bench {

using test_support::CoreNet;
using std::chrono_literals::operator""s;

inline GateId gate(int number) {
  return *GateId::parse("g" + std::to_string(number));
}

inline CoreNet with_cars(CoreNet::Settings settings, int cars) {
  CoreNet net(settings);
  net.open_for_business();
  for (int car = 0; car < cars; ++car) {
    const CoreNet::Node at = 1 + static_cast<std::size_t>(car) % settings.gates;
    net.car_comes(at);
    net.run_until([&] { return !net.car_at_entry(at); }, 5s);
    net.run_for(1s);
  }
  return net;
}

inline bool alarmed(const CoreNet& net, CoreNet::Node node, const std::string& code) {
  for (const AlarmView& alarm : net.snapshot(node).alarms)
    if (alarm.code == code) return true;
  return false;
}

inline std::string alarm_text(const CoreNet& net, CoreNet::Node node, const std::string& code) {
  for (const AlarmView& alarm : net.snapshot(node).alarms)
    if (alarm.code == code) return alarm.text;
  return {};
}

inline Count free_at(const CoreNet& net, CoreNet::Node node) {
  return net.exchange(node).ledger().totals().free;
}

}  // namespace parking::core::lot_bench
