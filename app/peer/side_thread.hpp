#pragma once

#include <memory>
#include <stop_token>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

namespace parking::peer {

/// Does what waits for a disk on a thread of its own; the loop that opens barriers must not wait.
class SideThread {
public:
  explicit SideThread(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}
  ~SideThread() { stop(); }
  SideThread(const SideThread&) = delete;
  SideThread& operator=(const SideThread&) = delete;

  /// Calls `work` with a std::stop_token on the side thread, then `done` with its result on the
  /// executor. Works are done one after the other.
  template <typename Work, typename Done>
  void run(Work work, Done done) {
    boost::asio::post(thread_, [executor = executor_, alive = alive_, stop = stop_.get_token(),
                                work = std::move(work), done = std::move(done)]() mutable {
      boost::asio::post(executor, [alive, result = work(stop), done = std::move(done)]() mutable {
        if (*alive) done(std::move(result));
      });
    });
  }

  /// Waits for work that was begun or waits, which is asked to hurry; nothing of it is reported.
  void stop() {
    *alive_ = false;
    stop_.request_stop();
    thread_.join();
  }

private:
  boost::asio::any_io_executor executor_;
  /// Only the executor's thread uses it.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  std::stop_source stop_;
  boost::asio::thread_pool thread_{1};
};

}  // namespace parking::peer
