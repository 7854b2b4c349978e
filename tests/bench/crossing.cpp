#include "tests/bench/crossing.hpp"

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

constexpr core::Count plenty = 100'000;

/// Crossings at the measured gate.
class Crossing {
public:
  explicit Crossing(Lot& lot) : lot_(lot) {
    lot_.open({.drove = [this](const core::BarrierOutput&) { opened_ = true; },
               .recorded =
                   [this](const core::Record& record) {
                     if (record.own && record.held.empty()) counted_ = BareStore::prepare(record);
                   },
               .durable =
                   [this] {
                     if (times_commit_) durable_at_ = now();
                     times_commit_ = false;
                   },
               .changed = {}});
  }

  /// Until the last peer's snapshot has the new number.
  Nanoseconds cross() {
    opened_ = false;
    lot_.gate().sense(entry_lane, core::LaneInput::approach, true);
    run_until(lot_.io(), "the barrier", [this] { return opened_; });
    lot_.gate().pass_almost(entry_lane);
    lot_.settle();
    lot_.finish().arm(lot_.peers(), lot_.gate().exchange().ledger().totals().inside + 1);
    times_commit_ = true;
    const Nanoseconds start = now();
    lot_.gate().sense(entry_lane, core::LaneInput::passage, false);
    run_until(lot_.io(), "the peers' snapshots", [this] { return lot_.finish().complete(); });
    durable_after_ = durable_at_ - start;
    const Nanoseconds took = lot_.finish().last_arrival() - start;
    lot_.settle();
    return took;
  }
  /// Until the record of the last crossing was durable.
  [[nodiscard]] Nanoseconds durable_after() const { return durable_after_; }

  /// `kind`: what the receivers do.
  Nanoseconds raw(char kind) {
    const std::string bytes = message(kind);
    lot_.finish().arm(lot_.peers());
    const Nanoseconds start = now();
    lot_.raw().send(bytes);
    run_until(lot_.io(), "raw arrivals", [this] { return lot_.finish().complete(); });
    return lot_.finish().last_arrival() - start;
  }

  [[nodiscard]] const BareStore::Prepared& counted() const { return counted_; }

private:
  [[nodiscard]] std::string message(char kind) const {
    const core::Inquiry inquiry{.id = 1, .row = {lot_.gate().exchange().journal().durable(), {}}};
    std::string bytes = *wire::frame(wire::encode(core::Message{inquiry}));
    bytes.front() = kind;
    return bytes;
  }

  Lot& lot_;
  bool opened_ = false;
  bool times_commit_ = false;
  Nanoseconds durable_at_{};
  Nanoseconds durable_after_{};
  BareStore::Prepared counted_;
};

}  // namespace

void measure_crossing(const Options& options, std::size_t peers) {
  print_heading("Crossing to the last peer's snapshot, " + std::to_string(peers) + " peers");
  Lot lot(options.folder, plenty, peers);
  Crossing crossing(lot);
  BareStore bare(lot.folder() / "bare");
  Samples measured;
  Samples after_durable;
  Samples fan_out;
  Samples acknowledged;
  Samples commit_and_fan_out;
  for (std::size_t i = 0; i < options.warm_up + options.rounds; ++i) {
    const Nanoseconds took = crossing.cross();
    const Nanoseconds raw = crossing.raw(raw_push);
    const Nanoseconds raw_acknowledged = crossing.raw(raw_acknowledge);
    const Nanoseconds committed = bare.commit(crossing.counted());
    if (i < options.warm_up) continue;
    measured.add(took);
    after_durable.add(took - crossing.durable_after());
    fan_out.add(raw);
    acknowledged.add(raw_acknowledged);
    commit_and_fan_out.add(raw + committed);
  }
  print({"sensor clears to last snapshot", measured, "raw fan-out", fan_out, 1.5});
  print({"the same", measured, "bare commit + raw fan-out", commit_and_fan_out, 1.5});
  print({"of it, once the record is durable", after_durable, "raw fan-out", fan_out, {}});
  print({"the same", after_durable, "raw fan-out, each receiver answers first", acknowledged, {}});
}

}  // namespace parking::bench
