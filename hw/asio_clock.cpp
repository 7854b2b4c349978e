#include "hw/asio_clock.hpp"

#include <cstdint>
#include <utility>

#include <boost/asio/steady_timer.hpp>

namespace parking::hw {
namespace {

class AsioAlarm final : public Alarm {
public:
  explicit AsioAlarm(const boost::asio::any_io_executor& executor) : timer_(executor) {}
  AsioAlarm(const AsioAlarm&) = delete;
  AsioAlarm& operator=(const AsioAlarm&) = delete;
  ~AsioAlarm() override { ++*generation_; }

  void set(Timestamp at, std::function<void()> action) override {
    // A timer that has expired but whose handler still waits in the queue can no longer be
    // cancelled; the generation tells such a handler that it is out of date.
    const std::uint64_t mine = ++*generation_;
    timer_.expires_at(std::chrono::steady_clock::time_point(at));
    timer_.async_wait([generation = generation_, mine, action = std::move(action)](auto error) {
      if (!error && *generation == mine) action();
    });
  }

  void cancel() override {
    ++*generation_;
    timer_.cancel();
  }

private:
  boost::asio::steady_timer timer_;
  std::shared_ptr<std::uint64_t> generation_ = std::make_shared<std::uint64_t>(0);
};

}  // namespace

Timestamp monotonic_now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

AsioClock::AsioClock(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

std::unique_ptr<Alarm> AsioClock::make_alarm() {
  return std::make_unique<AsioAlarm>(executor_);
}

}  // namespace parking::hw
