#include "tests/faults/world.hpp"

#include <algorithm>

namespace parking::faults {

using core::Count;

Car World::new_car() {
  const std::lock_guard guard(mutex_);
  return Car{++last_car_};
}

void World::let_in(Car car) {
  const std::lock_guard guard(mutex_);
  at_barrier_.insert(car);
  const Count taken = std::ssize(at_barrier_) + std::ssize(parked_) + std::ssize(leaving_);
  most_over_ = std::max(most_over_, taken - capacity_);
  oversold_ = std::max(oversold_, taken - capacity_ - allowed_);
}

void World::drove_in(Car car) {
  const std::lock_guard guard(mutex_);
  at_barrier_.erase(car);
  parked_.push_back(car);
}

void World::turned_back(Car car) {
  const std::lock_guard guard(mutex_);
  at_barrier_.erase(car);
}

std::optional<Car> World::take_parked(std::uint64_t random) {
  const std::lock_guard guard(mutex_);
  if (parked_.empty()) return std::nullopt;
  Car& chosen = parked_[random % parked_.size()];
  const Car car = chosen;
  chosen = parked_.back();
  parked_.pop_back();
  leaving_.insert(car);
  return car;
}

void World::stays(Car car) {
  const std::lock_guard guard(mutex_);
  leaving_.erase(car);
  parked_.push_back(car);
}

void World::drove_out(Car car) {
  const std::lock_guard guard(mutex_);
  leaving_.erase(car);
}

void World::allow(Count permits) {
  const std::lock_guard guard(mutex_);
  allowed_ += permits;
}

void World::recounted() {
  const std::lock_guard guard(mutex_);
  allowed_ = 0;
}

Count World::inside() const {
  const std::lock_guard guard(mutex_);
  return std::ssize(parked_) + std::ssize(leaving_);
}

Count World::cars_seen() const {
  const std::lock_guard guard(mutex_);
  return static_cast<Count>(last_car_);
}

Count World::oversold() const {
  const std::lock_guard guard(mutex_);
  return oversold_;
}

Count World::most_over() const {
  const std::lock_guard guard(mutex_);
  return most_over_;
}

}  // namespace parking::faults
