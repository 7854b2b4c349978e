#include "tests/bench/lot.hpp"

#include <utility>

#include "tests/bench/event_loop.hpp"
#include "tests/bench/peer_process.hpp"
#include "tests/bench/port.hpp"
#include "tests/bench/processor.hpp"

namespace parking::bench {
namespace {

/// Before what follows it in the same initializer list is started.
const std::filesystem::path& for_others(const std::filesystem::path& path) {
  pin_to(others_processor);
  return path;
}

std::string peer_name(std::size_t number) {
  return "p" + std::to_string(number + 100);
}

}  // namespace

Lot::Lot(const std::filesystem::path& parent, core::Count capacity, std::size_t peers)
    : folder_(for_others(parent)),
      central_(folder_.path() / "central", capacity),
      capacity_(capacity) {
  peers_.reserve(peers);
  for (std::size_t i = 0; i < peers; ++i) {
    const PeerProcess::Settings settings{.gate = {.id = peer_name(i),
                                                  .port = quiet_port(),
                                                  .discovery = central_.address(),
                                                  .folder = folder_.path() / peer_name(i)},
                                         .raw_port = quiet_port(),
                                         .others = peers + 1};
    raw_ports_.push_back(settings.raw_port);
    peers_.emplace_back([&](int control) {
      PeerProcess(settings, finish_, control).run();
      return 0;
    });
  }
}

Lot::~Lot() {
  gate_.reset();
  for (Child& peer : peers_) peer.dismiss();
}

void Lot::open(Gate::Hooks hooks) {
  pin_to(measured_processor);
  finish_.wake_at_completion(io_);
  gate_ = std::make_unique<Gate>(io_,
                                 Gate::Settings{.id = "measured",
                                                .port = quiet_port(),
                                                .discovery = central_.address(),
                                                .folder = folder_.path() / "measured"},
                                 std::move(hooks));
  run_until(io_, "a whole lot", [&] {
    const core::Totals totals = gate_->exchange().ledger().totals();
    const core::Incarnation office{gate_->exchange().lot().value};
    return finish_.notes().whole_peers == peers() && gate_->connected() == peers_.size() + 1 &&
           totals.capacity == capacity_ && gate_->exchange().ledger().permits(office) == 0 &&
           gate_->exchange().may_spend();
  });
  raw_ = std::make_unique<RawSender>(io_, raw_ports_, [this](std::size_t line) {
    if (line == 0) first_answered_ = true;
  });
  settle();
}

void Lot::settle() {
  run_until(io_, "acknowledgements", [&] { return gate_->settled(); });
}

}  // namespace parking::bench
