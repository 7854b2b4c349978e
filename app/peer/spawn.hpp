#pragma once

#include <exception>
#include <functional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace parking::peer {

/// Starts a coroutine. `failed` is called when it ends by an exception, which none of ours means to
/// do: the exception stops here and becomes a sentence.
void spawn(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> coroutine,
           std::function<void(const std::string&)> failed);

}  // namespace parking::peer
