#pragma once

#include <optional>
#include <string>

#include "app/core/alarms.hpp"
#include "app/core/exchange.hpp"
#include "app/core/gate_core.hpp"

namespace parking::discovery {

/// The row that the central Pi keeps: it creates the lot's capacity, once, and hands the permits
/// out. As pure as the gate's core and in the same exchange with the gates, without lanes.
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
  /// rule 8). Nothing is created or given from now on.
  void meet_other_lot(core::LotId other, core::Instant now);

  [[nodiscard]] core::Instant next_wake(core::Instant now) const;
  [[nodiscard]] core::Snapshot snapshot(core::Instant now) const;
  [[nodiscard]] const core::Exchange& exchange() const { return exchange_; }
  /// Empty until the lot is created.
  [[nodiscard]] core::LotId lot() const { return exchange_.lot(); }

  /// An office with an empty store listens this long for gates that know another lot before it
  /// creates one. Gates of a site that comes back after a power cut register within a second.
  static constexpr core::Duration listen_before_creating{2000};

private:
  void create_lot_when_due(core::Instant now);
  void watch(core::Instant now);

  Settings settings_;
  core::Instant start_;
  core::Exchange exchange_;
  core::Alarms alarms_;
  bool other_lot_met_ = false;
  bool disk_failed_ = false;
};

}  // namespace parking::discovery
