#include "tests/bench/entry.hpp"

#include <optional>
#include <string>

#include "app/wire/convert.hpp"
#include "app/wire/frame.hpp"
#include "tests/bench/bare_store.hpp"
#include "tests/bench/comparison.hpp"
#include "tests/bench/event_loop.hpp"
#include "tests/bench/lot.hpp"
#include "tests/bench/peer_process.hpp"

namespace parking::bench {
namespace {

constexpr core::Count plenty = 100'000;  // the most that a lot may have

/// Cars at the measured gate's entry.
class Entry {
public:
  explicit Entry(Lot& lot) : lot_(lot) {
    lot_.open({.drove =
                   [this](const core::BarrierOutput& output) {
                     if (output.lane == entry_lane && output.command == core::BarrierCommand::open)
                       opened_ = now();
                   },
               .recorded =
                   [this](const core::Record& record) {
                     if (!record.own) return;
                     (record.held.empty() ? counted_ : admitted_) = BareStore::prepare(record);
                   },
               .durable = {},
               .changed = {}});
  }

  /// How long the car waited for the barrier.
  Nanoseconds arrive() {
    opened_.reset();
    const Nanoseconds start = now();
    lot_.gate().sense(entry_lane, core::LaneInput::approach, true);
    run_until(lot_.io(), "the barrier", [this] { return opened_.has_value(); });
    return *opened_ - start;
  }
  void drive_on() {
    lot_.gate().pass(entry_lane);
    lot_.settle();
  }

  [[nodiscard]] const BareStore::Prepared& admitted() const { return admitted_; }
  [[nodiscard]] const BareStore::Prepared& counted() const { return counted_; }

private:
  Lot& lot_;
  std::optional<Nanoseconds> opened_;
  BareStore::Prepared admitted_;
  BareStore::Prepared counted_;
};

/// As many bytes as an inquiry of the measured gate has.
std::string raw_message(const Gate& gate, char first) {
  const core::Inquiry inquiry{
      .id = 1, .wanted = 1, .row = {gate.exchange().journal().durable(), {}}};
  std::string bytes = *wire::frame(wire::encode(core::Message{inquiry}));
  bytes.front() = first;
  return bytes;
}

/// The least that an entry without a permit can be made of.
class RawAsking {
public:
  RawAsking(Lot& lot, BareStore& bare) : lot_(lot), bare_(bare) {}

  struct Times {
    Nanoseconds parts;    ///< the donor's commit, the own commit and a fan-out to all, each alone
    Nanoseconds in_turn;  ///< asked, committed there, answered, committed here
  };
  Times ask(const BareStore::Prepared& record) {
    const std::string push = raw_message(lot_.gate(), raw_push);
    const Nanoseconds fan_out = reach_all(push, {});
    const std::string question = raw_message(lot_.gate(), raw_ask);
    lot_.first_answered() = false;
    const Nanoseconds start = now();
    lot_.finish().arm(lot_.peers());
    lot_.raw().send(push, question);
    run_until(lot_.io(), "a raw answer", [&] { return lot_.first_answered(); });
    const Nanoseconds own = bare_.commit(record);
    const Nanoseconds in_turn = now() - start;
    run_until(lot_.io(), "raw arrivals", [&] { return lot_.finish().complete(); });
    return {fan_out + own + Nanoseconds{lot_.finish().notes().donor_commit_ns}, in_turn};
  }

private:
  Nanoseconds reach_all(const std::string& push, const std::string& to_first) {
    const Nanoseconds start = now();
    lot_.finish().arm(lot_.peers());
    lot_.raw().send(push, to_first);
    run_until(lot_.io(), "raw arrivals", [&] { return lot_.finish().complete(); });
    return lot_.finish().last_arrival() - start;
  }

  Lot& lot_;
  BareStore& bare_;
};

}  // namespace

void measure_entry_with_permit(const Options& options) {
  print_heading("Entry decision, holding a permit (3 peers connected)");
  Lot lot(options.folder, plenty, 3);
  Entry entry(lot);
  BareStore bare(lot.folder() / "bare");
  Samples measured;
  Samples baseline;
  for (std::size_t i = 0; i < options.warm_up + options.rounds; ++i) {
    const Nanoseconds waited = entry.arrive();
    entry.drive_on();
    const Nanoseconds committed = bare.commit(entry.admitted());
    bare.commit(entry.counted());  // so that both logs grow alike
    if (i < options.warm_up) continue;
    measured.add(waited);
    baseline.add(committed);
  }
  print({"approach sensor to barrier", measured, "bare SQLite FULL commit of the same record",
         baseline, 1.2});
}

void measure_entry_without_permit(const Options& options, std::size_t peers) {
  print_heading("Entry decision without a permit, " + std::to_string(peers) + " peers");
  // One space: whoever has the permit is asked for it each time.
  Lot lot(options.folder, 1, peers);
  Entry entry(lot);
  BareStore bare(lot.folder() / "bare");
  RawAsking raw(lot, bare);
  Samples measured;
  Samples parts;
  Samples in_turn;
  for (std::size_t i = 0; i < options.warm_up + options.rounds; ++i) {
    const bool had_a_permit = lot.gate().exchange().permits() > 0;
    const Nanoseconds waited = entry.arrive();
    entry.drive_on();
    lot.drive_out_at_donor();
    run_until(lot.io(), "the space to be free again",
              [&] { return lot.gate().exchange().ledger().totals().free == 1; });
    lot.settle();
    const RawAsking::Times least = raw.ask(entry.admitted());
    if (i < options.warm_up || had_a_permit) continue;
    measured.add(waited);
    parts.add(least.parts);
    in_turn.add(least.in_turn);
  }
  print({"approach sensor to barrier", measured, "two bare commits + raw fan-out to the last peer",
         parts, 1.5});
  print({"the same", measured, "raw asking, commit, answer, commit, in turn", in_turn, {}});
}

}  // namespace parking::bench
