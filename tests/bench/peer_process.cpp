#include "tests/bench/peer_process.hpp"

#include <utility>

#include <boost/asio/read.hpp>

#include "app/core/snapshot.hpp"

namespace parking::bench {

namespace asio = boost::asio;

PeerProcess::PeerProcess(const Settings& settings, FinishLine& finish, int control)
    : finish_(finish),
      others_(settings.others),
      folder_(settings.gate.folder),
      control_(io_, control),
      raw_(io_, settings.raw_port,
           [this](const std::string& message) { return received_raw(message); }),
      gate_(io_, settings.gate,
            {.drove = {},
             .recorded =
                 [this](const core::Record& record) {
                   if (record.own && !record.own->given.empty())
                     record_ = BareStore::prepare(record);
                 },
             .durable = {},
             .changed = [this] { look(); }}) {
  obey();
}

// As parking-gate does for its screen, only at once and not at most every 40 ms.
void PeerProcess::look() {
  if (!told_whole_ && gate_.connected() == others_) {
    told_whole_ = true;
    ++finish_.notes().whole_peers;
  }
  const core::Count inside = gate_.exchange().ledger().totals().inside;
  if (std::exchange(inside_, inside) == inside) return;
  const core::Snapshot snapshot = gate_.core().snapshot(gate_.now());
  const core::Count awaited = finish_.awaited_inside();
  if (awaited == reported_ || snapshot.lot.inside != awaited) return;
  reported_ = awaited;
  finish_.arrive();
}

void PeerProcess::received_raw(const std::string& message) {
  const char kind = message.front();
  if (kind == raw_acknowledge) raw_.answer(message);
  finish_.arrive();
  if (kind != raw_ask) return;
  if (!bare_) bare_ = std::make_unique<BareStore>(folder_ / "bare");
  finish_.notes().donor_commit_ns = bare_->commit(record_).count();
  raw_.answer(message);
}

void PeerProcess::obey() {
  asio::async_read(control_, asio::buffer(&command_, 1),
                   [this](boost::system::error_code error, std::size_t) {
                     if (error) {
                       io_.stop();
                       return;
                     }
                     gate_.drive_out();
                     obey();
                   });
}

}  // namespace parking::bench
