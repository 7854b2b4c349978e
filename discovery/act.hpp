#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/core/gate_core.hpp"

namespace parking::discovery {

/// What the gates have said of a hold (ledger rule 11), by row.
struct Holds {
  std::map<core::Incarnation, std::uint64_t> epochs;
  std::map<core::Incarnation, core::Count> unadmitted;  ///< as they answered last
  bool operator==(const Holds&) const = default;
};

/// What the office does only with the answer of every live gate (ledger rules 8 to 11). One at a
/// time.
struct Act {
  enum class Kind : std::uint8_t {
    retire,     ///< rows of gates that are off are frozen for good
    import,     ///< a dead gate's store says where its row ended
    take_over,  ///< the office before this one is frozen, and all rows are gathered
    count,      ///< a recount is written
    close,      ///< rows whose owners said that they are final give back their permits
  };
  Kind kind = Kind::retire;
  std::string reason;
  core::Instant since;
  bool by_itself = false;  ///< nobody asked for it: gives way to what an operator wants
  std::set<core::Incarnation> retiring;   ///< frozen with it, and never asked
  std::set<core::Incarnation> closing;    ///< `close`: these rows
  std::optional<core::Remembered> store;  ///< `import`: the dead gate's
  core::Count counted = 0;                ///< `count`
  /// `count`: the gate at which the number was given, and its request.
  std::optional<std::pair<core::LinkId, std::uint64_t>> asked_by;
  /// `count`: as heard before the command was given.
  Holds holds;
  /// `count`: each gate's `left` when it first heard of the command.
  std::map<core::Incarnation, core::Count> left;
  /// `count`: the ledger when the command was given; only a planted bug looks at it.
  std::optional<core::Ledger> early_view;
};

/// "recount", "retirement", ... for people.
std::string name_of(Act::Kind kind);
/// Whose rows these are, each gate once: "north, south".
std::string names(const core::Exchange& exchange, const std::set<core::Incarnation>& rows);

}  // namespace parking::discovery
