#pragma once

#include <map>
#include <optional>
#include <string>

#include "discovery/registry.hpp"
#include "tests/sim/machine.hpp"

namespace parking::sim {

class Simulation;

/// The registry that runs beside the office, and its conversations with the gates. Lives as long as
/// the office's process.
class Service {
public:
  /// `office`: the machine that it runs on.
  Service(Simulation& sim, MachineIndex office, const core::Remembered& remembered);

  void received(std::uint32_t connection, const std::string& bytes);
  void closed(std::uint32_t connection) { sessions_.erase(connection); }
  /// The office's core has stepped, and perhaps handed out a record.
  void recorded(core::RecordNumber number) { last_record_ = number; }
  void committed(core::RecordNumber number);
  void publish();
  [[nodiscard]] core::Instant next_wake() const { return registry_.next_wake(); }
  [[nodiscard]] core::PeerList list() const;
  /// What gates were told last, or are about to be.
  [[nodiscard]] const core::PeerList& published() const { return published_; }

private:
  void announced(std::uint32_t connection, const core::Register& request);
  void refuse(std::uint32_t connection, core::Refusal refusal);
  void tell_gates();
  void follow_retirements();
  [[nodiscard]] Machine& office() const;
  [[nodiscard]] core::Instant local_now() const;

  /// The office's process has ended, perhaps in the middle of what this is doing.
  [[nodiscard]] bool is_over() const;

  Simulation& sim_;
  MachineIndex office_;
  std::uint32_t life_;
  discovery::Registry registry_;
  std::map<std::uint32_t, core::Register> sessions_;
  core::PeerList published_;
  std::optional<core::RecordNumber> tell_after_;
  core::RecordNumber last_record_ = 0;
  core::RecordNumber durable_ = 0;
  std::size_t retirements_followed_ = 0;
  bool publishing_ = false;
};

}  // namespace parking::sim
