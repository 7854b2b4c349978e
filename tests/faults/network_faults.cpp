#include <array>

#include "tests/faults/faults.hpp"

namespace parking::faults {
namespace {

void interrupt(Scene& scene, const std::function<void()>& begin,
               const std::function<void()>& wait) {
  scene.site.start_traffic();
  scene.some_moment();
  begin();
  wait();
  scene.network.mend();
  scene.site.await_moves(4);
  scene.site.stop_traffic();
  scene.gate.cars.reconcile(0);
  scene.reconcile_others();
}

void of_the_gate(Scene& scene, void (Network::*what)(const std::string&)) {
  interrupt(
      scene, [&] { (scene.network.*what)(scene.gate.node()); },
      [&] { scene.last_for_a_while(scene.gate); });
}

void cut(Scene& scene) {
  of_the_gate(scene, &Network::cut);
}

void deafened(Scene& scene) {
  of_the_gate(scene, &Network::deafen);
}

void muted(Scene& scene) {
  of_the_gate(scene, &Network::mute);
}

// Two gates lose sight of each other; to all others both are there.
void parted(Scene& scene) {
  interrupt(
      scene,
      [&] {
        const Station& one = scene.gate.station;
        const Station& two = scene.other.station;
        scene.network.part(one.node(), one.address(), two.node(), two.address());
      },
      [&] { scene.last_for_a_while(scene.gate); });
}

void central_cut(Scene& scene) {
  interrupt(
      scene, [&] { scene.network.cut("central"); },
      [&] {
        if (scene.chance())
          scene.site.await_moves(10);
        else
          scene.await_gone("office");
      });
}

// Each gate is alone.
void all_cut(Scene& scene) {
  interrupt(
      scene,
      [&] {
        for (const GateStation* gate : scene.site.gates()) scene.network.cut(gate->node());
      },
      [&] { scene.last_for_a_while(scene.gate); });
}

}  // namespace

std::span<const Fault> network_faults() {
  static const std::array all{Fault{"cut", cut},         Fault{"deafened", deafened},
                              Fault{"muted", muted},     Fault{"parted", parted},
                              Fault{"all-cut", all_cut}, Fault{"central-cut", central_cut}};
  return all;
}

}  // namespace parking::faults
