#include "tests/bench/gate.hpp"

#include <algorithm>
#include <ranges>
#include <stdexcept>

#include <boost/asio/post.hpp>

#include "app/peer/random.hpp"

namespace parking::bench {
namespace {

constexpr const char* loopback = "127.0.0.1";

/// As quick as lanes can be: a crossing is concluded when the passage sensor clears.
core::LaneSettings lane(const char* name, core::LaneDirection direction) {
  return {.name = name,
          .direction = direction,
          .pass_window = core::Duration{1000},
          .merge = core::Duration{0},
          .repeat = core::Duration{0}};
}

}  // namespace

Gate::Gate(boost::asio::io_context& io, Settings settings, Hooks hooks)
    : io_(io),
      settings_(std::move(settings)),
      hooks_(std::move(hooks)),
      random_(peer::strong_random()) {
  open_store();
  start_core();
  open_sockets();
  for (const Lane each : {entry_lane, exit_lane})
    for (const auto sensor : {core::LaneInput::approach, core::LaneInput::passage})
      sense(each, sensor, false);
}

Gate::~Gate() {
  discovery_.reset();
  server_.reset();
  node_->stop();
  store_->close();
}

void Gate::open_store() {
  auto store = store::Store::open(settings_.folder, random_,
                                  [this](const std::expected<core::RecordNumber, store::Error>& r) {
                                    boost::asio::post(io_, [this, r] { committed(r); });
                                  });
  if (!store) throw std::runtime_error(store.error().text);
  store_ = std::move(*store);
}

void Gate::start_core() {
  core::GateSettings settings;
  settings.self = {*core::GateId::parse(settings_.id), store_->opened().remembered.incarnation};
  settings.lanes = {lane("in", core::LaneDirection::entry), lane("out", core::LaneDirection::exit)};
  core_.emplace(std::move(settings), store_->opened().remembered, random_, core::Instant{});
  node_.emplace(io_.get_executor(),
                peer::Node::Machine{
                    .step = [this](const core::Input& input,
                                   core::Instant at) { return core_->step(input, at); },
                    .next_wake = [this](core::Instant at) { return core_->next_wake(at); },
                    .exchange = [this]() -> const core::Exchange& { return core_->exchange(); }},
                peer::Node::Hooks{.drive =
                                      [this](const std::vector<core::BarrierOutput>& outputs) {
                                        if (!hooks_.drove) return;
                                        for (const auto& output : outputs) hooks_.drove(output);
                                      },
                                  .persist =
                                      [this](core::Record record) {
                                        if (hooks_.recorded) hooks_.recorded(record);
                                        store_->append(std::move(record));
                                      },
                                  .snapshot_changed =
                                      [this] {
                                        if (hooks_.changed) hooks_.changed();
                                      },
                                  .identity_ended =
                                      [](const std::string& why) {
                                        throw std::runtime_error("a store has ended: " + why);
                                      },
                                  .worked = {}},
                random_);
}

void Gate::open_sockets() {
  auto server = peer::Server::listen(io_.get_executor(), loopback, settings_.port,
                                     [this](std::unique_ptr<peer::Stream> stream) {
                                       node_->attach(peer::Session::create(std::move(stream)));
                                     });
  if (!server) throw std::runtime_error(server.error());
  server_ = std::move(*server);
  discovery_ = std::make_unique<peer::DiscoveryClient>(
      io_.get_executor(), settings_.discovery, random_,
      peer::DiscoveryClient::Hooks{
          .announcement =
              [this] {
                return core::Register{
                    .owner = exchange().self(),
                    .address = std::string(loopback) + ":" + std::to_string(settings_.port),
                    .has_entry = exchange().has_entry(),
                    .lot = exchange().lot()};
              },
          .listed = [this](const core::PeerList& list) { node_->input(core::PeersListed{list}); },
          .refused =
              [this](const core::Refusal& refusal) {
                node_->input(core::RegistrationRefused{refusal});
              }});
  node_->dial_peers(true);
  node_->input(core::Tick{});
  discovery_->start();
}

void Gate::committed(const std::expected<core::RecordNumber, store::Error>& result) {
  if (!result) throw std::runtime_error(result.error().text);
  if (hooks_.durable) hooks_.durable();
  node_->input(core::Persisted{*result});
}

void Gate::sense(Lane lane, core::LaneInput sensor, bool covered) {
  node_->input(
      core::SensorChanged{lane, sensor, covered ? core::Presence::present : core::Presence::clear});
}

void Gate::pass_almost(Lane lane) {
  sense(lane, core::LaneInput::passage, true);
  sense(lane, core::LaneInput::approach, false);
}

void Gate::pass(Lane lane) {
  pass_almost(lane);
  sense(lane, core::LaneInput::passage, false);
}

void Gate::drive_out() {
  sense(exit_lane, core::LaneInput::approach, true);
  pass(exit_lane);
}

std::size_t Gate::connected() const {
  const auto& peers = exchange().peers().all();
  return static_cast<std::size_t>(std::ranges::count_if(
      peers | std::views::values, [](const core::Peer& peer) { return peer.link.has_value(); }));
}

bool Gate::settled() const {
  const core::Journal& journal = exchange().journal();
  if (journal.durable_number() != journal.last_number()) return false;
  const core::Version newest = journal.durable().version;
  return std::ranges::all_of(
      exchange().peers().all() | std::views::values,
      [&](const core::Peer& peer) { return !peer.link || peer.acked >= newest; });
}

}  // namespace parking::bench
