#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "tests/bench/bare_store.hpp"
#include "tests/bench/gate.hpp"

namespace parking::bench {

/// What a busy process does until it is told something else.
inline constexpr char rest = 'r';
inline constexpr char let_cars_in = 'g';
inline constexpr char commit_bare = 'b';

/// What it tells, in memory that is shared.
struct BusyCount {
  std::atomic<bool> ready{false};
  std::atomic<std::int64_t> entries{0};  ///< barriers opened, or pairs of bare commits
};

/// A gate with a car at its entry at all times: the next one stands there in the moment in which
/// the one before it is gone. Or, by turns, the bare commits that so many cars would take.
class BusyGate {
public:
  /// `gates`: how many there are in the lot.
  BusyGate(const Gate::Settings& settings, std::size_t gates, BusyCount& count, int control);
  void run() { io_.run(); }

private:
  void obey();
  void drive(const core::BarrierOutput& output);
  void commit_again();
  void look();

  boost::asio::io_context io_{1};
  BusyCount& count_;
  std::size_t gates_;
  BareStore bare_;
  BareStore::Prepared admitted_;
  BareStore::Prepared counted_;
  char mode_ = rest;
  boost::asio::posix::stream_descriptor control_;
  Gate gate_;
};

}  // namespace parking::bench
