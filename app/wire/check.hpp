#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "app/core/types.hpp"
#include "app/wire/error.hpp"
#include "app/wire/text.hpp"

namespace parking::wire {

/// No lot has so many cars in its life; sums of a whole ledger of such counts stay far from the
/// ends of 64 bits (64 x 1,024 x 10^12 < 2^63).
inline constexpr core::Count largest_count = 1'000'000'000'000;
/// A thousand changes a second for 31 years. A larger version could never be overtaken by its
/// owner.
inline constexpr core::Version largest_version = 1'000'000'000'000;
inline constexpr core::Duration longest_duration{1'000'000'000'000};  // 31 years

/// Takes values out of a message and keeps the first fault. After a fault the values are of no use
/// and the message as a whole is refused. `field` names the value in the fault, as "row.admitted".
class Check {
public:
  /// 0 to `largest_count`.
  core::Count counter(std::string_view field, std::int64_t value);
  /// -`largest_count` to `largest_count`.
  core::Count balance(std::string_view field, std::int64_t value);
  core::Version version(std::string_view field, std::uint64_t value);
  core::Duration duration(std::string_view field, std::int64_t milliseconds);
  /// Not 0.
  core::Incarnation incarnation(std::string_view field, std::uint64_t value);
  /// A gate's name, or the office's.
  core::GateId gate(std::string_view field, const std::string& text);
  std::string text(std::string_view field, const std::string& text, std::size_t longest);
  /// Whether a list is short enough to be read at all.
  bool size(std::string_view field, std::size_t size, std::size_t most);
  void present(std::string_view field, bool is_present);
  void fail(std::string_view field, std::string_view what);

  /// An enum by its table (enums.hpp); the first row stands in for an unknown value.
  template <typename Table>
  auto choice(std::string_view field, const Table& table, int value) {
    for (const auto& [wire, core] : table)
      if (static_cast<int>(wire) == value) return core;
    fail(field, "has the unknown value " + std::to_string(value));
    return table.front().second;
  }

  [[nodiscard]] bool ok() const { return !error_; }

  template <typename T>
  std::expected<T, Error> result(T value) {
    if (error_) return std::unexpected(std::move(*error_));
    return value;
  }

private:
  std::optional<Error> error_;
};

/// Refuses keys that come twice in one list.
template <typename Key>
class Unique {
public:
  Unique(Check& check, std::string_view field) : check_(check), field_(field) {}
  void add(const Key& key) {
    if (check_.ok() && !seen_.insert(key).second) check_.fail(field_, "names something twice");
  }

private:
  Check& check_;
  std::string_view field_;
  std::set<Key> seen_;
};

/// What a sender writes for `duration`: an age that was never taken is the longest one.
std::int64_t milliseconds(core::Duration duration);

}  // namespace parking::wire
