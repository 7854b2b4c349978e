#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace parking::exhaustive {

// One state of the small car park, as plain numbers. Rows are named by their place in `Rows`;
// a *slot* is one incarnation (0: the office's first, 1 to `gates`: the gates' first, then later
// ones), a *node* is one machine (0: the central one). Sets of slots are bits.

inline constexpr std::size_t max_slots = 5;
inline constexpr std::size_t max_nodes = 4;
/// Versions of one row that anybody may still take, the newest ones included.
inline constexpr std::size_t max_chain = 12;

/// 0: no copy.
using RowId = std::uint32_t;
using Bits = std::uint8_t;
using Small = std::uint8_t;
using Copies = std::array<RowId, max_slots>;

constexpr Bits bit(std::size_t index) {
  return static_cast<Bits>(1U << index);
}
constexpr bool has(Bits set, std::size_t index) {
  return (set & bit(index)) != 0;
}

/// What an owner has written: its versions in order, the first `durable` of them on its disk. Every
/// durable version may reach anybody at any time, again and again, or never.
struct Chain {
  std::array<RowId, max_chain> rows{};
  Small count = 0;
  Small durable = 0;
  Small branch = 0;        ///< history that is written now: 1 after a store was restored
  Small forked_after = 0;  ///< with branch 1: the last version of branch 0
  std::array<RowId, max_chain> loose{};  ///< durable versions of the history that was set back
  Small loose_count = 0;

  [[nodiscard]] RowId newest() const { return rows[count - 1U]; }
  [[nodiscard]] RowId on_disk() const { return rows[durable - 1U]; }
  [[nodiscard]] bool all_durable() const { return durable == count; }
};

enum class Power : std::uint8_t { up, down, off };
enum class LaneAt : std::uint8_t { idle, admitting, open };

/// What a gate says when all that an order asks for is durable.
struct Answer {
  Small there = 0;
  Small epoch = 0;
  Small left = 0;  ///< the own row's `left` when the order came
  RowId own = 0;
  Copies marks{};
  Bits frozen = 0;
  Small held_in = 0;  ///< not said, but true: of its unsettled admissions, the cars inside
};

struct Node {
  Power power = Power::up;
  Small slot = 0;
  Bits told = 0;           ///< nodes that have said, since the start, which own row they know
  Small ended = 0;         ///< the incarnation is over
  Small told_retired = 0;  ///< somebody refused it as retired
  Small leaving = 0;
  Bits knows_leaving = 0;  ///< nodes that were told
  LaneAt lane = LaneAt::idle;
  Small lane_version = 0;  ///< of the own row, with the admission
  Small held_in = 0;       ///< admissions not settled, of cars that are inside
  Small held_gone = 0;     ///< the same, of cars that went away
  Copies held{};           ///< copies of the others' rows
  Copies disk{};           ///< those that are durable
  Bits frozen = 0;
  Bits frozen_on_disk = 0;
  Small epoch = 0;  ///< of the hold; 0: entries are free
  Small epochs_used = 0;
  Small ordered = 0;  ///< the order of this round came, and is not answered yet
  Small left_when_ordered = 0;
  Small bonus = 0;  ///< permits that exist only in a mutant
  Answer answer;    ///< on its way to the office
};

enum class ActKind : std::uint8_t { none, retire, import, take_over, count, close };

/// The office's act and round: in memory only.
struct Office {
  ActKind act = ActKind::none;
  Bits retiring = 0;
  Bits closing = 0;
  RowId imported = 0;
  Small counted = 0;
  Small holding = 0;
  std::array<Small, max_nodes> epochs{};      ///< as answered since the recount began
  std::array<Small, max_nodes> act_epochs{};  ///< of them, when the number was given
  std::array<Small, max_nodes> left_known{};
  std::array<Small, max_nodes> left{};  ///< with `left_known`: first heard in answer to the count
  Small round = 0;
  Small round_holds = 0;
  Small round_pins = 0;
  Bits round_freezes = 0;
  std::array<Answer, max_nodes> answers{};
};

/// What an operator with eyes everywhere sees, and what has been used up.
struct World {
  Small inside = 0;
  /// Cars beyond the capacity that no protocol can keep out: unadmitted ones, uncounted ones, and
  /// the permits of a restored store.
  Small extra = 0;
  std::int8_t drift = 0;  ///< cars in the ledger and not in the world, as lost edges explain it
  Small forked = 0;       ///< two histories of one row: the drift is unknown
  Small unadmitted = 0;
  Small missed_in = 0;
  Small missed_out = 0;
  Small crashes = 0;
  Small restored = 0;
  Small lost = 0;
  Small acts = 0;    ///< operator's commands given
  Small counts = 0;  ///< recounts written
  // When the recount's number was given: of each node's newest row, and what drifted since then.
  std::array<Small, max_nodes> left_then{};
  std::array<Small, max_nodes> unadmitted_then{};
  Bits lanes_then = 0;        ///< nodes with a car in the lane
  Small gone_from_lanes = 0;  ///< of these cars, those that turned back
  std::int8_t drift_since = 0;
  // The image of a store that may be restored.
  Small imaged = 0;
  RowId image_own = 0;
  Copies image_copies{};
  Bits image_frozen = 0;
};

/// What a step found wrong; the rest is looked for in the state.
enum class Fault : std::uint8_t {
  none,
  two_histories,
  honest_store_ended,
  lives_after_other_history,
  row_fell,
  recount_is_off,
  closed_twice,
  full_chain,
};

struct State {
  Small slots = 0;
  std::array<Chain, max_slots> chains{};
  std::array<Small, max_slots> machine{};  ///< slot -> node
  Bits dead = 0;                           ///< slots whose store is gone
  std::array<Node, max_nodes> nodes{};
  Office office;
  World world;
  Fault fault = Fault::none;
};

/// What was done, for a trace.
struct Step {
  std::string_view what;
  std::int8_t who = -1;
  std::int8_t whom = -1;
  std::int8_t number = -1;
};

/// The bytes that tell one state from another, and back.
std::string pack(const State& state, std::size_t nodes);
State unpack(std::string_view bytes, std::size_t nodes);

}  // namespace parking::exhaustive
