#include "app/gate/running_gate.hpp"

#include <random>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "app/gate/board.hpp"
#include "app/peer/random.hpp"

namespace parking::gate {
namespace {

constexpr std::chrono::milliseconds set_aside_again{1000};
/// Answers on the local socket have this long to leave before a new life begins.
constexpr std::chrono::milliseconds farewell{200};

}  // namespace

std::expected<std::unique_ptr<Gate>, std::string> Gate::start(
    const boost::asio::any_io_executor& executor, const GateConfig& config,
    const std::string& version, const std::string& replaced, Hooks hooks) {
  auto gate = std::make_unique<RunningGate>(executor, config, version, std::move(hooks));
  if (auto opened = gate->open(replaced); !opened) return std::unexpected(opened.error());
  return gate;
}

RunningGate::RunningGate(const boost::asio::any_io_executor& executor, GateConfig config,
                         std::string version, Hooks hooks)
    : executor_(executor),
      config_(std::move(config)),
      version_(std::move(version)),
      hooks_(std::move(hooks)),
      random_(peer::strong_random()),
      clock_(executor),
      renewal_timer_(executor),
      recount_wait_(executor),
      side_(executor) {}

RunningGate::~RunningGate() {
  *alive_ = false;
  side_.stop();
  local_.reset();
  discovery_.reset();
  server_.reset();
  if (node_) node_->stop();
  if (store_) store_->close();
}

std::expected<void, std::string> RunningGate::open(const std::string& replaced) {
  if (auto opened = open_store(); !opened) return opened;
  if (auto opened = open_board(); !opened) return opened;
  start_core();
  if (const auto& failed = store_->opened().failed) store_failed(*failed);
  if (auto opened = open_sockets(); !opened) return opened;
  const std::string& why = replaced.empty() ? store_->opened().note : replaced;
  if (!why.empty()) node_->input(core::StoreReplaced{why});
  return {};
}

std::expected<void, std::string> RunningGate::open_store() {
  auto store = store::Store::open(
      config_.state_dir, random_,
      [executor = executor_, alive = alive_,
       this](const std::expected<core::RecordNumber, store::Error>& result) {
        boost::asio::post(executor, [alive, this, result] {
          if (*alive) committed(result);
        });
      },
      store::disk_marker(config_.socket, config_.state_dir));
  if (!store) {
    if (store.error().kind == store::Error::Kind::unusable)
      return std::unexpected(store.error().text);
    go_without_store(store.error());
    return {};
  }
  store_ = std::move(*store);
  const store::Opened& opened = store_->opened();
  if (!opened.note.empty()) spdlog::warn("{}", opened.note);
  spdlog::info("store {}: incarnation {}{}", (config_.state_dir / "ledger.db").string(),
               to_string(opened.remembered.incarnation),
               opened.fresh ? ", new, without permits" : "");
  return {};
}

std::expected<void, std::string> RunningGate::open_board() {
  const hw::BoardSpec spec = board_spec(config_);
  if (config_.board.kind == BoardKind::simulated) {
    auto simulated = std::make_unique<hw::SimulatedBoard>(clock_, spec);
    simulated_ = simulated.get();
    board_ = std::move(simulated);
    return {};
  }
  auto board = hw::open_gpiod_board(executor_, spec);
  if (!board) return std::unexpected(board.error().message);
  board_ = std::move(*board);
  board_->on_failure([](const hw::Error& error) {
    spdlog::critical("the board has failed: {}; entries stay shut, exits stay open", error.message);
  });
  return {};
}

void RunningGate::start_core() {
  core::GateSettings settings;
  settings.self = {*config_.id, store_->opened().remembered.incarnation};
  for (const LaneConfig& lane : config_.lanes) {
    const bool pulses = lane.barrier.kind == BarrierKind::pulse;
    settings.lanes.push_back({.name = lane.name,
                              .direction = lane.direction,
                              .pass_window = lane.pass_window,
                              .merge = lane.merge,
                              .repeat = pulses ? lane.barrier.repeat : std::chrono::seconds{0}});
  }
  core_.emplace(std::move(settings), store_->opened().remembered, random_, core::Instant{});
  node_.emplace(executor_,
                peer::Node::Machine{
                    .step = [this](const core::Input& input,
                                   core::Instant now) { return core_->step(input, now); },
                    .next_wake = [this](core::Instant now) { return core_->next_wake(now); },
                    .exchange = [this]() -> const core::Exchange& { return core_->exchange(); }},
                peer::Node::Hooks{
                    .drive = [this](const auto& outputs) { drive(outputs); },
                    .persist = [this](core::Record record) { store_->append(std::move(record)); },
                    .snapshot_changed =
                        [this] {
                          drive_full_sign();
                          if (const auto& said = core_->recount_answer())
                            recount_wait_.heard(*said);
                          if (local_) local_->changed();
                        },
                    .identity_ended = [this](const std::string& why) { renew_store(why); },
                    .worked = hooks_.worked,
                    .due = [this] { board_->poll(); }},
                random_);
}

std::expected<void, std::string> RunningGate::open_sockets() {
  auto local = peer::LocalServer::listen(
      executor_, config_.socket,
      {.answer = [this](const auto& request, const auto& reply) { answer(request, reply); },
       .snapshot = [this] { return snapshot(); }});
  if (!local) return std::unexpected(local.error());
  local_ = std::move(*local);

  // A row that was read from a disk which has failed may vanish with the next restart of the
  // machine: nobody may see it, and without a store there is none.
  if (!store_->opened().failed)
    if (auto joined = join_lot(); !joined) return joined;
  follow_sensors();
  node_->input(core::Tick{});
  board_->start();
  if (discovery_) discovery_->start();
  return {};
}

void RunningGate::follow_sensors() {
  for (std::size_t i = 0; i < config_.lanes.size(); ++i) {
    const LaneConfig& lane = config_.lanes[i];
    const auto follow = [&](const std::string& name, core::LaneInput which) {
      board_->sensor(name).on_change([this, i, which](const hw::PresenceChange& change) {
        node_->input(core::SensorChanged{i, which, to_core(change.presence)},
                     std::chrono::steady_clock::time_point(change.at));
      });
    };
    follow(approach_of(lane), core::LaneInput::approach);
    follow(passage_of(lane), core::LaneInput::passage);
  }
}

std::expected<void, std::string> RunningGate::join_lot() {
  auto server = peer::Server::listen(executor_, config_.listen.host, config_.listen.port,
                                     [this](std::unique_ptr<peer::Stream> stream) {
                                       node_->attach(peer::Session::create(std::move(stream)));
                                     });
  if (!server) return std::unexpected(server.error());
  server_ = std::move(*server);

  discovery_ = std::make_unique<peer::DiscoveryClient>(
      executor_, to_string(config_.discovery), random_,
      peer::DiscoveryClient::Hooks{
          .announcement =
              [this] {
                return core::Register{.owner = core_->exchange().self(),
                                      .address = to_string(config_.reachable_at()),
                                      .has_entry = core_->exchange().has_entry(),
                                      .lot = core_->exchange().lot()};
              },
          .listed = [this](const core::PeerList& list) { node_->input(core::PeersListed{list}); },
          .refused =
              [this](const core::Refusal& refusal) {
                node_->input(core::RegistrationRefused{refusal});
              }});
  node_->dial_peers(true);
  return {};
}

void RunningGate::committed(const std::expected<core::RecordNumber, store::Error>& result) {
  if (renewing_) return;
  if (!result) {
    store_failed(result.error());
    return;
  }
  if (std::exchange(store_failed_, false)) node_->input(core::StoreRecovered{});
  node_->input(core::Persisted{*result});
}

// Ledger rule 12.
void RunningGate::store_failed(const store::Error& error) {
  std::string text = error.text;
  if (!without_store_ && error.kind == store::Error::Kind::io)
    text += ", or begin a new store without permits: parkingctl store renew";
  if (store_->opened().failed)
    text += "; until there is a store this gate is alone, lets nobody in and counts nobody";
  spdlog::critical("{}", text);
  store_failed_ = true;
  node_->input(core::StoreFailed{text});
}

void RunningGate::drive(const std::vector<core::BarrierOutput>& outputs) {
  for (const core::BarrierOutput& output : outputs) {
    const LaneConfig& lane = config_.lanes.at(output.lane);
    hw::Output& barrier = board_->output(barrier_of(lane));
    const bool open = output.command == core::BarrierCommand::open;
    // A pulse barrier closes by its own loop; there is nothing to drive.
    if (!open && lane.barrier.kind == BarrierKind::pulse) continue;
    const auto driven = open ? barrier.open() : barrier.close();
    if (!driven) spdlog::error("lane {}: {}", lane.name, driven.error().message);
    if (open) spdlog::info("lane {}: barrier opens", lane.name);
  }
}

void RunningGate::drive_full_sign() {
  hw::Output* sign = board_->find_output("full_sign");
  if (sign == nullptr) return;
  const core::LotView lot = core::view_of(core_->exchange(), node_->now()).lot;
  const bool full = lot.free == 0;
  if (full == (sign->state() == hw::OutputState::active)) return;
  const auto driven = full ? sign->open() : sign->close();
  if (!driven) spdlog::error("full sign: {}", driven.error().message);
}

void RunningGate::renew_store(const std::string& why) {
  if (std::exchange(renewing_, true)) return;
  spdlog::critical("this store may not be used any more: {}; starting a new one without permits",
                   why);
  set_store_aside(why);
}

// A store that stays where it is would be opened again and its permits spent twice. Until it is out
// of the way this gate lets cars out and nobody in.
void RunningGate::set_store_aside(const std::string& why) {
  const auto aside = store_->set_aside();
  if (!aside) {
    if (std::exchange(not_renewed_, aside.error().text) != aside.error().text)
      spdlog::critical("the old store cannot be set aside: {}", not_renewed_);
    after(set_aside_again, [this, why] { set_store_aside(why); });
    return;
  }
  spdlog::warn("the old store is kept as {}", aside->string());
  node_->stop();
  begin_anew(why, std::chrono::steady_clock::now() + farewell);
}

// Later: this runs inside a step of the core that is about to be destroyed, and whoever asked for
// it is to hear the answer.
void RunningGate::begin_anew(const std::string& why, std::chrono::steady_clock::time_point latest) {
  after(std::chrono::milliseconds(1), [this, why, latest] {
    if (!local_ || local_->has_sent_all() || std::chrono::steady_clock::now() >= latest)
      hooks_.store_renewed(why);
    else
      begin_anew(why, latest);
  });
}

void RunningGate::after(std::chrono::milliseconds time, std::function<void()> what) {
  renewal_timer_.expires_after(time);
  renewal_timer_.async_wait(
      [alive = alive_, what = std::move(what)](boost::system::error_code error) {
        if (!error && *alive) what();
      });
}

void RunningGate::stop() {
  if (discovery_) discovery_->withdraw();
  if (node_) node_->stop();
}

}  // namespace parking::gate
