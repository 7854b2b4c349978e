#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/faults.hpp"
#include "tests/faults/run_settings.hpp"

namespace parking::faults {

/// One fault after the other, each followed by the same question: do all say what is true?
class Run {
public:
  /// `settings.only` is empty or one of the names.
  Run(RunSettings settings, std::filesystem::path folder, Report& report);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// Ends early after several faults that the lot did not survive.
  void all();

  static std::vector<std::string> names();
  /// How many kinds a run deals that asks for none.
  static int kinds();

private:
  void begin_site();
  void end_site();
  const Fault& deal();
  void one(int number);
  void happen(const Fault& fault, GateStation& gate, GateStation& other);
  void check();
  [[nodiscard]] bool is_used_up() const;
  /// By a recount, or where that does not exist, at a new site.
  void restore_lot();

  RunSettings settings_;
  std::filesystem::path folder_;
  Report& report_;
  std::mt19937_64 dealer_;  ///< which fault, and where
  std::mt19937_64 random_;  ///< anew for each fault, so that one says nothing about the next
  Network network_;
  std::vector<const Fault*> deck_;
  std::unique_ptr<Site> site_;
  int sites_ = 0;
};

}  // namespace parking::faults
