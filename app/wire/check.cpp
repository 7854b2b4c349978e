#include "app/wire/check.hpp"

#include <algorithm>

namespace parking::wire {

core::Count Check::counter(std::string_view field, std::int64_t value) {
  if (value < 0 || value > largest_count)
    fail(field, "is " + std::to_string(value) + ", not 0 to " + std::to_string(largest_count));
  return value;
}

core::Count Check::balance(std::string_view field, std::int64_t value) {
  if (value < -largest_count || value > largest_count)
    fail(field, "is " + std::to_string(value) + ", beyond " + std::to_string(largest_count) +
                    " either way");
  return value;
}

core::Version Check::version(std::string_view field, std::uint64_t value) {
  if (value > largest_version)
    fail(field, "is " + std::to_string(value) + ", above " + std::to_string(largest_version));
  return value;
}

core::Duration Check::duration(std::string_view field, std::int64_t milliseconds) {
  if (milliseconds < 0 || milliseconds > longest_duration.count())
    fail(field, "is " + std::to_string(milliseconds) + " ms, not 0 to " +
                    std::to_string(longest_duration.count()));
  return core::Duration(milliseconds);
}

core::Incarnation Check::incarnation(std::string_view field, std::uint64_t value) {
  if (value == 0) fail(field, "is 0, which no incarnation is");
  return core::Incarnation{value};
}

core::GateId Check::gate(std::string_view field, const std::string& text) {
  if (text == core::GateId::office().text()) return core::GateId::office();
  auto id = core::GateId::parse(text);
  if (!id) fail(field, "names no gate: " + id.error());
  return id.value_or(core::GateId());
}

std::string Check::text(std::string_view field, const std::string& text, std::size_t longest) {
  if (text.size() <= longest) return text;
  fail(field, "is longer than " + std::to_string(longest) + " bytes");
  return {};
}

bool Check::size(std::string_view field, std::size_t size, std::size_t most) {
  if (size <= most) return true;
  fail(field, "has " + std::to_string(size) + " entries; at most " + std::to_string(most) +
                  " are accepted");
  return false;
}

void Check::present(std::string_view field, bool is_present) {
  if (!is_present) fail(field, "is missing");
}

void Check::fail(std::string_view field, std::string_view what) {
  if (!error_) error_ = Error{std::string(field) + " " + std::string(what)};
}

std::int64_t milliseconds(core::Duration duration) {
  return std::clamp(duration, core::Duration(0), longest_duration).count();
}

}  // namespace parking::wire
