#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>

#include "app/core/gate_core.hpp"
#include "app/peer/discovery_client.hpp"
#include "app/peer/node.hpp"
#include "app/peer/server.hpp"
#include "app/store/store.hpp"

namespace parking::bench {

enum Lane : std::size_t { entry_lane, exit_lane };

/// A gate composed of the same parts as parking-gate's (core, node, store, peer server, discovery
/// client) without its board and local socket, so that inputs and outputs can be timed.
class Gate {
public:
  struct Settings {
    std::string id;
    std::uint16_t port = 0;
    std::string discovery;  ///< host:port
    std::filesystem::path folder;
  };
  struct Hooks {
    std::function<void(const core::BarrierOutput&)> drove;
    std::function<void(const core::Record&)> recorded;
    std::function<void()> durable;  ///< the store has said so, and nothing was made of it yet
    std::function<void()> changed;  ///< the snapshot is another one
  };

  Gate(boost::asio::io_context& io, Settings settings, Hooks hooks);
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  void sense(Lane lane, core::LaneInput sensor, bool covered);
  /// A car that was let in drives over the sensors; it is counted as the last of them clears.
  void pass(Lane lane);
  /// Up to the moment before that.
  void pass_almost(Lane lane);
  /// A car leaves.
  void drive_out();

  [[nodiscard]] const core::GateCore& core() const { return *core_; }
  [[nodiscard]] const core::Exchange& exchange() const { return core_->exchange(); }
  [[nodiscard]] core::Instant now() const { return node_->now(); }
  /// With how many others it is connected.
  [[nodiscard]] std::size_t connected() const;
  /// Everything is durable, and whoever is connected has acknowledged it.
  [[nodiscard]] bool settled() const;

private:
  void open_store();
  void start_core();
  void open_sockets();
  void committed(const std::expected<core::RecordNumber, store::Error>& result);

  boost::asio::io_context& io_;
  Settings settings_;
  Hooks hooks_;
  core::Random random_;
  std::unique_ptr<store::Store> store_;
  std::optional<core::GateCore> core_;
  std::optional<peer::Node> node_;
  std::unique_ptr<peer::Server> server_;
  std::unique_ptr<peer::DiscoveryClient> discovery_;
};

}  // namespace parking::bench
