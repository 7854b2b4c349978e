#include "app/gate/recount_wait.hpp"

#include <algorithm>
#include <utility>

namespace parking::gate {

void RecountWait::wait_for(std::uint64_t request, Answered answered) {
  Waiting& waiting = waiting_.emplace_back(
      Waiting{request, std::move(answered), boost::asio::steady_timer(executor_)});
  waiting.timer.expires_after(at_most);
  waiting.timer.async_wait(
      [this, request, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
        if (!error && !alive.expired()) finish(request, {});
      });
}

void RecountWait::heard(const core::RecountAnswer& answer) {
  finish(answer.id, answer.refused);
}

void RecountWait::finish(std::uint64_t request, const std::string& refused) {
  const auto found = std::ranges::find(waiting_, request, &Waiting::request);
  if (found == waiting_.end()) return;
  const Answered answered = std::move(found->answered);
  waiting_.erase(found);
  answered(refused);
}

}  // namespace parking::gate
