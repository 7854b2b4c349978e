#include <cstdlib>
#include <iostream>
#include <random>

#include <CLI/CLI.hpp>

#include "tests/faults/own_machine.hpp"
#include "tests/faults/run.hpp"

namespace parking::faults {
namespace {

/// What test drivers take for "was not run".
constexpr int not_run = 77;

std::string list_of_faults() {
  std::string text = "\nFaults:";
  for (const auto& name : Run::names()) text += " " + name;
  return text;
}

int run(const RunSettings& settings, const OwnMachine& machine, const std::string& program) {
  std::cout << "PARKING_SEED=" << settings.seed << ", " << settings.faults << " faults\n"
            << std::flush;
  Report report;
  try {
    Run(settings, machine.folder(), report).all();
  } catch (const std::exception& error) {
    report.begin(0, "setting up", "");
    report.wrong(error.what());
    report.end();
  }
  std::cout << report.summary();
  if (report.failed() > 0)
    std::cout << "to see it again: PARKING_SEED=" << settings.seed << " " << program << " --faults "
              << settings.faults << '\n';
  std::cout << report.passed() << " passed, " << report.failed() << " failed\n" << std::flush;
  return report.failed() > 0 ? 1 : 0;
}

int start(int count, char** arguments) {
  RunSettings settings{
      .faults = Run::kinds(), .seed = std::random_device{}(), .logs = "faults-logs"};
  bool only_ask = false;
  CLI::App app("A car park of real programs in network namespaces, and everything that goes wrong");
  app.add_option("--faults", settings.faults, "how many; without: each kind once")
      ->check(CLI::Range(1, 100'000));
  app.add_option("--seed", settings.seed, "the same seed deals the same faults at the same gates")
      ->envname("PARKING_SEED");
  app.add_option("--only", settings.only, "one kind of fault");
  app.add_option("--logs", settings.logs, "where the programs' logs go when something is wrong");
  app.add_flag("--can-run", only_ask, "only say whether it can run here: exit code 0, or 77");
  app.footer(list_of_faults());
  CLI11_PARSE(app, count, arguments);

  const OwnMachine machine;
  if (!machine.obstacle().empty()) {
    std::cout << "NOT RUN: no faults were made here: " << machine.obstacle() << '\n';
    return not_run;
  }
  return only_ask ? 0 : run(settings, machine, arguments[0]);
}

}  // namespace
}  // namespace parking::faults

int main(int count, char** arguments) try {
  return parking::faults::start(count, arguments);
} catch (const std::exception& error) {
  std::cerr << "parking-faults: " << error.what() << '\n';
  return 1;
}
