#include <array>
#include <filesystem>

#include "tests/faults/card.hpp"
#include "tests/faults/faults.hpp"

namespace parking::faults {
namespace {

using core::Count;

// Everybody has heard all that the gate did; from here on cars move only at the others.
void stand_still(Scene& scene) {
  scene.site.stop_traffic();
  if (!scene.site.agrees()) scene.report.wrong("no agreement before\n" + scene.site.figures());
  scene.site.start_traffic(&scene.gate);
}

void begin(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.site.stop_traffic();
  Scene::one_crossing(scene.gate);
  stand_still(scene);
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

void lost(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  scene.gate.station.kill();
  Card(scene.gate).clear();
  scene.gate.station.start();
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
  scene.gate.station.start();
  finish(scene, before, true);
}

// The last writes are missing, the rest is sound; a little may be missing that was no change.
void log_truncated(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  scene.gate.station.kill();
  Card(scene.gate).truncate("ledger.db-wal", scene.random);
  scene.gate.station.start();
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
  scene.gate.station.start();
  finish(scene, before, true);
}

// What the gate did while it was alone was written nowhere else.
void lost_while_cut(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  scene.network.cut(scene.gate.node());
  scene.await_gone(scene.gate.node());
  const Count inside = scene.gate.cars.net_entries();
  Scene::one_crossing(scene.gate);
  const Count unheard = scene.gate.cars.net_entries() - inside;
  scene.gate.station.kill();
  Card(scene.gate).clear();
  scene.network.mend();
  scene.gate.station.start();
  scene.site.list(
      {"lost store", scene.gate.node() + " did this alone, before its store was lost", -unheard});
  finish(scene, before, true);
}

}  // namespace

std::span<const Fault> store_faults() {
  static const std::array all{Fault{"lost", lost}, Fault{"truncated", truncated},
                              Fault{"log-truncated", log_truncated}, Fault{"restored", restored},
                              Fault{"lost-while-cut", lost_while_cut}};
  return all;
}

}  // namespace parking::faults
