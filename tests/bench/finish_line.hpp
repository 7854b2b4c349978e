#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "app/core/types.hpp"
#include "tests/bench/clock.hpp"

namespace parking::bench {

/// Where the processes of a lot report that something reached them. In memory that all share; made
/// before they are.
class FinishLine {
public:
  FinishLine();
  ~FinishLine();
  FinishLine(const FinishLine&) = delete;
  FinishLine& operator=(const FinishLine&) = delete;

  /// In the measuring process: `runners` arrivals are awaited from now on; for runners that watch
  /// the lot, these are the first that see `inside` cars.
  void arm(int runners, core::Count inside = 0);
  [[nodiscard]] bool complete() const;
  [[nodiscard]] Nanoseconds last_arrival() const;
  /// Wakes the loop when the last runner has arrived.
  void wake_at_completion(boost::asio::io_context& io);

  /// In a runner.
  void arrive();
  [[nodiscard]] core::Count awaited_inside() const;

  /// What else is told across processes.
  struct Notes {
    std::atomic<int> whole_peers{0};               ///< gates that are connected with all others
    std::atomic<std::int64_t> donor_commit_ns{0};  ///< how long the bare donor's commit took
  };
  Notes& notes();

private:
  struct Shared;
  void keep_waking();

  Shared* shared_;
  int event_;
  std::unique_ptr<boost::asio::posix::stream_descriptor> waker_;
};

}  // namespace parking::bench
