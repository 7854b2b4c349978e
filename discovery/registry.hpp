#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "app/core/messages.hpp"
#include "app/core/types.hpp"

namespace parking::discovery {

/// Who is in the lot: gates announce themselves, keep a lease by renewing it, and learn who else is
/// there. Pure; `now` is passed in. A gate is never dropped silently: without its lease it is
/// listed as gone.
class Registry {
public:
  /// `remembered`: the last list of a former run. Its gates have one lease of grace.
  Registry(core::Duration lease, const std::optional<core::PeerList>& remembered,
           core::Instant start);

  struct Accepted {
    bool list_changed = false;
  };
  /// Idempotent. Refusal: another incarnation holds the gate's lease, the store is a copy of
  /// another gate's, the lot is another one or full, the program is too old.
  std::variant<Accepted, core::Refusal> announce(const core::Register& request, core::LotId lot,
                                                 core::Instant now);
  /// `announced`: what that connection began with. False: not known here so (any more), the gate
  /// has to announce itself again.
  bool renew(const core::Register& announced, core::Instant now);
  /// The gate goes: its lease ends at once.
  void withdraw(const core::RowOwner& owner);
  /// The office has retired that row: its gate stays listed as retired until it comes with a new
  /// store. Repeating it is harmless.
  void retire(core::Incarnation row);
  /// Ends leases that have run out.
  void tick(core::Instant now);
  [[nodiscard]] core::Instant next_wake() const;

  /// Raised by every change of the list.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }
  /// All gates, without the office.
  [[nodiscard]] core::PeerList list() const;
  [[nodiscard]] core::Duration lease() const { return lease_; }

private:
  struct Entry {
    core::PeerInfo info;
    core::Instant lease_ends;
  };
  [[nodiscard]] std::optional<core::Refusal> objection(const core::Register& request,
                                                       core::LotId lot, core::Instant now) const;
  [[nodiscard]] std::size_t incarnations() const;
  void set_state(Entry& entry, core::PeerState state);

  core::Duration lease_;
  std::uint64_t revision_ = 1;
  std::map<core::GateId, Entry> entries_;
  std::set<core::Incarnation> retired_;
};

}  // namespace parking::discovery
