#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "app/gate/config.hpp"

namespace parking::gate {

/// A running gate: the core with its store, peers, board and local socket. Single-threaded on its
/// executor but for the store's own thread.
class Gate {
public:
  struct Hooks {
    /// This store's incarnation has ended, or there was no store and now there is one: destroy the
    /// gate and start another one, which finds it. `why`: what `start` is to be told as `replaced`.
    std::function<void(const std::string& why)> store_renewed;
    std::function<void()> worked;  ///< as peer::Node
  };

  /// `config` names a gate. On a disk that has failed or is full it runs without a store.
  /// `replaced`: why a former store of this gate was ended, when one was. Error: one line that says
  /// what to do.
  static std::expected<std::unique_ptr<Gate>, std::string> start(
      const boost::asio::any_io_executor& executor, const GateConfig& config,
      const std::string& version, const std::string& replaced, Hooks hooks);
  virtual ~Gate() = default;

  /// Ends the lease and closes everything that was sent; the store is closed by the destructor.
  virtual void stop() = 0;
};

}  // namespace parking::gate
