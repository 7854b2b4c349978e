#include "hw/lines.hpp"

#include <set>
#include <utility>

namespace parking::hw {
namespace {

std::unexpected<Error> invalid(std::string message) {
  return std::unexpected(Error{ErrorKind::invalid_spec, std::move(message)});
}

}  // namespace

std::expected<void, Error> check(const LinesSpec& spec) {
  std::vector<std::string> names;
  names.reserve(spec.inputs.size() + spec.outputs.size());
  for (const auto& input : spec.inputs) names.push_back(input.line);
  for (const auto& output : spec.outputs) names.push_back(output.line);
  if (names.empty()) return invalid("no line is named; name at least one input or output");
  if (names.size() > max_lines) {
    return invalid(std::to_string(names.size()) + " lines are named; one board has at most " +
                   std::to_string(max_lines));
  }
  std::set<std::string> seen;
  for (const auto& name : names) {
    if (name.empty()) return invalid("a line has no name; give each the name that gpioinfo shows");
    if (!seen.insert(name).second) {
      return invalid("line " + name + " is used twice; give each sensor and output its own line");
    }
  }
  return {};
}

void Lines::watch(InputId line, EventHandler handler) {
  const auto index = static_cast<std::size_t>(line);
  if (watchers_.size() <= index) watchers_.resize(index + 1);
  watchers_[index] = std::move(handler);
}

void Lines::on_failure(FailureHandler handler) {
  failure_handlers_.push_back(std::move(handler));
}

void Lines::deliver(const LineEvent& event) {
  const auto index = static_cast<std::size_t>(event.line);
  if (index < watchers_.size() && watchers_[index]) watchers_[index](event);
}

void Lines::fail(const Error& error) {
  for (const auto& handler : std::exchange(failure_handlers_, {})) handler(error);
}

}  // namespace parking::hw
