#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "hw/line_request.hpp"
#include "hw/lines.hpp"

namespace parking::hw {

/// Lines over a request of the kernel: waits for its file descriptors on the executor, puts events
/// of all lines into the order of their time stamps, and re-reads the levels after events were
/// lost, so that no input stays wrong.
class RequestedLines final : public Lines {
public:
  using Now = std::function<Timestamp()>;

  /// `inputs` and `outputs`: how many the request has. `now` must be the clock of the time stamps.
  RequestedLines(boost::asio::any_io_executor executor, std::unique_ptr<LineRequest> request,
                 std::size_t inputs, std::size_t outputs, Now now);
  ~RequestedLines() override;

  void start() override;
  void poll() override;
  [[nodiscard]] std::expected<bool, Error> read(InputId line) override;
  [[nodiscard]] std::expected<void, Error> write(OutputId line, bool active) override;

private:
  using Descriptor = boost::asio::posix::stream_descriptor;

  void wait(Descriptor& descriptor);
  /// False: the lines have failed.
  bool take_from_kernel();
  void deliver_until(Timestamp until);
  void resynchronise();
  void hand_on(InputId line, bool active, Timestamp at);
  void stop_waiting();
  void break_down(const Error& error);

  boost::asio::any_io_executor executor_;
  std::unique_ptr<LineRequest> request_;
  std::size_t outputs_;
  Now now_;
  std::vector<Descriptor> descriptors_;
  std::vector<RawEvent> pending_;
  /// Last level delivered or read, to tell what changed unseen.
  std::vector<std::optional<bool>> levels_;
  std::uint64_t sequence_ = 0;
  bool lost_ = false;
  bool polling_ = false;
  bool failed_ = false;
  /// Handlers that still wait in the executor's queue find out here that the object is gone.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace parking::hw
