#include "tests/support/ctl.hpp"

#include <sstream>
#include <utility>

#include <boost/json/parse.hpp>

#include "tests/support/process.hpp"

namespace parking::test_support {
namespace {

constexpr auto longest_run = std::chrono::seconds(10);

boost::json::value parse(const std::string& text) {
  boost::system::error_code error;
  auto value = boost::json::parse(text, error);
  return error ? boost::json::value(nullptr) : value;
}

}  // namespace

Outcome run(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  Process process(program, arguments);
  const auto code = process.wait(longest_run);
  return {code.value_or(-1), process.output(), process.errors()};
}

Outcome Ctl::run(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"--socket", socket_.string()});
  return test_support::run(program("parkingctl"), arguments);
}

boost::json::value Ctl::json(std::vector<std::string> arguments) const {
  arguments.emplace_back("--json");
  const auto outcome = run(std::move(arguments));
  return outcome.exit_code == 0 ? parse(outcome.output) : boost::json::value(nullptr);
}

std::vector<boost::json::value> Ctl::json_lines(std::vector<std::string> arguments) const {
  arguments.emplace_back("--json");
  const auto outcome = run(std::move(arguments));
  std::vector<boost::json::value> values;
  if (outcome.exit_code != 0) return values;
  std::istringstream lines(outcome.output);
  for (std::string line; std::getline(lines, line);) values.push_back(parse(line));
  return values;
}

boost::json::value at(const boost::json::value& value, std::string_view pointer) {
  boost::system::error_code error;
  const auto* found = value.find_pointer(pointer, error);
  return error || found == nullptr ? boost::json::value(nullptr) : *found;
}

}  // namespace parking::test_support
