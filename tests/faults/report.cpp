#include "tests/faults/report.hpp"

#include <algorithm>
#include <iostream>

namespace parking::faults {

using core::Count;

void Report::begin(int number, const std::string& fault, const std::string& gate) {
  const std::lock_guard guard(mutex_);
  number_ = number;
  fault_ = fault;
  gate_ = gate;
  wrong_ = false;
  ++faults_[fault];
}

std::string Report::where() const {
  return "fault " + std::to_string(number_) + " (" + fault_ + (gate_.empty() ? "" : " " + gate_) +
         "): ";
}

void Report::wrong(const std::string& text) {
  const std::lock_guard guard(mutex_);
  wrong_ = true;
  std::cout << "WRONG: " << where() << text << '\n' << std::flush;
}

void Report::lost(Count crossings, const std::string& text) {
  wrong("lost " + std::to_string(crossings) + ": " + text);
  const std::lock_guard guard(mutex_);
  lost_ += crossings;
}

void Report::deviates(const Deviation& deviation) {
  const std::lock_guard guard(mutex_);
  deviations_.push_back(where() + deviation.kind + ", " + std::to_string(deviation.inside) + ": " +
                        deviation.text);
}

void Report::note(const std::string& text) {
  const std::lock_guard guard(mutex_);
  std::cout << where() << text << '\n' << std::flush;
}

void Report::site_ended(Count cars, Count oversold, Count allowed_over) {
  const std::lock_guard guard(mutex_);
  ++sites_;
  cars_ += cars;
  oversold_ += std::max<Count>(0, oversold);
  allowed_over_ = std::max(allowed_over_, allowed_over);
}

void Report::crossed() {
  const std::lock_guard guard(mutex_);
  ++crossings_;
}

void Report::recounted() {
  const std::lock_guard guard(mutex_);
  ++recounts_;
}

bool Report::is_wrong() const {
  const std::lock_guard guard(mutex_);
  return wrong_;
}

void Report::end() {
  const std::lock_guard guard(mutex_);
  ++(wrong_ ? failed_ : passed_);
}

std::string Report::summary() const {
  const std::lock_guard guard(mutex_);
  std::string text = "faults:";
  for (const auto& [fault, count] : faults_) text += " " + fault + " " + std::to_string(count);
  text += "\nsites " + std::to_string(sites_) + ", recounts " + std::to_string(recounts_) +
          ", cars " + std::to_string(cars_) + ", crossings " + std::to_string(crossings_) +
          "\noversold " + std::to_string(oversold_) + ", lost crossings " + std::to_string(lost_) +
          "\nmost over capacity within what clones are allowed: " +
          std::to_string(std::max<Count>(0, allowed_over_)) +
          "\ndeviations listed: " + std::to_string(deviations_.size()) + "\n";
  for (const std::string& deviation : deviations_) text += "  " + deviation + "\n";
  return text;
}

}  // namespace parking::faults
