#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "tests/faults/network.hpp"
#include "tests/faults/report.hpp"
#include "tests/faults/station.hpp"
#include "tests/faults/world.hpp"

namespace parking::faults {

/// What all say of the lot once they agree.
struct Figures {
  core::Count inside = 0;
  core::Count pending = 0;
  core::Count free = 0;
  core::Count stranded = 0;
  bool operator==(const Figures&) const = default;
};

/// A central service and four gates, each on its own machine, and the truth about their cars.
class Site {
public:
  static constexpr core::Count capacity = 16;

  /// Throws std::runtime_error when it does not get into service.
  Site(const std::filesystem::path& folder, Network& network, Report& report,
       std::mt19937_64& random);

  [[nodiscard]] World& world() { return world_; }
  [[nodiscard]] Station& central() { return *central_; }
  [[nodiscard]] std::vector<GateStation*> gates();
  GateStation& gate(std::size_t index) { return *gates_.at(index); }
  static constexpr std::size_t gate_count = 4;
  /// A machine that is not started yet, with the name of a gate and a card without a store.
  std::unique_ptr<GateStation> twin_of(const GateStation& original);

  /// By how much the lot counts more cars inside than there are, as listed.
  void list(const Deviation& deviation);
  /// Cars come and go at all gates that run, but for one.
  void start_traffic(const GateStation* without = nullptr);
  void stop_traffic();
  /// Waits until the cars have done so many more things.
  void await_moves(int moves);

  /// Waits until everybody runs, hears everybody, and shows the same figures, which add up.
  bool agrees();
  /// The same where another machine runs with the name of one of the gates.
  bool agrees_with(const GateStation& stand_in, const GateStation& instead_of);
  /// The same with nothing pending and exactly the cars inside that there are.
  bool agrees_with_truth();
  /// The operator counts the cars, and what was stranded or listed is so no longer. False when this
  /// version of parkingctl knows no such command. Throws std::runtime_error when it does not work.
  bool recount();
  /// What everybody shows now.
  std::string figures();
  [[nodiscard]] Figures agreed() const { return agreed_; }
  [[nodiscard]] core::Count listed_inside() const { return listed_inside_; }
  /// Everything is stopped; each program must end well.
  void end();
  /// What the programs wrote.
  void write_logs(const std::filesystem::path& folder);

private:
  std::vector<Station*> stations();
  bool agrees_now(const GateStation* stand_in, const GateStation* instead_of);

  std::filesystem::path folder_;
  Network& network_;
  Report& report_;
  std::mt19937_64& random_;
  World world_{capacity};
  std::string central_address_;
  std::unique_ptr<Station> central_;
  std::vector<std::unique_ptr<GateStation>> gates_;
  core::Count listed_inside_ = 0;
  Figures agreed_;
};

}  // namespace parking::faults
