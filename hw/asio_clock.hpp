#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "hw/clock.hpp"

namespace parking::hw {

/// The monotonic clock as it is now.
[[nodiscard]] Timestamp monotonic_now();

/// Alarms fire on `executor`, which must run in one thread.
class AsioClock final : public Clock {
public:
  explicit AsioClock(boost::asio::any_io_executor executor);
  [[nodiscard]] Timestamp now() const override { return monotonic_now(); }
  [[nodiscard]] std::unique_ptr<Alarm> make_alarm() override;

private:
  boost::asio::any_io_executor executor_;
};

}  // namespace parking::hw
