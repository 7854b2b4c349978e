#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>

namespace parking::core {

/// Monotonic time as the core sees it: milliseconds since the program's own start. The core never
/// reads a clock; whoever calls it passes `now`.
struct CoreClock {
  using duration = std::chrono::milliseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<CoreClock>;
  static constexpr bool is_steady = true;
};
using Duration = CoreClock::duration;
using Instant = CoreClock::time_point;

/// A number of cars or of permits. Signed: a balance may be below zero (debt).
using Count = std::int64_t;

/// Raised by one with each durable change of a row; 0 means "no such row".
using Version = std::uint64_t;

/// Random 64-bit mark of one version of one row; tells a clone from the original.
using Tag = std::uint64_t;

/// Position in a store's sequence of records, from 1; 0 means "nothing to wait for".
using RecordNumber = std::uint64_t;

/// Most gates in a lot and most incarnations a lot may see; both bound messages and memory.
inline constexpr std::size_t max_gates = 64;
inline constexpr std::size_t max_incarnations = 1024;

/// The name of a gate: 1 to 32 of `a-z 0-9 - _`, starting with a letter or digit.
/// "office" is the central Pi's own and no gate may take it.
class GateId {
public:
  GateId() = default;
  /// Error: a sentence saying what is wrong with `text`.
  static std::expected<GateId, std::string> parse(std::string_view text);
  static GateId office();

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] bool is_office() const;
  auto operator<=>(const GateId&) const = default;

private:
  explicit GateId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// One life of a gate's store; drawn at random (never 0) when the store is made.
struct Incarnation {
  std::uint64_t value = 0;
  [[nodiscard]] bool empty() const { return value == 0; }
  auto operator<=>(const Incarnation&) const = default;
};

/// The first office incarnation of a lot. Empty: not known yet.
struct LotId {
  std::uint64_t value = 0;
  [[nodiscard]] bool empty() const { return value == 0; }
  auto operator<=>(const LotId&) const = default;
};

/// 16 lower-case hexadecimal digits, as shown to people and in JSON.
std::string to_string(Incarnation incarnation);
std::string to_string(LotId lot);

struct RowOwner {
  GateId gate;
  Incarnation incarnation;
  auto operator<=>(const RowOwner&) const = default;
};

/// Draws 64 random bits. Passed in, so that the same seed gives the same run.
using Random = std::function<std::uint64_t()>;

}  // namespace parking::core

template <>
struct std::hash<parking::core::Incarnation> {
  std::size_t operator()(parking::core::Incarnation i) const noexcept {
    return std::hash<std::uint64_t>{}(i.value);
  }
};
