#include "app/gate/program.hpp"

#include <csignal>
#include <iostream>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

#include "app/gate/gate.hpp"
#include "app/gate/setup_gate.hpp"
#include "systemd/notify.hpp"
#include "systemd/watchdog.hpp"

namespace parking::gate {
namespace {

// Messages that are queued at the end (the lease's end, for one) have this long to leave.
constexpr std::chrono::milliseconds farewell{200};

enum class Next { again, end };

/// One life of a gate, or of the wait for its setup.
class Life {
public:
  /// `replaced`: why the store of the life before was ended, when it was.
  Life(GateConfig config, std::string version, std::string replaced)
      : config_(std::move(config)),
        version_(std::move(version)),
        replaced_(std::move(replaced)),
        signals_(io_, SIGTERM, SIGINT) {}

  std::expected<Next, std::string> run() {
    signals_.async_wait([this](boost::system::error_code error, int) {
      if (!error) stop();
    });
    if (auto started = config_.id ? start_gate() : start_setup(); !started)
      return std::unexpected(started.error());
    io_.run();
    return next_;
  }

  [[nodiscard]] const std::string& replaced() const { return replaced_; }

private:
  std::expected<void, std::string> start_gate() {
    auto gate = Gate::start(io_.get_executor(), config_, version_, replaced_,
                            {.store_renewed =
                                 [this](const std::string& why) {
                                   replaced_ = why;
                                   again();
                                 },
                             .worked = systemd::watchdog_feeder()});
    if (!gate) return std::unexpected(gate.error());
    gate_ = std::move(*gate);
    if (config_.is_plain_on_a_network())
      spdlog::warn("peers talk unprotected over the network ([security] mode = \"plain\")");
    for (const std::string& sentence : unavailable(config_)) spdlog::warn("{}", sentence);
    const std::string status = "gate " + config_.id->text() + " on " + to_string(config_.listen);
    spdlog::info("{}", status);
    systemd::notify_ready(status);
    return {};
  }

  std::expected<void, std::string> start_setup() {
    auto setup = SetupGate::start(io_.get_executor(), config_, version_, [this] { again(); });
    if (!setup) return std::unexpected(setup.error());
    setup_ = std::move(*setup);
    spdlog::info("this gate has no name yet; waiting for its setup page");
    systemd::notify_ready("waiting to be set up");
    feed_in_setup();
    return {};
  }

  // In setup nothing else turns the loop.
  void feed_in_setup() {
    const auto interval = systemd::watchdog_interval();
    if (!interval) return;
    systemd::notify_watchdog();
    setup_timer_.expires_after(*interval / 4);
    setup_timer_.async_wait([this](boost::system::error_code error) {
      if (!error) feed_in_setup();
    });
  }

  void again() {
    next_ = Next::again;
    io_.stop();
  }

  void stop() {
    systemd::notify_stopping();
    spdlog::info("stopping");
    if (gate_) gate_->stop();
    setup_timer_.expires_after(farewell);
    setup_timer_.async_wait([this](boost::system::error_code) { io_.stop(); });
  }

  GateConfig config_;
  std::string version_;
  std::string replaced_;
  boost::asio::io_context io_{1};
  boost::asio::signal_set signals_;
  boost::asio::steady_timer setup_timer_{io_};
  Next next_ = Next::end;
  std::unique_ptr<Gate> gate_;
  std::unique_ptr<SetupGate> setup_;
};

}  // namespace

int run_gate(const std::filesystem::path& config_file, const std::string& version) {
  std::string replaced;
  for (;;) {
    auto config = load_gate_config(config_file);
    if (!config) {
      for (const std::string& line : config.error()) std::cerr << line << '\n';
      return 2;
    }
    Life life(std::move(*config), version, replaced);
    const auto next = life.run();
    replaced = life.replaced();
    if (!next) {
      std::cerr << "parking-gate: " << next.error() << '\n';
      return 1;
    }
    if (*next == Next::end) return 0;
  }
}

}  // namespace parking::gate
