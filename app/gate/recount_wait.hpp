#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "app/core/messages.hpp"

namespace parking::gate {

/// Whoever gives a step of a recount at a gate waits here for what the central service says to it.
/// Single-threaded on its executor.
class RecountWait {
public:
  /// Why the central service refused it; empty: it did not, or has not answered in time.
  using Answered = std::function<void(const std::string& refused)>;

  explicit RecountWait(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

  void wait_for(std::uint64_t request, Answered answered);
  void heard(const core::RecountAnswer& answer);

  /// A second less than parkingctl waits for the gate.
  static constexpr std::chrono::milliseconds at_most{2000};

private:
  struct Waiting {
    std::uint64_t request = 0;
    Answered answered;
    boost::asio::steady_timer timer;
  };

  void finish(std::uint64_t request, const std::string& refused);

  boost::asio::any_io_executor executor_;
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
  std::list<Waiting> waiting_;
};

}  // namespace parking::gate
