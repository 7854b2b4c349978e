#include <algorithm>
#include <array>
#include <memory>

#include "tests/faults/card.hpp"
#include "tests/faults/faults.hpp"

namespace parking::faults {
namespace {

using core::Count;

constexpr int most_cars_at_each = 3;

void begin(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.site.stop_traffic();
  if (!scene.site.agrees()) scene.report.wrong("no agreement before\n" + scene.site.figures());
}

std::unique_ptr<GateStation> clone(Scene& scene) {
  auto twin = scene.site.twin_of(scene.gate);
  Card(*twin).restore(Card(scene.gate).copy());
  return twin;
}

// Nothing that the copy did is only on its own card.
void await_heard(Scene& scene, const GateStation& twin) {
  if (!scene.site.agrees_with(twin, scene.gate))
    scene.report.wrong("the copy is not heard\n" + scene.site.figures());
}

void finish(Scene& scene, const std::string& before) {
  scene.site.stop_traffic();
  if (!scene.site.agrees()) scene.report.wrong("no agreement after\n" + scene.site.figures());
  if (incarnation_of(scene.gate.station) != before) scene.gate.cars.begin_anew();
  scene.gate.cars.reconcile(0);
  scene.reconcile_others();
}

// A card copied to make the next gate; everything is connected and works.
void beside(Scene& scene) {
  begin(scene);
  scene.gate.station.kill();
  const auto twin = clone(scene);
  scene.gate.station.start();
  if (!scene.site.agrees()) scene.report.wrong("no agreement before\n" + scene.site.figures());
  const std::string before = incarnation_of(scene.gate.station);
  scene.site.start_traffic();
  twin->station.start();
  if (twin->cars.enter() != Drive::refused)
    scene.report.wrong("a copied card lets a car in beside its original");
  scene.site.await_moves(6);
  twin->station.kill();
  finish(scene, before);
}

// The copy runs in the original's place; then the original comes back with what it knew before.
void in_its_place(Scene& scene) {
  begin(scene);
  const std::string before = incarnation_of(scene.gate.station);
  scene.gate.station.end();
  const auto twin = clone(scene);
  scene.site.start_traffic(&scene.gate);
  twin->station.start();
  if (!await_in_service(twin->station)) scene.report.wrong("the copy does not get into service");
  twin->cars.begin_with_copy();
  Scene::one_crossing(*twin);
  twin->cars.reconcile(0);
  scene.site.stop_traffic();
  await_heard(scene, *twin);
  twin->station.kill();
  scene.gate.station.start();
  finish(scene, before);
  if (incarnation_of(scene.gate.station) == before)
    scene.report.wrong(scene.gate.node() + " goes on with a store that its copy has overtaken");
}

// The original is cut off and goes on with the permits that it has; so does its copy.
void beyond_the_cut(Scene& scene) {
  begin(scene);
  scene.gate.station.kill();
  const auto twin = clone(scene);
  scene.gate.station.start();
  if (!scene.site.agrees()) scene.report.wrong("no agreement before\n" + scene.site.figures());
  const std::string before = incarnation_of(scene.gate.station);
  scene.network.cut(scene.gate.node());
  scene.await_gone(scene.gate.node());
  const Count in_both = std::max<Count>(0, permits_of(scene.gate.station));
  scene.site.world().allow(in_both);
  scene.site.start_traffic(&scene.gate);
  twin->station.start();
  if (!await_in_service(twin->station)) scene.report.wrong("the copy does not get into service");
  const bool goes_on = incarnation_of(twin->station) == before;
  if (goes_on)
    twin->cars.begin_with_copy();
  else
    twin->cars.begin_anew();
  const Count known = scene.gate.cars.net_entries();
  for (int cars = 0; cars < most_cars_at_each; ++cars) {
    scene.gate.cars.enter();
    twin->cars.enter();
  }
  twin->cars.reconcile(0);
  scene.gate.cars.reconcile(0);
  scene.site.stop_traffic();
  await_heard(scene, *twin);
  twin->station.kill();
  scene.network.mend();
  const Count alone = scene.gate.cars.net_entries() - known;
  if (!scene.site.agrees()) scene.report.wrong("no agreement after\n" + scene.site.figures());
  const bool has_ended = incarnation_of(scene.gate.station) != before;
  const Count uncounted = has_ended ? alone : 0;
  if (has_ended)
    scene.site.list({"cloned store",
                     scene.gate.node() + " let these in before it heard of its copy", -uncounted});
  scene.site.world().allow(std::max<Count>(0, uncounted) - in_both);
  finish(scene, before);
}

}  // namespace

std::span<const Fault> clone_faults() {
  static const std::array all{Fault{"cloned-beside", beside},
                              Fault{"cloned-in-its-place", in_its_place, true},
                              Fault{"cloned-beyond-the-cut", beyond_the_cut, true}};
  return all;
}

}  // namespace parking::faults
