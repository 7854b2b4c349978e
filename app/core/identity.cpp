#include "app/core/identity.hpp"

#include <algorithm>
#include <ranges>

#include "app/core/planted.hpp"

namespace parking::core {

void Identity::heard(const RowMark& mark, const Journal& journal) {
  if (ended_ || mark.version == 0) return;
  const Row& own = journal.own();
  if (mark.incarnation != own.owner.incarnation) return;
  if (has_bug(Bug::own_row_from_peer)) return;
  if (has_bug(Bug::resume_after_rollback) && mark.version > own.version) return;
  if (has_bug(Bug::clone_not_noticed) && mark.version <= own.version) return;
  if (mark.version > own.version)
    ended_ =
        "the store is older than a copy that another gate has; it was restored from a backup or "
        "lost its last writes";
  else if (!journal.is_own_past(mark))
    ended_ = "another machine has written under this store's name; its card is a copy of this one";
}

void Identity::superseded() {
  if (!ended_) ended_ = "a newer store of this gate has taken over";
}

void Identity::end(const std::string& why) {
  if (!ended_) ended_ = why;
}

void Identity::consider(const Peers& peers, Instant now) {
  if (confirmed_ || now < doubted_until_) return;
  bool one_answered = false;
  bool all_answered = true;
  for (const Peer& peer : peers.all() | std::views::values) {
    one_answered = one_answered || peer.answered_start;
    all_answered = all_answered && (peer.answered_start || !peer.listed);
  }
  confirmed_ = quorum_ == Quorum::everybody
                   ? all_answered
                   : one_answered && (all_answered || now >= start_ + answer_time);
}

Instant Identity::next_wake(Instant now) const {
  const Instant end = std::max(start_ + answer_time, confirmed_ ? start_ : doubted_until_);
  return now < end ? end : Instant::max();
}

}  // namespace parking::core
