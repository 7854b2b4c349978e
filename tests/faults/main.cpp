#include <exception>
#include <iostream>
#include <string>

#include "tests/faults/options.hpp"
#include "tests/faults/own_machine.hpp"
#include "tests/faults/run.hpp"

namespace parking::faults {
namespace {

/// What test drivers take for "was not run".
constexpr int not_run = 77;

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
    std::cout << "to see it again: " << command_for(settings, program) << '\n';
  std::cout << report.passed() << " passed, " << report.failed() << " failed\n" << std::flush;
  return report.failed() > 0 ? 1 : 0;
}

int start(int count, char** arguments) {
  const auto options = parse_options(count, arguments, {Run::names(), Run::kinds()});
  if (!options) return options.error();
  const OwnMachine machine;
  if (!machine.obstacle().empty()) {
    std::cout << "NOT RUN: no faults were made here: " << machine.obstacle() << '\n';
    return not_run;
  }
  return options->only_ask ? 0 : run(options->settings, machine, arguments[0]);
}

}  // namespace
}  // namespace parking::faults

int main(int count, char** arguments) try {
  return parking::faults::start(count, arguments);
} catch (const std::exception& error) {
  std::cerr << "parking-faults: " << error.what() << '\n';
  return 1;
}
