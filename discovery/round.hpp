#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/core/exchange.hpp"

namespace parking::discovery {

/// One order to every live gate, and who has answered it.
class Round {
public:
  Round() = default;
  /// `order.id` is the round's.
  Round(core::Order order, core::Instant now) : order_(std::move(order)), began_(now) {}

  [[nodiscard]] const core::Order& order() const { return order_; }
  [[nodiscard]] core::Instant began() const { return began_; }
  /// Whether the order asks for the same, whatever its id.
  [[nodiscard]] bool asks_for(const core::Order& order) const;

  /// Of another round: ignored.
  void answered(const core::OrderDone& done, const core::Exchange& exchange);
  [[nodiscard]] const std::map<core::Incarnation, core::OrderDone>& answers() const {
    return answers_;
  }
  /// What gates had when they answered, and lost before it came here.
  [[nodiscard]] const std::vector<core::RowMark>& lost() const { return lost_; }
  /// Sends the order to everybody of `live` who is connected and has not answered, and with a hold
  /// to the others too, as its renewal. `heard`: what is known of the hold by now.
  void send(const core::Exchange& exchange, const std::set<core::Incarnation>& live,
            std::uint64_t heard, core::Instant now, core::Effects& effects);
  /// Those of `live` who have not answered.
  [[nodiscard]] std::set<core::Incarnation> missing(const std::set<core::Incarnation>& live) const;
  /// Somebody holds a higher copy than the office, of a row that nobody will write again.
  [[nodiscard]] bool lacks_copies(const core::Exchange& exchange,
                                  const std::set<core::Incarnation>& live) const;
  [[nodiscard]] core::Instant next_wake() const { return next_send_; }

  static constexpr core::Duration resend_after{500};
  static constexpr core::Duration renew_after{1000};

private:
  [[nodiscard]] static bool lacks_copies(const core::Exchange& exchange,
                                         const std::set<core::Incarnation>& live,
                                         const core::OrderDone& done);
  void ask_who_came_back(const core::Exchange& exchange, const std::set<core::Incarnation>& live);

  core::Order order_;
  core::Instant began_;
  core::Instant next_send_ = core::Instant::max();
  std::map<core::Incarnation, core::OrderDone> answers_;
  std::map<core::Incarnation, std::optional<core::LinkId>> answered_on_;
  std::vector<core::RowMark> lost_;
  std::map<core::LinkId, core::Instant> sent_;
};

}  // namespace parking::discovery
