#include <array>
#include <map>

#include "tests/faults/faults.hpp"

namespace parking::faults {
namespace {

/// Of a gate that is dead: the exits that it was not seen to write down. One car at most was under
/// way there.
core::Count exits_under_way(Scene& scene, GateStation& dead) {
  const core::Count exits = dead.cars.unwritten_exits();
  if (exits > 1)
    scene.report.wrong(dead.node() + " had not written down earlier exits when it was killed");
  return exits;
}

void killed(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.gate.station.kill();
  scene.gate.cars.stop();
  const core::Count under_way = exits_under_way(scene, scene.gate);
  if (scene.chance()) scene.last_for_a_while(scene.gate);
  scene.gate.station.start();
  scene.site.stop_traffic();
  scene.reconcile(scene.gate, under_way);
  scene.reconcile_others();
}

// Again at once, before it has found anybody.
void killed_twice(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.gate.station.kill();
  scene.gate.cars.stop();
  const core::Count under_way = exits_under_way(scene, scene.gate);
  scene.gate.station.launch();
  for (int questions = scene.few(20); questions > 0; --questions)
    scene.other.station.program().link().status();
  scene.gate.station.kill();
  scene.gate.station.start();
  scene.site.stop_traffic();
  scene.reconcile(scene.gate, under_way);
  scene.reconcile_others();
}

void power_cut(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.site.central().kill();
  for (GateStation* gate : scene.site.gates()) gate->station.kill();
  scene.site.stop_traffic();
  std::map<GateStation*, core::Count> under_way;
  for (GateStation* gate : scene.site.gates()) under_way[gate] = exits_under_way(scene, *gate);
  scene.site.central().launch();
  for (GateStation* gate : scene.site.gates()) gate->station.launch();
  scene.site.central().program().await_answer();
  for (GateStation* gate : scene.site.gates()) gate->station.program().await_answer();
  for (const auto& [gate, exits] : under_way) scene.reconcile(*gate, exits);
}

void central_killed(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.site.central().kill();
  if (scene.chance()) scene.site.await_moves(8);
  scene.site.central().start();
  scene.site.stop_traffic();
  scene.gate.cars.reconcile(0);
  scene.reconcile_others();
}

// The gate's own traffic waits until it goes on.
void paused(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.gate.station.pause();
  scene.last_for_a_while(scene.gate);
  scene.gate.station.resume();
  scene.site.await_moves(4);
  scene.site.stop_traffic();
  scene.gate.cars.reconcile(0);
  scene.reconcile_others();
}

void central_paused(Scene& scene) {
  scene.site.start_traffic();
  scene.some_moment();
  scene.site.central().pause();
  if (scene.chance())
    scene.site.await_moves(10);
  else
    scene.await_gone("office");
  scene.site.central().resume();
  scene.site.stop_traffic();
  scene.gate.cars.reconcile(0);
  scene.reconcile_others();
}

}  // namespace

std::span<const Fault> process_faults() {
  static const std::array all{Fault{"killed", killed},
                              Fault{"killed-twice", killed_twice},
                              Fault{"power-cut", power_cut},
                              Fault{"paused", paused},
                              Fault{"central-killed", central_killed},
                              Fault{"central-paused", central_paused}};
  return all;
}

}  // namespace parking::faults
