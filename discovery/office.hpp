#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/core/alarms.hpp"
#include "app/core/exchange.hpp"
#include "app/core/gate_core.hpp"
#include "discovery/act.hpp"
#include "discovery/round.hpp"

namespace parking::discovery {

/// The row that the central Pi keeps: it creates the lot's capacity, once, hands the permits out,
/// and does what needs every gate: capacity, recount, retirement, import, takeover. As pure as the
/// gate's core and in the same exchange with the gates, without lanes.
class Office {
public:
  struct Settings {
    core::RowOwner self;
    core::Count capacity = 0;  ///< when the lot is created, and only then
    std::string lot_name;
  };

  Office(Settings settings, const core::Remembered& remembered, core::Random random,
         core::Instant start);

  /// Takes the inputs of core::GateCore that make sense without lanes; the others are refused.
  core::Effects step(const core::Input& input, core::Instant now);
  /// A gate that belongs to another lot wants to register: this store may have been lost (ledger
  /// rule 8). Nothing is created or given from now on, and gates that have joined this lot hold
  /// their entries, until the operator takes over or says that the gate belongs elsewhere
  /// (DismissLot).
  void meet_other_lot(core::LotId other, core::Instant now);

  [[nodiscard]] core::Instant next_wake(core::Instant now) const;
  [[nodiscard]] core::Snapshot snapshot(core::Instant now) const;
  [[nodiscard]] const core::Exchange& exchange() const { return exchange_; }
  /// Empty until the lot is created.
  [[nodiscard]] core::LotId lot() const { return exchange_.lot(); }

  /// An office with an empty store listens this long for gates that know another lot before it
  /// creates one. Gates of a site that comes back after a power cut register within a second.
  static constexpr core::Duration listen_before_creating{2000};
  /// So long after its start a gate that runs may not have called yet.
  static constexpr core::Duration gates_come_within{3000};

  /// The rows that this office has retired, durably: their gates may not register.
  [[nodiscard]] core::FlatMap<core::Incarnation, core::Version> retired() const;

private:
  template <typename What>
  void on(const What& what, core::Instant now, core::Effects& effects);
  /// Each returns why it is refused; empty: accepted.
  std::string set_capacity(const core::SetCapacity& command);
  std::string begin_recount(const core::RecountBegin& command, core::Instant now);
  std::string count(const core::RecountCount& command, std::uint64_t heard, core::Instant now);
  void hear_of_hold(const core::OrderDone& done);
  /// The number does not hold any more; who gave it is told.
  void fail_count(const std::string& why);
  std::string cancel(const core::RecountCancel& command);
  std::string retire(const core::Retire& command, core::Instant now);
  std::string import(const core::ImportStore& command, core::Instant now);
  std::string take_over(const core::TakeOver& command, core::Instant now);
  std::string dismiss(const core::DismissLot& command);
  std::string obstacle() const;
  std::set<core::Incarnation> rows_of(const core::GateId& gate) const;

  void answer_gates(core::Instant now, core::Effects& effects);
  void work_on_act(core::Instant now, core::Effects& effects);
  void hear_answers();
  void take_back_returned(core::Instant now);
  void freeze_replaced();
  void begin_by_itself(core::Instant now);
  [[nodiscard]] bool round_is_complete() const;
  [[nodiscard]] bool connected(core::Incarnation row) const;
  [[nodiscard]] bool has_met_another_lot() const {
    return !other_lot_.empty() && !exchange_.lot().empty();
  }
  [[nodiscard]] std::string why_not_held(const std::set<core::Incarnation>& open) const;
  [[nodiscard]] std::set<core::Incarnation> leavers_out_of_reach() const;
  [[nodiscard]] bool may_complete() const;
  void complete(core::Instant now);
  void complete_import(core::OfficePart& part, core::Instant now);
  void complete_count(core::OfficePart& part);
  void persisted(core::RecordNumber number, core::Effects& effects);
  void release();
  std::string copy_beyond_import() const;
  [[nodiscard]] core::Order wanted_order() const;
  [[nodiscard]] std::set<core::Incarnation> asked() const;
  [[nodiscard]] std::set<core::Incarnation> stopped_rows() const;
  [[nodiscard]] bool taken_over() const;
  core::OfficePart& part();
  void note(const std::string& kind, const std::string& text);
  void cut_capacity();
  void reclaim_gone(core::Instant now);
  void create_lot_when_due(core::Instant now);
  void watch(core::Instant now);
  void watch_act(core::Instant now);
  void watch_hold(core::Instant now);
  void watch_store(core::Instant now);
  void watch_capacity(core::Instant now);
  void watch_other_lot(core::Instant now);

  Settings settings_;
  core::Instant start_;
  core::Random random_;
  core::Exchange exchange_;
  core::Alarms alarms_;
  core::LotId other_lot_;                 ///< of the last gate that wanted to register
  std::set<core::LotId> met_lots_;        ///< that one, and of others before it
  std::set<core::LotId> dismissed_lots_;  ///< the operator says that they are not ours
  bool disk_failed_ = false;
  bool holding_ = false;  ///< a recount has begun
  core::Instant held_since_;
  /// With which a recount becomes durable; entries are held until then.
  std::optional<core::RecordNumber> recount_record_;
  bool releasing_ = false;                ///< it has ended, and not every gate knows
  std::map<std::uint64_t, Holds> holds_;  ///< all that was heard of this hold, by `Order::heard`
  std::uint64_t last_heard_ = 0;          ///< the newest of `holds_`
  std::optional<Act> act_;
  std::vector<std::pair<core::LinkId, core::RecountAnswer>> late_answers_;
  std::optional<Round> round_;
};

}  // namespace parking::discovery
