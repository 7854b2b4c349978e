#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/integration/configuration.hpp"
#include "tests/integration/driver.hpp"
#include "tests/integration/server_program.hpp"
#include "tests/support/temp_dir.hpp"

namespace parking::integration {

/// A gate of a car park, and somebody who drives cars through it.
struct Gate {
  explicit Gate(GateConfiguration written);

  GateConfiguration configuration;
  ServerProgram program;
  Driver driver;

  core::Snapshot status() { return program.status(); }
};

/// A car park of real programs on loopback: one central service and some gates.
class CarPark {
public:
  /// Starts everything and waits until it is in service and the permits are handed out.
  CarPark(core::Count capacity, const std::vector<std::string>& gates,
          std::chrono::seconds lease = std::chrono::seconds(3));
  /// Prints all logs when the test has failed.
  ~CarPark();
  CarPark(const CarPark&) = delete;
  CarPark& operator=(const CarPark&) = delete;

  Gate& gate(std::string_view id) { return gates_.find(id)->second; }
  ServerProgram& central() { return central_; }
  [[nodiscard]] const std::string& central_address() const { return central_address_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  /// A gate that is not started yet.
  Gate& add(GateConfiguration configuration);
  /// A configuration for `add`, with a free address.
  [[nodiscard]] GateConfiguration configuration_for(const std::string& id) const;

  /// Waits until every gate that runs, and the office if it runs, shows these figures.
  bool all_show(core::Count inside, core::Count free);
  /// Waits until inside + pending + all permits = capacity, with everybody running.
  bool sums_add_up();
  /// Waits until every gate that runs is in service and hears every other, and discovery if that
  /// runs.
  bool is_whole();
  /// The figures of everybody who runs, for messages.
  std::string figures();
  core::Count permits_of_gates();

private:
  bool is_whole_now();
  std::vector<core::Snapshot> statuses();

  test_support::TempDir folder_;
  core::Count capacity_;
  std::string central_address_;
  ServerProgram central_;
  std::map<std::string, Gate, std::less<>> gates_;
};

/// Whether an alarm with this code is raised.
bool has_alarm(const core::Snapshot& status, std::string_view code);
/// The text of that alarm; empty when there is none.
std::string alarm_text(const core::Snapshot& status, std::string_view code);

}  // namespace parking::integration
