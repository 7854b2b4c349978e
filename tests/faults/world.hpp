#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "app/core/types.hpp"

namespace parking::faults {

enum class Car : std::uint64_t {};

/// What is really so at one lot: every car and where it is. Shared by the traffic at all gates.
class World {
public:
  explicit World(core::Count capacity) : capacity_(capacity) {}

  Car new_car();
  /// The barrier opened for it by itself: from now on it takes a space.
  void let_in(Car car);
  void drove_in(Car car);
  void turned_back(Car car);

  /// A car that somebody now drives to an exit; it takes its space until it has driven out.
  std::optional<Car> take_parked(std::uint64_t random);
  void stays(Car car);
  void drove_out(Car car);

  /// Permits that two stores hold at the same time before either hears of the other.
  void allow(core::Count permits);
  /// The lot knows every car again: nothing is allowed any more.
  void recounted();

  /// Cars behind a barrier, those on their way to an exit included.
  [[nodiscard]] core::Count inside() const;
  [[nodiscard]] core::Count cars_seen() const;
  [[nodiscard]] core::Count capacity() const { return capacity_; }
  /// Most cars that were let in by themselves beyond capacity and what was allowed.
  [[nodiscard]] core::Count oversold() const;
  /// The same without what was allowed.
  [[nodiscard]] core::Count most_over() const;

private:
  mutable std::mutex mutex_;
  core::Count capacity_;
  core::Count allowed_ = 0;
  core::Count oversold_ = 0;
  core::Count most_over_ = 0;
  std::uint64_t last_car_ = 0;
  std::set<Car> at_barrier_;
  std::vector<Car> parked_;
  std::set<Car> leaving_;
};

}  // namespace parking::faults
