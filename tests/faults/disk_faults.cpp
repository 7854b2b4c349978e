#include <array>
#include <filesystem>

#include "tests/faults/faults.hpp"

namespace parking::faults {
namespace {

// What is left of a full disk's last pages takes some records.
constexpr int most_moves_until_noticed = 60;

// The disk is noticed when something is to be written.
void drive_until_noticed(Scene& scene) {
  for (int moves = 0; moves < most_moves_until_noticed; ++moves) {
    if (has_alarm(scene.gate.station, "disk")) return;
    if (scene.gate.cars.leave() == Drive::no_car) scene.gate.cars.enter();
  }
  scene.report.wrong(scene.gate.node() + " does not notice what its disk is like");
}

void entries_stop_and_exits_go_on(Scene& scene) {
  if (scene.gate.cars.enter() != Drive::refused)
    scene.report.wrong(scene.gate.node() + " lets a car in though it cannot write that down");
  scene.gate.cars.leave();
}

// With the program's runtime directory, which a machine that restarts begins empty.
void restart_machine(Scene& scene) {
  const core::Count unwritten = scene.gate.cars.unwritten_exits();
  scene.gate.station.kill();
  scene.gate.disk.repair();
  if (!std::filesystem::remove(scene.gate.station.program().socket().string() + ".disk-failed"))
    scene.report.wrong(scene.gate.node() + " would forget its failed disk with its program");
  scene.gate.station.start();
  scene.site.stop_traffic();
  scene.reconcile(scene.gate, unwritten);
  scene.reconcile_others();
}

// A log that has grown keeps its room on a full disk, enough for hundreds of records; one that was
// just begun must find some.
void fill(Scene& scene) {
  scene.gate.station.end();
  scene.gate.station.start();
  if (!await_in_service(scene.gate.station))
    scene.report.wrong(scene.gate.node() + " does not come back");
  scene.gate.disk.fill();
}

void read_only(Scene& scene) {
  scene.site.start_traffic(&scene.gate);
  scene.some_moment();
  scene.gate.disk.make_read_only();
  drive_until_noticed(scene);
  entries_stop_and_exits_go_on(scene);
  scene.site.await_moves(4);
  restart_machine(scene);
}

void full(Scene& scene) {
  scene.site.start_traffic(&scene.gate);
  scene.some_moment();
  fill(scene);
  drive_until_noticed(scene);
  entries_stop_and_exits_go_on(scene);
  scene.site.await_moves(4);
  scene.gate.disk.make_room();
  if (!await_in_service(scene.gate.station))
    scene.report.wrong(scene.gate.node() + " has room again and does not go on");
  scene.site.stop_traffic();
  scene.gate.cars.reconcile(0);
  scene.reconcile_others();
}

// What left while there was no room is only in memory.
void full_and_killed(Scene& scene) {
  scene.site.start_traffic(&scene.gate);
  scene.some_moment();
  fill(scene);
  drive_until_noticed(scene);
  entries_stop_and_exits_go_on(scene);
  const core::Count unwritten = scene.gate.cars.unwritten_exits();
  scene.gate.station.kill();
  scene.gate.disk.make_room();
  scene.gate.station.start();
  scene.site.stop_traffic();
  scene.reconcile(scene.gate, unwritten);
  scene.reconcile_others();
}

}  // namespace

std::span<const Fault> disk_faults() {
  static const std::array all{Fault{"read-only", read_only}, Fault{"full", full},
                              Fault{"full-and-killed", full_and_killed}};
  return all;
}

}  // namespace parking::faults
