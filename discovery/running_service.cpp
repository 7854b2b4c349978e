#include "discovery/running_service.hpp"

#include <algorithm>
#include <ranges>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "app/peer/random.hpp"

namespace parking::discovery {

std::expected<std::unique_ptr<Service>, std::string> Service::start(
    const boost::asio::any_io_executor& executor, const DiscoveryConfig& config,
    const std::string& version, Hooks hooks) {
  auto service = std::make_unique<RunningService>(executor, config, version, std::move(hooks));
  if (auto opened = service->open(); !opened) return std::unexpected(opened.error());
  return service;
}

RunningService::RunningService(const boost::asio::any_io_executor& executor, DiscoveryConfig config,
                               std::string version, Hooks hooks,
                               std::chrono::milliseconds silent_for)
    : executor_(executor),
      config_(std::move(config)),
      version_(std::move(version)),
      hooks_(std::move(hooks)),
      silent_for_(silent_for),
      random_(peer::strong_random()),
      side_(executor) {}

RunningService::~RunningService() {
  *alive_ = false;
  side_.stop();
  local_.reset();
  server_.reset();
  const auto sessions = std::exchange(sessions_, {});
  for (const auto& [session, owner] : sessions) session->close("stopping");
  if (node_) node_->stop();
  if (store_) store_->close();
}

std::expected<void, std::string> RunningService::open() {
  if (auto opened = open_store(); !opened) return opened;
  start_rules();
  if (const auto& failed = store_->opened().failed) store_failed(*failed);
  return open_sockets();
}

std::expected<void, std::string> RunningService::open_store() {
  auto store = store::Store::open(
      config_.state_dir, random_,
      [executor = executor_, alive = alive_,
       this](const std::expected<core::RecordNumber, store::Error>& result) {
        boost::asio::post(executor, [alive, this, result] {
          if (*alive) committed(result);
        });
      },
      store::disk_marker(config_.socket, config_.state_dir));
  if (!store) return std::unexpected(store.error().text);
  store_ = std::move(*store);
  const store::Opened& opened = store_->opened();
  if (!opened.note.empty()) spdlog::warn("{}", opened.note);
  spdlog::info("store {}: office {}{}", (config_.state_dir / "ledger.db").string(),
               to_string(opened.remembered.incarnation), opened.fresh ? ", new" : "");
  return {};
}

void RunningService::start_rules() {
  const core::Remembered& remembered = store_->opened().remembered;
  office_.emplace(Office::Settings{.self = {core::GateId::office(), remembered.incarnation},
                                   .capacity = config_.capacity,
                                   .lot_name = config_.lot_name},
                  remembered, random_, core::Instant{});
  registry_.emplace(config_.lease, remembered.peers, core::Instant{});
  node_.emplace(executor_,
                peer::Node::Machine{
                    .step = [this](const core::Input& input,
                                   core::Instant now) { return office_->step(input, now); },
                    .next_wake =
                        [this](core::Instant now) {
                          return std::min(office_->next_wake(now), registry_->next_wake());
                        },
                    .exchange = [this]() -> const core::Exchange& { return office_->exchange(); }},
                peer::Node::Hooks{.persist =
                                      [this](core::Record record) {
                                        last_record_ = record.number;
                                        store_->append(std::move(record));
                                      },
                                  .snapshot_changed =
                                      [this] {
                                        if (local_) local_->changed();
                                      },
                                  .identity_ended =
                                      [this](const std::string& why) {
                                        if (std::exchange(ended_, true)) return;
                                        // Not in the middle of a step.
                                        boost::asio::post(executor_, [this, alive = alive_, why] {
                                          if (*alive) part_from_gates(why);
                                        });
                                      },
                                  .worked =
                                      [this] {
                                        publish();
                                        if (hooks_.worked) hooks_.worked();
                                      }},
                random_);
}

std::expected<void, std::string> RunningService::open_sockets() {
  auto local = peer::LocalServer::listen(
      executor_, config_.socket,
      {.answer = [this](const auto& request, const auto& reply) { answer(request, reply); },
       .snapshot = [this] { return snapshot(); }});
  if (!local) return std::unexpected(local.error());
  local_ = std::move(*local);
  // A row that was read from a disk which has failed may vanish with the next restart of the
  // machine: no gate may see it.
  if (store_->opened().failed) return {};
  auto server = peer::Server::listen(
      executor_, config_.listen.host, config_.listen.port,
      [this](std::unique_ptr<peer::Stream> stream) { accepted(std::move(stream)); });
  if (!server) return std::unexpected(server.error());
  server_ = std::move(*server);
  follow_retirements();
  published_ = list();
  node_->input(core::PeersListed{published_});
  return {};
}

void RunningService::committed(const std::expected<core::RecordNumber, store::Error>& result) {
  if (!result) {
    store_failed(result.error());
    return;
  }
  if (std::exchange(store_failed_, false)) node_->input(core::StoreRecovered{});
  durable_ = *result;
  node_->input(core::Persisted{*result});
  if (!tell_after_ || durable_ < *tell_after_) return;
  tell_after_.reset();
  tell_gates();
}

// Ledger rule 12.
void RunningService::store_failed(const store::Error& error) {
  std::string text = error.text;
  if (error.kind == store::Error::Kind::io)
    text += ", or give the lot a new office: stop this service, move " +
            (config_.state_dir / "ledger.db").string() +
            " and what is named like it away, start it, then parkingctl office takeover";
  spdlog::critical("{}", text);
  store_failed_ = true;
  node_->input(core::StoreFailed{text});
}

void RunningService::part_from_gates(const std::string& why) {
  spdlog::critical(
      "the office's store may not be used any more: {}; the gates go on without it. If the newest "
      "store still exists, put it back; otherwise stop this service, move {} and what is named "
      "like it away, start it, then parkingctl office takeover",
      why, (config_.state_dir / "ledger.db").string());
  server_.reset();
  const auto sessions = std::exchange(sessions_, {});
  for (const auto& [session, owner] : sessions) session->close("the office's store has ended");
  node_->part_from_peers("the office's store has ended");
}

core::PeerList RunningService::list() const {
  core::PeerList list = registry_->list();
  // Ledger rule 8: a lot is named only once its creation is durable.
  if (office_->exchange().lot_ready()) list.lot = office_->lot();
  list.lot_name = config_.lot_name;
  list.peers.push_back({.owner = office_->exchange().self(),
                        .address = to_string(config_.reachable_at()),
                        .has_entry = false});
  return list;
}

// Rows are retired and never taken back, so a count tells whether there are new ones.
void RunningService::follow_retirements() {
  const auto& part = office_->exchange().journal().durable().office;
  if (!part || part->retired.size() == retirements_followed_) return;
  for (const core::Incarnation row : part->retired | std::views::keys) registry_->retire(row);
  retirements_followed_ = part->retired.size();
}

// Called after every step. What gates are told has been durable before (a superseded incarnation,
// above all, must never come back by a crash).
void RunningService::publish() {
  registry_->tick(node_->now());
  follow_retirements();
  const core::PeerList now = list();
  if (now == published_) return;
  published_ = now;
  node_->input(core::PeersListed{published_});
  tell_after_ = last_record_;
  if (durable_ < last_record_) return;
  tell_after_.reset();
  tell_gates();
}

void RunningService::stop() {
  if (node_) node_->stop();
}

}  // namespace parking::discovery
