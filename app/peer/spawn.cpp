#include "app/peer/spawn.hpp"

#include <boost/asio/co_spawn.hpp>

namespace parking::peer {

void spawn(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> coroutine,
           std::function<void(const std::string&)> failed) {
  boost::asio::co_spawn(executor, std::move(coroutine),
                        [failed = std::move(failed)](const std::exception_ptr& problem) {
                          if (!problem) return;
                          try {
                            std::rethrow_exception(problem);
                          } catch (const std::exception& error) {
                            failed(error.what());
                          }
                        });
}

}  // namespace parking::peer
