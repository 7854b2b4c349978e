#pragma once

#include <optional>
#include <string>

#include "app/core/flat_map.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// The part of a row that only the office has. Of all fields in the ledger only these may fall.
struct OfficePart {
  Count capacity = 0;  ///< permits this office has created; the lot's is the sum over offices
  Count capacity_wanted = 0;              ///< target of a capacity cut that is not paid yet
  Count corrected = 0;                    ///< cars added (or taken away) by recounts
  FlatMap<Incarnation, Count> reclaimed;  ///< signed; a row named here is *closed*
  FlatMap<Incarnation, Version> retired;  ///< rows frozen at this version
  bool operator==(const OfficePart&) const = default;
};

/// One gate incarnation's own part of the ledger. Only its owner writes it; all counters count up
/// from the row's beginning.
struct Row {
  RowOwner owner;
  Version version = 0;
  Tag tag = 0;
  Count admitted = 0;                 ///< permits spent on cars that were let in
  Count entered = 0;                  ///< admitted cars seen to pass
  Count backed_out = 0;               ///< admitted cars that went away; the permit came back
  Count unadmitted = 0;               ///< cars that crossed inward without a permit
  Count left = 0;                     ///< cars seen to leave
  FlatMap<Incarnation, Count> given;  ///< permits given to each other row, ever
  bool final_row = false;             ///< the owner will never write this row again
  std::optional<OfficePart> office;
  bool operator==(const Row&) const = default;

  /// Cars admitted and not yet settled.
  [[nodiscard]] Count pending() const { return admitted - entered - backed_out; }
};

/// A row as it travels: what it says, and the owner's exact bytes, which are passed on unchanged so
/// that a newer version's unknown fields survive. `bytes` is empty for the holder's own row.
struct RowCopy {
  Row row;
  std::string bytes;
  bool operator==(const RowCopy&) const = default;
};

/// Which version of a row someone holds. Version 0: none.
struct RowMark {
  Incarnation incarnation;
  Version version = 0;
  Tag tag = 0;
  bool operator==(const RowMark&) const = default;
};

/// Whether every cumulative field of `later` is at least that of `earlier`; where it is not, one of
/// the two was written by a cloned or restored store.
[[nodiscard]] bool grows_from(const Row& earlier, const Row& later);

}  // namespace parking::core
