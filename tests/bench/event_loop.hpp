#pragma once

#include <functional>

#include <boost/asio/io_context.hpp>

namespace parking::bench {

/// Handles events until `condition` holds. Throws std::runtime_error, naming what was awaited, when
/// that takes longer than anything here may.
void run_until(boost::asio::io_context& io, const char* awaited,
               const std::function<bool()>& condition);

}  // namespace parking::bench
