#pragma once

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/core/gate_core.hpp"

namespace parking::core {

/// One gate "north" with an entry lane 0 "in" and an exit lane 1 "out", and one scripted peer
/// "south" on link 1. The disk answers only when the test says so.
class GateBench {
public:
  static constexpr LinkId link{1};
  static inline const RowOwner north{*GateId::parse("north"), Incarnation{1}};
  static inline const RowOwner south{*GateId::parse("south"), Incarnation{2}};
  static constexpr LotId lot{100};

  /// A store in which the office has given `permits` to north; everything else is empty.
  static Remembered store_with(Count permits) {
    Row office{.owner = {GateId::office(), Incarnation{100}}, .version = 1, .tag = 1};
    office.office = OfficePart{.capacity = 10, .capacity_wanted = 10};
    office.given[north.incarnation] = permits;
    return {.incarnation = north.incarnation, .learned = {{office, "office"}}, .lot = lot};
  }

  explicit GateBench(const Remembered& store, std::vector<LaneSettings> lanes = plain_lanes())
      : gate(
            {.self = north, .lanes = std::move(lanes)}, store,
            [next = std::uint64_t{1000}]() mutable { return next++; }, Instant{}) {}

  static std::vector<LaneSettings> plain_lanes() {
    return {{.name = "in", .direction = LaneDirection::entry},
            {.name = "out", .direction = LaneDirection::exit}};
  }

  Effects step(const Input& input) {
    Effects effects = gate.step(input, now);
    if (effects.record) last_record = effects.record->number;
    return effects;
  }
  /// Lets time pass, waking the gate as it asks; returns all that it did.
  Effects pass(Duration duration) {
    Effects all;
    const Instant end = now + duration;
    for (Instant wake = gate.next_wake(now); wake <= end; wake = gate.next_wake(now)) {
      if (wake < now) throw std::logic_error("the gate wants to be woken in the past");
      now = std::max(wake, now + Duration{1});
      add(all, step(Tick{}));
    }
    now = end;
    add(all, step(Tick{}));
    return all;
  }
  Effects sensor(std::size_t lane, LaneInput which, Presence presence) {
    return step(SensorChanged{lane, which, presence});
  }
  void sensors_clear() {
    for (const std::size_t lane : {0U, 1U})
      for (const LaneInput which : {LaneInput::approach, LaneInput::passage})
        sensor(lane, which, Presence::clear);
  }
  Effects disk_is_done() { return step(Persisted{last_record}); }

  /// South dials, tells which versions of north's row it knows, and takes north's answer.
  Effects south_comes(std::vector<RowMark> known = {}, const Row& row = Row{.owner = south}) {
    Effects effects = south_calls(std::move(known), row);
    if (effects.closes.empty() && !effects.identity_ended) add(effects, say(Digest{}));
    return effects;
  }
  Effects south_calls(std::vector<RowMark> known = {}, const Row& row = Row{.owner = south}) {
    step(LinkUp{link, {}});
    return say(Hello{.to = north.gate,
                     .lot = lot,
                     .row = {row, "south"},
                     .known = std::move(known),
                     .has_entry = true});
  }
  Effects say(Message message) { return step(Received{link, std::move(message)}); }

  static bool opens(const Effects& effects, std::size_t lane) {
    return std::ranges::find(effects.outputs, BarrierOutput{lane, BarrierCommand::open}) !=
           effects.outputs.end();
  }
  template <typename Kind>
  static std::optional<Kind> said(const Effects& effects) {
    for (const Send& sent : effects.sends)
      if (const auto* message = std::get_if<Kind>(&sent.message)) return *message;
    return std::nullopt;
  }
  [[nodiscard]] const Row& own() const { return gate.exchange().journal().own(); }
  [[nodiscard]] LaneView lane(std::size_t index) const { return gate.snapshot(now).lanes[index]; }
  [[nodiscard]] bool alarmed(const std::string& code) const {
    const auto alarms = gate.snapshot(now).alarms;
    return std::ranges::any_of(alarms, [&](const AlarmView& a) { return a.code == code; });
  }

  Instant now{};
  GateCore gate;
  RecordNumber last_record = 0;

private:
  static void add(Effects& all, Effects more) {
    std::ranges::move(more.outputs, std::back_inserter(all.outputs));
    std::ranges::move(more.sends, std::back_inserter(all.sends));
    std::ranges::move(more.closes, std::back_inserter(all.closes));
    if (more.record) all.record = std::move(more.record);
  }
};

}  // namespace parking::core
