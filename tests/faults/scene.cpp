#include "tests/faults/scene.hpp"

#include <algorithm>
#include <stdexcept>

#include "tests/support/eventually.hpp"

namespace parking::faults {

using core::Count;
using integration::patience;
using test_support::at;
using test_support::eventually;

void Scene::some_moment() {
  site.await_moves(1 + few(6));
  // A crossing takes some tens of milliseconds, a question one.
  for (int questions = few(30); questions > 0; --questions) gate.station.program().link().status();
}

void Scene::await_gone(const std::string& node) {
  const auto is_gone = [&] {
    const auto peers = at(other.station.status(), "/peers");
    return peers.is_array() && std::ranges::any_of(peers.as_array(), [&](const auto& peer) {
             return at(peer, "/id") == boost::json::value(node) &&
                    at(peer, "/state") == boost::json::value("gone");
           });
  };
  if (!eventually(patience, is_gone)) report.wrong(node + " is not shown as gone");
}

void Scene::await_heard() {
  const auto inside = [](const Station& station) { return at(station.status(), "/lot/inside"); };
  if (!eventually(patience, [&] { return inside(site.central()) == inside(gate.station); }))
    report.wrong(gate.node() + " is not heard");
}

void Scene::last_for_a_while(const GateStation& whose) {
  if (chance())
    site.await_moves(4 + few(8));
  else
    await_gone(whose.node());
}

void Scene::reconcile(GateStation& whose, Count may_miss_exits) {
  const Count missing = whose.cars.reconcile(may_miss_exits);
  if (missing > 0)
    site.list({"crash before commit",
               whose.node() + " let cars out and could not write that down before it ended",
               missing});
}

void Scene::reconcile_others() {
  for (GateStation* each : site.gates())
    if (each != &gate) each->cars.reconcile(0);
}

void Scene::one_crossing(GateStation& whose) {
  constexpr int enough_tries = 8;
  for (int tries = 0; tries < enough_tries; ++tries) {
    if (whose.cars.leave() == Drive::through) return;
    if (whose.cars.enter() == Drive::through) return;
  }
  throw std::runtime_error("no car gets through " + whose.node());
}

std::string incarnation_of(const Station& station) {
  const auto found = at(station.status(), "/gate/incarnation");
  return found.is_string() ? std::string(found.as_string()) : "";
}

Count permits_of(const Station& station) {
  const auto found = at(station.status(), "/gate/permits");
  return found.is_int64() ? found.as_int64() : 0;
}

bool has_alarm(const Station& station, std::string_view code) {
  const auto alarms = at(station.status(), "/alarms");
  return alarms.is_array() && std::ranges::any_of(alarms.as_array(), [&](const auto& alarm) {
           return at(alarm, "/code") == boost::json::value(code);
         });
}

bool await_in_service(const Station& station) {
  return eventually(patience, [&] {
    return at(station.status(), "/gate/state") == boost::json::value("in_service");
  });
}

}  // namespace parking::faults
