#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "app/core/types.hpp"

namespace parking::faults {

/// What the ledger's rules say that no protocol can know; each is listed, with its size.
struct Deviation {
  std::string kind;  ///< of "crash before commit", "cloned store"
  std::string text;
  core::Count inside = 0;  ///< by how much the lot counts more cars inside than there are
};

/// Everything that a run finds. Written to from the traffic at all gates.
class Report {
public:
  /// What follows belongs to this fault.
  void begin(int number, const std::string& fault, const std::string& gate);
  /// Something that must never be. Printed at once.
  void wrong(const std::string& text);
  /// A crossing that no count holds and no list excuses.
  void lost(core::Count crossings, const std::string& text);
  void deviates(const Deviation& deviation);
  void note(const std::string& text);
  /// At the end of one site: its cars and how many too many it let in.
  void site_ended(core::Count cars, core::Count oversold, core::Count allowed_over);
  void crossed();
  void recounted();

  /// Whether something was wrong since `begin`.
  [[nodiscard]] bool is_wrong() const;
  [[nodiscard]] int passed() const { return passed_; }
  [[nodiscard]] int failed() const { return failed_; }
  void end();

  /// Faults by kind, cars, oversold, lost, and each deviation.
  [[nodiscard]] std::string summary() const;

private:
  [[nodiscard]] std::string where() const;

  mutable std::mutex mutex_;
  int number_ = 0;
  std::string fault_;
  std::string gate_;
  bool wrong_ = false;
  int passed_ = 0;
  int failed_ = 0;
  int sites_ = 0;
  int recounts_ = 0;
  core::Count cars_ = 0;
  core::Count crossings_ = 0;
  core::Count oversold_ = 0;
  core::Count allowed_over_ = 0;
  core::Count lost_ = 0;
  std::map<std::string, int> faults_;
  std::vector<std::string> deviations_;
};

}  // namespace parking::faults
