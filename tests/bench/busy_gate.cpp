#include "tests/bench/busy_gate.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>

namespace parking::bench {

namespace asio = boost::asio;

BusyGate::BusyGate(const Gate::Settings& settings, std::size_t gates, BusyCount& count, int control)
    : count_(count),
      gates_(gates),
      bare_(settings.folder / "bare"),
      control_(io_, control),
      gate_(io_, settings,
            {.drove = [this](const core::BarrierOutput& output) { drive(output); },
             .recorded =
                 [this](const core::Record& record) {
                   if (!record.own || mode_ != let_cars_in) return;
                   (record.held.empty() ? counted_ : admitted_) = BareStore::prepare(record);
                 },
             .durable = {},
             .changed = [this] { look(); }}) {
  obey();
}

void BusyGate::look() {
  if (count_.ready) return;
  const core::Exchange& exchange = gate_.exchange();
  count_.ready = gate_.connected() == gates_ && exchange.may_spend() && exchange.permits() > 0;
}

void BusyGate::obey() {
  asio::async_read(control_, asio::buffer(&mode_, 1),
                   [this](boost::system::error_code error, std::size_t) {
                     if (error) {
                       io_.stop();
                       return;
                     }
                     if (mode_ == let_cars_in)
                       gate_.sense(entry_lane, core::LaneInput::approach, true);
                     if (mode_ == commit_bare) commit_again();
                     obey();
                   });
}

void BusyGate::drive(const core::BarrierOutput& output) {
  if (output.lane != entry_lane || output.command != core::BarrierCommand::open) return;
  ++count_.entries;
  asio::post(io_, [this] {
    gate_.pass(entry_lane);
    if (mode_ == let_cars_in) gate_.sense(entry_lane, core::LaneInput::approach, true);
  });
}

void BusyGate::commit_again() {
  if (mode_ != commit_bare) return;
  bare_.commit(admitted_);
  bare_.commit(counted_);
  ++count_.entries;
  asio::post(io_, [this] { commit_again(); });
}

}  // namespace parking::bench
