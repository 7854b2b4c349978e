#include "hw/requested_lines.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace parking::hw {
namespace {

/// Rounds of fetching in one `poll`. Two are enough unless edges pour in; the bound keeps a line
/// that never rests from holding the thread.
constexpr int max_rounds = 8;

}  // namespace

RequestedLines::RequestedLines(boost::asio::any_io_executor executor,
                               std::unique_ptr<LineRequest> request, std::size_t inputs,
                               std::size_t outputs, Now now)
    : executor_(std::move(executor)),
      request_(std::move(request)),
      outputs_(outputs),
      now_(std::move(now)),
      levels_(inputs) {}

RequestedLines::~RequestedLines() {
  *alive_ = false;
  stop_waiting();
  for (std::size_t i = 0; i < outputs_; ++i) std::ignore = request_->write(OutputId{i}, false);
}

void RequestedLines::start() {
  const auto fds = request_->event_fds();
  descriptors_.reserve(fds.size());
  for (const int fd : fds) wait(descriptors_.emplace_back(executor_, fd));
}

void RequestedLines::wait(Descriptor& descriptor) {
  descriptor.async_wait(Descriptor::wait_read, [this, &descriptor, alive = alive_](auto error) {
    if (!*alive || failed_) return;
    if (error)
      return break_down({ErrorKind::io, "waiting for GPIO events failed: " + error.message()});
    poll();
    if (!failed_) wait(descriptor);
  });
}

void RequestedLines::poll() {
  if (polling_ || failed_) return;
  polling_ = true;
  // Lines may have a queue each. An event older than the moment before fetching is in one of them
  // for sure, so everything up to that moment can be put in order; the rest waits for one more
  // round.
  for (int round = 0; round < max_rounds; ++round) {
    const Timestamp before = now_();
    if (!take_from_kernel()) break;
    deliver_until(round + 1 < max_rounds ? before : Timestamp::max());
    if (pending_.empty()) break;
  }
  if (std::exchange(lost_, false) && !failed_) resynchronise();
  polling_ = false;
}

bool RequestedLines::take_from_kernel() {
  const auto drained = request_->drain();
  if (!drained) {
    break_down(drained.error());
    return false;
  }
  lost_ = lost_ || drained->lost;
  pending_.insert(pending_.end(), drained->events.begin(), drained->events.end());
  std::ranges::stable_sort(pending_, {}, &RawEvent::at);
  return true;
}

void RequestedLines::deliver_until(Timestamp until) {
  const auto end = std::ranges::upper_bound(pending_, until, {}, &RawEvent::at);
  const std::vector<RawEvent> due(pending_.begin(), end);
  pending_.erase(pending_.begin(), end);
  for (const auto& event : due) hand_on(event.line, event.active, event.at);
}

void RequestedLines::resynchronise() {
  ++sequence_;
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const Timestamp at = now_();
    const auto level = request_->read(InputId{i});
    if (!level) return break_down(level.error());
    if (levels_[i] != *level) hand_on(InputId{i}, *level, at);
  }
}

void RequestedLines::hand_on(InputId line, bool active, Timestamp at) {
  levels_[static_cast<std::size_t>(line)] = active;
  deliver({line, active, at, ++sequence_});
}

std::expected<bool, Error> RequestedLines::read(InputId line) {
  const auto level = request_->read(line);
  if (level) levels_[static_cast<std::size_t>(line)] = *level;
  return level;
}

std::expected<void, Error> RequestedLines::write(OutputId line, bool active) {
  return request_->write(line, active);
}

void RequestedLines::stop_waiting() {
  // The descriptors belong to the request: given back, not closed.
  for (auto& descriptor : descriptors_) {
    if (descriptor.is_open()) descriptor.release();
  }
}

void RequestedLines::break_down(const Error& error) {
  failed_ = true;
  stop_waiting();
  fail(error);
}

}  // namespace parking::hw
