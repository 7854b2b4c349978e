#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/core/messages.hpp"
#include "app/core/row.hpp"
#include "app/core/snapshot.hpp"

namespace parking::core {

/// One step of what a program remembers. Records are stored in the order of their numbers and
/// become durable in that order, so `persisted(n)` speaks for all up to n.
struct Record {
  RecordNumber number = 0;
  std::optional<Row> own;               ///< the own row after this step
  std::map<std::string, Count> held;    ///< with `own`: unsettled admissions of each lane
  std::vector<RowCopy> learned;         ///< rows of others
  std::vector<Incarnation> superseded;  ///< rows frozen for good from now on
  std::optional<LotId> lot;
  std::optional<PeerList> peers;  ///< last list from the registry
  std::vector<Event> events;
  bool operator==(const Record&) const = default;
};

/// What a store gives back at start.
struct Remembered {
  Incarnation incarnation;     ///< of this store
  std::optional<Row> own;      ///< absent: this incarnation has written nothing
  std::vector<Tag> past_tags;  ///< past_tags[v - 1] is the tag of the own row's version v
  std::map<std::string, Count> held;
  std::vector<RowCopy> learned;
  std::vector<Incarnation> superseded;
  LotId lot;
  std::optional<PeerList> peers;
};

}  // namespace parking::core
