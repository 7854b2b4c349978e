#pragma once

#include <expected>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "hw/lines.hpp"

namespace parking::hw {

/// Requests lines of a GPIO chip of this machine. Outputs are inactive when this returns. Call
/// `start` on the result when its handlers are set.
[[nodiscard]] std::expected<std::unique_ptr<Lines>, Error> open_gpiod_lines(
    boost::asio::any_io_executor executor, const LinesSpec& spec);

}  // namespace parking::hw
