#include "tests/exhaustive/gates.hpp"

#include <algorithm>
#include <ranges>

#include "app/core/gate_core.hpp"

namespace parking::exhaustive {
namespace {

constexpr std::size_t entry_lane = 0;
constexpr std::size_t exit_lane = 1;

core::Remembered store_of(const Rows& rows, const ViewKey& key) {
  const core::Row& own = rows[key.own];
  core::Remembered store{.incarnation = own.owner.incarnation, .lot = core::LotId{1}};
  if (own.version > 0) store.own = own;
  for (core::Version version = 1; version <= own.version; ++version)
    store.past_tags.push_back(tag_of(slot_of(own.owner.incarnation), version, 0));
  if (own.pending() > 0) store.held["in"] = own.pending();
  for (const RowId copy : key.held)
    if (rows.version(copy) > 0) store.learned.push_back({rows[copy], {}});
  // The office's row last, as in Views: it says up to where the others may be taken.
  std::ranges::stable_sort(store.learned, {},
                           [](const core::RowCopy& copy) { return copy.row.office.has_value(); });
  for (std::size_t slot = 0; slot < max_slots; ++slot)
    if (has(key.frozen, slot)) store.superseded.push_back(incarnation_of(slot));
  return store;
}

bool opens(const core::Effects& effects, std::size_t lane) {
  return std::ranges::find(effects.outputs,
                           core::BarrierOutput{lane, core::BarrierCommand::open}) !=
         effects.outputs.end();
}

}  // namespace

const std::string& Gates::objection(const ViewKey& key) {
  const auto [entry, is_new] = known_.try_emplace(key);
  if (is_new) entry->second = tried(key);
  return entry->second;
}

std::string Gates::tried(const ViewKey& key) const {
  const core::Row& own = rows_[key.own];
  const View& view = views_.of(key);
  const std::size_t slot = slot_of(own.owner.incarnation);
  const core::Instant now{};
  core::GateCore gate(
      {.self = own.owner,
       .lanes = {{.name = "in"}, {.name = "out", .direction = core::LaneDirection::exit}}},
      store_of(rows_, key), [] { return core::Tag{7}; }, now);
  const auto sees = [&](std::size_t lane, core::LaneInput sensor, core::Presence presence) {
    return gate.step(core::SensorChanged{lane, sensor, presence}, now);
  };
  for (const std::size_t lane : {entry_lane, exit_lane})
    for (const auto sensor : {core::LaneInput::approach, core::LaneInput::passage})
      sees(lane, sensor, core::Presence::clear);
  // Nothing is confirmed, nobody is connected, nothing reaches the disk: an exit opens all the
  // same.
  if (!opens(sees(exit_lane, core::LaneInput::approach, core::Presence::present), exit_lane))
    return "an exit does not open in the step that sees the car";
  gate.step(core::TrustStore{"all peers have answered"}, now);
  const core::Effects effects =
      sees(entry_lane, core::LaneInput::approach, core::Presence::present);
  const bool spends =
      effects.record && effects.record->own && effects.record->own->admitted == own.admitted + 1;
  const bool may = view.permits[slot] >= 1 && !own.final_row && !has(view.retired, slot);
  if (spends != may)
    return std::string("the gate ") + (spends ? "spends" : "does not spend") +
           " a permit where the model says otherwise";
  if (opens(effects, entry_lane)) return "an entry opens before its admission is durable";
  if (!spends) return {};
  if (!opens(gate.step(core::Persisted{effects.record->number}, now), entry_lane))
    return "an entry stays shut although its admission is durable";
  return {};
}

}  // namespace parking::exhaustive
