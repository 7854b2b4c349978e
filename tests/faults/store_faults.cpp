#include <algorithm>
#include <array>
#include <filesystem>

#include "tests/faults/card.hpp"
#include "tests/faults/faults.hpp"

namespace parking::faults {
namespace {

using core::Count;

// Everybody has heard all that the gate did, and nobody asks it for a permit any more.
void stand_still(Scene& scene) {
  scene.site.stop_traffic();
  if (!scene.site.agrees()) scene.report.wrong("no agreement before\n" + scene.site.figures());
}

void begin(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.site.stop_traffic();
  Scene::one_crossing(scene.gate);
  stand_still(scene);
}

// With cars at the other gates while it finds out what became of its store.
void come_back(Scene& scene) {
  scene.site.start_traffic(&scene.gate);
  scene.gate.station.start();
  scene.site.await_moves(scene.few(8));
}

// Everybody agrees first: an empty store learns from the others what its gate did before.
void finish(Scene& scene, const std::string& before, bool must_be_another) {
  scene.site.stop_traffic();
  if (!scene.site.agrees()) scene.report.wrong("no agreement after\n" + scene.site.figures());
  const bool is_another = incarnation_of(scene.gate.station) != before;
  if (must_be_another && !is_another)
    scene.report.wrong(scene.gate.node() + " goes on with a store that is not up to date");
  if (is_another) scene.gate.cars.begin_anew();
  scene.gate.cars.reconcile(0);
  scene.reconcile_others();
}

void lose(Scene& scene, const std::string& before) {
  scene.gate.station.kill();
  Card(scene.gate).clear();
  come_back(scene);
  finish(scene, before, true);
}

void lost(Scene& scene) {
  begin(scene);
  lose(scene, incarnation_of(scene.gate.station));
}

// A gift may be on its way to just one of the others.
void lost_in_traffic(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  scene.site.start_traffic(&scene.gate);
  scene.some_moment();
  lose(scene, before);
}

// One gate was off the network for the last that this store wrote.
void lost_half_heard(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  scene.network.cut(scene.other.node());
  Scene::one_crossing(scene.gate);
  scene.await_heard();
  scene.gate.station.kill();
  Card(scene.gate).clear();
  scene.gate.station.start();
  if (!await_in_service(scene.gate.station))
    scene.report.wrong(scene.gate.node() + " does not come back");
  scene.network.mend();
  finish(scene, before, true);
}

// Without its log, which would repair it.
void truncated(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  scene.gate.station.kill();
  const Card card(scene.gate);
  card.truncate("ledger.db", scene.random);
  card.remove("ledger.db-wal");
  come_back(scene);
  finish(scene, before, true);
}

// The last writes are missing, the rest is sound; a little may be missing that was no change.
void log_truncated(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  scene.gate.station.kill();
  Card(scene.gate).truncate("ledger.db-wal", scene.random);
  come_back(scene);
  finish(scene, before, false);
}

void restored(Scene& scene) {
  begin(scene);
  scene.gate.station.kill();
  const auto backup = Card(scene.gate).copy();
  scene.gate.station.start();
  if (!await_in_service(scene.gate.station))
    scene.report.wrong(scene.gate.node() + " does not come back");
  const std::string before = incarnation_of(scene.gate.station);
  for (int crossings = 1 + scene.few(2); crossings > 0; --crossings)
    Scene::one_crossing(scene.gate);
  stand_still(scene);
  scene.gate.cars.reconcile(0);
  scene.gate.station.kill();
  Card(scene.gate).restore(backup);
  come_back(scene);
  finish(scene, before, true);
}

void alone(Scene& scene) {
  scene.network.cut(scene.gate.node());
  scene.await_gone(scene.gate.node());
}

// The machine is switched off, and comes back with another card in it.
void dies_alone(Scene& scene) {
  scene.gate.station.kill();
  scene.network.mend();
  scene.network.reboot(scene.gate.node(), scene.gate.station.address());
}

// What the gate did while it was alone was written nowhere else.
void lost_while_cut(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  const Count known = scene.gate.cars.net_entries();
  alone(scene);
  Scene::one_crossing(scene.gate);
  const Count unheard = scene.gate.cars.net_entries() - known;
  dies_alone(scene);
  Card(scene.gate).clear();
  scene.site.list(
      {"lost store", scene.gate.node() + " did this alone, before its store was lost", -unheard});
  come_back(scene);
  finish(scene, before, true);
}

// Nobody can contradict the older copy: what was spent after it is spent once more.
void restored_while_cut(Scene& scene) {
  begin(scene);
  scene.gate.station.kill();
  const auto backup = Card(scene.gate).copy();
  scene.gate.station.start();
  stand_still(scene);
  const std::string before = incarnation_of(scene.gate.station);
  const Count known = scene.gate.cars.net_entries();
  const Count in_store = std::max<Count>(0, permits_of(scene.gate.station));
  alone(scene);
  for (int cars = 1 + scene.few(2); cars > 0; --cars) scene.gate.cars.enter();
  scene.gate.cars.reconcile(0);
  const Count unheard = scene.gate.cars.net_entries() - known;
  if (unheard > in_store) scene.report.wrong(scene.gate.node() + " let in more than it may");
  dies_alone(scene);
  Card(scene.gate).restore(backup);
  scene.site.list({"rolled-back store",
                   scene.gate.node() + " let these in alone, before its store was restored",
                   -unheard});
  scene.site.world().allow(unheard);
  come_back(scene);
  scene.site.stop_traffic();
  if (!scene.site.agrees()) scene.report.wrong("no agreement after\n" + scene.site.figures());
  if (incarnation_of(scene.gate.station) == before) scene.gate.cars.begin_with_copy();
  finish(scene, before, false);
}

}  // namespace

std::span<const Fault> store_faults() {
  static const std::array all{Fault{"lost", lost, true},
                              Fault{"lost-in-traffic", lost_in_traffic, true, true},
                              Fault{"lost-half-heard", lost_half_heard, true, true},
                              Fault{"truncated", truncated, true},
                              Fault{"log-truncated", log_truncated, true},
                              Fault{"restored", restored, true},
                              Fault{"lost-while-cut", lost_while_cut, true},
                              Fault{"restored-while-cut", restored_while_cut, true}};
  return all;
}

}  // namespace parking::faults
