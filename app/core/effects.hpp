#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/core/messages.hpp"
#include "app/core/record.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// One connection, named by the shell; never used again for another one.
enum class LinkId : std::uint64_t {};

enum class BarrierCommand : std::uint8_t { open, close };

struct BarrierOutput {
  std::size_t lane = 0;  ///< index as configured
  BarrierCommand command = BarrierCommand::open;
  bool operator==(const BarrierOutput&) const = default;
};

struct Send {
  LinkId link{};
  Message message;
  bool operator==(const Send&) const = default;
};

/// What the shell has to do after a step, in the order of the fields. Nothing here waits for a
/// record: an effect that must not be seen before its record is durable comes out of the step that
/// is told `Persisted`.
struct Effects {
  std::vector<BarrierOutput> outputs;  ///< first: an exit waits for nothing
  std::optional<Record> record;        ///< store it; answer with Persisted once durable
  std::vector<Send> sends;
  std::vector<LinkId> closes;  ///< after everything that was sent on them
  bool peers_changed = false;  ///< the list of whom to dial is another
  bool snapshot_changed = false;
  /// This incarnation has ended (why, for people): set the store aside and start a new one.
  std::optional<std::string> identity_ended;
  /// Why an operator's command was refused; absent: done, or no command.
  std::optional<std::string> refused;
};

}  // namespace parking::core
