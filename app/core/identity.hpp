#pragma once

#include <optional>
#include <string>

#include "app/core/journal.hpp"
#include "app/core/messages.hpp"
#include "app/core/peers.hpp"
#include "app/core/planted.hpp"

namespace parking::core {

/// Ledger rule 9: whether this store may go on as the incarnation it says it is. After a start
/// nothing is admitted or given until others have said which version of the own row they know;
/// a mark that this store never wrote ends the incarnation for good.
class Identity {
public:
  enum class Quorum : std::uint8_t {
    first_answers,  ///< a gate: one answer, and all that come within `answer_time`
    everybody,      ///< the office: every live gate, however long that takes
  };

  Identity(Quorum quorum, Instant start) : quorum_(quorum), start_(start) {}

  /// Somebody holds (or held) `mark` of our row.
  void heard(const RowMark& mark, const Journal& journal);
  /// A later incarnation of this gate was accepted by the registry.
  void superseded();
  /// The operator wants a new store.
  void end(const std::string& why);
  /// Somebody refuses us because a gate of this name, or with this very store, is there already.
  void doubted(Instant now) { doubted_until_ = now + doubt_for; }
  /// The operator vouches for the store.
  void trust() { confirmed_ = true; }

  /// Looks whether enough have answered; once they have, later arrivals change nothing.
  void consider(const Peers& peers, Instant now);
  /// Permits may be spent.
  [[nodiscard]] bool confirmed() const {
    return !ended_ && (confirmed_ || has_bug(Bug::start_question_skipped));
  }
  /// When that may change without a message.
  [[nodiscard]] Instant next_wake(Instant now) const;
  [[nodiscard]] const std::optional<std::string>& ended() const { return ended_; }

  static constexpr Duration answer_time{2000};
  /// A copied card may reach gates that its original does not reach now, and they know nothing of
  /// what the original spends. While anybody knows better and says so, which it does at each try
  /// (once a second and more often), the copy stays unconfirmed.
  static constexpr Duration doubt_for{5000};

private:
  Quorum quorum_;
  Instant start_;
  Instant doubted_until_ = Instant::min();
  bool confirmed_ = false;
  std::optional<std::string> ended_;
};

}  // namespace parking::core
