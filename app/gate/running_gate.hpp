#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "app/core/gate_core.hpp"
#include "app/gate/gate.hpp"
#include "app/gate/recount_wait.hpp"
#include "app/peer/discovery_client.hpp"
#include "app/peer/local_server.hpp"
#include "app/peer/node.hpp"
#include "app/peer/server.hpp"
#include "app/peer/side_thread.hpp"
#include "app/store/store.hpp"
#include "hw/asio_clock.hpp"
#include "hw/board.hpp"
#include "hw/simulated_board.hpp"

namespace parking::gate {

/// What Gate::start makes; a header of its own only because its parts fill three sources.
class RunningGate final : public Gate {
public:
  RunningGate(const boost::asio::any_io_executor& executor, GateConfig config, std::string version,
              Hooks hooks);
  ~RunningGate() override;

  std::expected<void, std::string> open(const std::string& replaced);
  void stop() override;

private:
  std::expected<void, std::string> open_store();
  std::expected<void, std::string> open_board();
  void start_core();
  std::expected<void, std::string> open_sockets();
  void follow_sensors();
  std::expected<void, std::string> join_lot();

  void committed(const std::expected<core::RecordNumber, store::Error>& result);
  void store_failed(const store::Error& error);
  void drive(const std::vector<core::BarrierOutput>& outputs);
  void drive_full_sign();
  void go_without_store(const store::Error& error);
  void look_for_store();
  void begin_with_store(const std::string& note);
  void renew_store(const std::string& why);
  void set_store_aside(const std::string& why);
  void begin_anew(const std::string& why, std::chrono::steady_clock::time_point latest);
  /// Calls `what` then, unless the gate is gone; one at a time.
  void after(std::chrono::milliseconds time, std::function<void()> what);

  using Reply = std::function<void(wire::LocalReply)>;
  void answer(const wire::LocalRequest& request, const Reply& reply);
  void answer_command(const core::Input& command, const Reply& reply);
  std::string set_sensor(const wire::SensorRequest& request);
  [[nodiscard]] core::Snapshot snapshot() const;

  boost::asio::any_io_executor executor_;
  GateConfig config_;
  std::string version_;
  Hooks hooks_;
  core::Random random_;
  /// Outlived by callbacks from the store's thread that are still on their way.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  hw::AsioClock clock_;
  std::unique_ptr<hw::Board> board_;
  hw::SimulatedBoard* simulated_ = nullptr;
  bool store_failed_ = false;
  bool without_store_ = false;
  bool renewing_ = false;
  std::string not_renewed_;  ///< why the store that has ended is still in its place
  boost::asio::steady_timer renewal_timer_;
  std::unique_ptr<store::Store> store_;
  std::optional<core::GateCore> core_;
  std::optional<peer::Node> node_;
  std::unique_ptr<peer::Server> server_;
  std::unique_ptr<peer::DiscoveryClient> discovery_;
  std::unique_ptr<peer::LocalServer> local_;
  RecountWait recount_wait_;
  peer::SideThread side_;  ///< reads the history
};

}  // namespace parking::gate
