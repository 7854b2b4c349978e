#include "tests/exhaustive/state.hpp"

#include <type_traits>

namespace parking::exhaustive {
namespace {

class Writer {
public:
  explicit Writer(std::string& out) : out_(out) {}
  template <typename T>
  void one(T& value) {
    out_.push_back(static_cast<char>(value));
  }
  /// Row numbers stay below 2^21.
  void row(RowId& id) {
    RowId rest = id;
    for (; rest >= 0x80; rest >>= 7U) out_.push_back(static_cast<char>(rest | 0x80U));
    out_.push_back(static_cast<char>(rest));
  }

private:
  std::string& out_;
};

class Reader {
public:
  explicit Reader(std::string_view in) : in_(in) {}
  template <typename T>
  void one(T& value) {
    value = static_cast<T>(in_[at_++]);
  }
  void row(RowId& id) {
    id = 0;
    for (unsigned shift = 0;; shift += 7U) {
      const auto byte = static_cast<std::uint8_t>(in_[at_++]);
      id |= (byte & 0x7FU) << shift;
      if (byte < 0x80U) return;
    }
  }

private:
  std::string_view in_;
  std::size_t at_ = 0;
};

// One list of fields for both directions.

template <typename Archive, typename... Fields>
void ones(Archive& archive, Fields&... fields) {
  (archive.one(fields), ...);
}

template <typename Archive>
void copies(Archive& archive, Copies& rows, std::size_t slots) {
  for (std::size_t i = 0; i < slots; ++i) archive.row(rows[i]);
}

template <typename Archive>
void visit(Archive& archive, Chain& chain) {
  ones(archive, chain.count, chain.durable, chain.branch, chain.forked_after, chain.loose_count);
  for (std::size_t i = 0; i < chain.count; ++i) archive.row(chain.rows[i]);
  for (std::size_t i = 0; i < chain.loose_count; ++i) archive.row(chain.loose[i]);
}

template <typename Archive>
void visit(Archive& archive, Answer& answer, std::size_t slots) {
  archive.one(answer.there);
  if (answer.there == 0) return;
  ones(archive, answer.epoch, answer.left, answer.frozen, answer.held_in);
  archive.row(answer.own);
  copies(archive, answer.marks, slots);
}

template <typename Archive>
void visit(Archive& archive, Node& node, std::size_t slots) {
  ones(archive, node.power, node.slot, node.told, node.ended, node.told_retired, node.leaving,
       node.knows_leaving, node.lane, node.lane_version, node.held_in, node.held_gone, node.frozen,
       node.frozen_on_disk, node.epoch, node.epochs_used, node.ordered, node.left_when_ordered,
       node.bonus);
  copies(archive, node.held, slots);
  copies(archive, node.disk, slots);
  visit(archive, node.answer, slots);
}

template <typename Archive>
void visit(Archive& archive, Office& office, std::size_t nodes, std::size_t slots) {
  ones(archive, office.act, office.holding, office.round);
  if (office.act != ActKind::none) {
    ones(archive, office.retiring, office.closing, office.counted);
    archive.row(office.imported);
  }
  for (std::size_t i = 1; i < nodes; ++i) {
    if (office.holding != 0) archive.one(office.epochs[i]);
    if (office.act == ActKind::count)
      ones(archive, office.act_epochs[i], office.left_known[i], office.left[i]);
  }
  if (office.round == 0) return;
  ones(archive, office.round_holds, office.round_pins, office.round_freezes);
  for (std::size_t i = 1; i < nodes; ++i) visit(archive, office.answers[i], slots);
}

template <typename Archive>
void visit(Archive& archive, World& world, std::size_t nodes, std::size_t slots, bool counting) {
  ones(archive, world.inside, world.extra, world.drift, world.forked, world.unadmitted,
       world.missed_in, world.missed_out, world.crashes, world.restored, world.lost, world.acts,
       world.counts, world.imaged);
  if (counting) {
    ones(archive, world.lanes_then, world.gone_from_lanes, world.drift_since);
    for (std::size_t i = 1; i < nodes; ++i)
      ones(archive, world.left_then[i], world.unadmitted_then[i]);
  }
  if (world.imaged == 0) return;
  archive.row(world.image_own);
  copies(archive, world.image_copies, slots);
  archive.one(world.image_frozen);
}

template <typename Archive>
void visit(Archive& archive, State& state, std::size_t nodes) {
  ones(archive, state.slots, state.dead, state.fault);
  const std::size_t slots = state.slots;
  for (std::size_t i = 0; i < slots; ++i) {
    archive.one(state.machine[i]);
    visit(archive, state.chains[i]);
  }
  for (std::size_t i = 0; i < nodes; ++i) visit(archive, state.nodes[i], slots);
  visit(archive, state.office, nodes, slots);
  visit(archive, state.world, nodes, slots, state.office.act == ActKind::count);
}

}  // namespace

std::string pack(const State& state, std::size_t nodes) {
  std::string bytes;
  bytes.reserve(192);
  Writer writer(bytes);
  // The writer changes nothing; the reader shares the list of fields.
  visit(writer, const_cast<State&>(state), nodes);
  return bytes;
}

State unpack(std::string_view bytes, std::size_t nodes) {
  State state;
  Reader reader(bytes);
  visit(reader, state, nodes);
  return state;
}

}  // namespace parking::exhaustive
