#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/core/ask.hpp"
#include "app/core/demand.hpp"
#include "app/core/effects.hpp"
#include "app/core/identity.hpp"
#include "app/core/journal.hpp"
#include "app/core/ledger.hpp"
#include "app/core/peers.hpp"
#include "app/core/snapshot.hpp"

namespace parking::core {

/// Somebody of our own who waits for a permit: a lane with a car.
struct OwnWait {
  std::size_t lane = 0;
  Instant since;
};

/// What holds permits that are out of reach.
struct OutOfReach {
  bool gone = false;   ///< gates that may come back
  bool ended = false;  ///< rows that nobody will write again; a recount gives their permits back
};

/// The conversation with the other gates and the office: rows out and in, permits given, asked for
/// and received. Pure: every method gets `now` and appends what has to be done to `Effects`.
/// Used by the gate and by the office alike; neither lanes nor capacity are known here.
class Exchange {
public:
  struct Settings {
    RowOwner self;
    bool has_entry = false;  ///< keeps permits for its own cars; others hand theirs out
    Identity::Quorum quorum = Identity::Quorum::first_answers;
  };

  Exchange(Settings settings, const Remembered& remembered, Random random, Instant start);

  // Inputs.
  /// `dialled` names whom we dialled; empty when the other side did.
  void link_up(LinkId id, const GateId& dialled, Instant now, Effects& effects);
  void link_down(LinkId id, Instant now);
  void received(LinkId id, const Message& message, Instant now, Effects& effects);
  /// Returns whether this made the lot's id durable: peers may be dialled from now on.
  bool persisted(RecordNumber number);
  /// Returns false, and changes nothing, when the list is of another lot.
  bool listed(const PeerList& list, Instant now, Effects& effects);
  /// A peer or the registry does not want to talk to this gate.
  void refused(const Refusal& refusal, Instant now);
  void trust_store() { identity_.trust(); }

  /// Gives permits to whoever waits longest, here or elsewhere (ledger rule 6). `admit` is called
  /// for each own wait that gets a permit and must spend it through `journal().change()`.
  void serve(const std::vector<OwnWait>& waits, bool may_admit,
             const std::function<void(std::size_t lane)>& admit, Instant now);
  /// Asks for what is missing: debt, then a capacity cut, then what `waiting` cars need; `finish`
  /// does the same where it was not done before.
  void ask_for(Count waiting, Instant now, Effects& effects);
  /// Ends a step: asks for what is missing, flushes the journal, sends what is durable and due.
  void finish(Count waiting, Instant now, Effects& effects);

  [[nodiscard]] Journal& journal() { return journal_; }
  [[nodiscard]] const Journal& journal() const { return journal_; }
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }
  [[nodiscard]] const Peers& peers() const { return peers_; }
  [[nodiscard]] const RowOwner& self() const { return settings_.self; }
  [[nodiscard]] bool has_entry() const { return settings_.has_entry; }
  [[nodiscard]] LotId lot() const { return lot_; }
  /// The lot's id is known and durable: peers may be dialled and answered.
  [[nodiscard]] bool lot_ready() const;
  [[nodiscard]] const std::optional<PeerList>& list() const { return list_; }

  /// Own permits, from what is known now.
  [[nodiscard]] Count permits() const;
  /// Permits of rows that are gone or superseded and not closed.
  [[nodiscard]] Count stranded(Instant now) const;
  /// Whose these are. A row of which nothing else is known counts as either.
  [[nodiscard]] OutOfReach out_of_reach(Instant now) const;
  /// Age of the oldest confirmation among live rows.
  [[nodiscard]] Duration age(Instant now) const;
  /// Rule 9 is satisfied, the disk works and the own row goes on: permits may be spent and given.
  [[nodiscard]] bool may_spend() const;
  [[nodiscard]] bool ask_settled(Instant now) const { return ask_.settled(now); }
  /// The lot is full as far as every live row is known; otherwise nobody reachable has a permit.
  [[nodiscard]] bool full_for_all_we_know(Instant now) const;
  [[nodiscard]] bool identity_ended() const { return identity_.ended().has_value(); }
  [[nodiscard]] bool identity_confirmed() const { return identity_.confirmed(); }
  /// A gate of whose row two histories were seen.
  [[nodiscard]] const std::optional<GateId>& clash() const { return clash_; }
  /// Two histories of that row are about; no copy of it is the highest one.
  [[nodiscard]] bool has_two_histories(Incarnation row) const {
    return two_histories_.contains(row);
  }
  [[nodiscard]] LinkState state_of(const Peer& peer, Instant now) const;
  [[nodiscard]] Instant next_wake(Instant now) const;

  // The whole lot's matters: exchange_lot.cpp.
  /// The office has said that entries are to be held, and the hold has not run out.
  [[nodiscard]] bool held(Instant now) const { return now < held_until_; }
  /// It has met gates of another lot (ledger rule 8); an operator has to decide.
  [[nodiscard]] bool held_for_two_lots(Instant now) const { return held(now) && two_lots_; }
  /// Nobody has said that it is over: the office was not heard from for `Order::hold_for`.
  [[nodiscard]] bool hold_ran_out(Instant now) const { return hold_epoch_ != 0 && !held(now); }
  [[nodiscard]] Count left_since_hold() const;
  /// `Order::heard` of the office's last order to hold.
  [[nodiscard]] std::uint64_t office_had_heard() const { return office_had_heard_; }
  void release_hold();
  /// An admission is on its way through a lane: an order that pins waits for it.
  void set_admission_in_lane(bool in_lane) { admission_in_lane_ = in_lane; }
  /// Ledger rule 10: everything is given away, and whoever has been told gives nothing more.
  void begin_leaving();
  [[nodiscard]] bool leaving() const { return leaving_; }
  /// Everybody who is connected knows, has what was given, and nothing is pending here.
  [[nodiscard]] bool may_become_final() const;
  /// This store's row was retired: it admits nothing any more.
  [[nodiscard]] bool retired() const;
  /// This incarnation ends at the operator's wish.
  void end_identity(const std::string& why) { identity_.end(why); }
  /// Sends a message to the office; false when it is not connected.
  bool tell_office(const Message& message, Effects& effects);
  /// What the office's orders were answered with, and rows that retired gates have brought as
  /// final, since the last call.
  [[nodiscard]] std::vector<OrderDone> take_answers() { return std::exchange(answers_, {}); }
  [[nodiscard]] std::vector<RowCopy> take_returned() { return std::exchange(returned_, {}); }
  [[nodiscard]] std::vector<std::pair<LinkId, RecountRequest>> take_requests() {
    return std::exchange(requests_, {});
  }
  [[nodiscard]] std::optional<RecountAnswer> take_recount_answer() {
    return std::exchange(recount_answer_, {});
  }
  /// Rows whose owners may still write (ledger, section State), without the own one.
  [[nodiscard]] std::set<Incarnation> live_rows() const;
  /// Whom that row belongs to, in words for people.
  [[nodiscard]] std::string name_of(Incarnation row) const;
  /// Debt that connected gates have stated and that is not paid yet.
  [[nodiscard]] Count stated_debt() const;
  /// The office: permits that a lower capacity still needs.
  void set_cut(Count missing) { cut_ = missing; }
  /// The office: takes a row as it is, after it was retired at its version.
  void accept(const RowCopy& copy, Instant now);
  /// The office adopts the lot of the office before it (ledger rule 8).
  void adopt_lot(LotId lot);
  void collect_frozen() { ledger_.collect_frozen(); }
  /// The own row was changed by its owner outside a gift.
  void own_changed() { ledger_.set_own(journal_.own()); }
  /// Another lot's gate was met; empty when none was.
  [[nodiscard]] const std::string& foreign_lot() const { return foreign_lot_; }

  void set_status(PeerStatus status) { status_ = status; }
  void set_disk_failed(bool failed) { disk_failed_ = failed; }
  /// The office creates the lot: its own incarnation is the lot's id (ledger rule 8).
  void found_lot();
  void freeze(Incarnation row);
  /// An operator (or a test) may stop all giving, e.g. while two offices contend.
  void set_may_give(bool may) { may_give_ = may; }

  static constexpr Duration pulse_every{1000};
  static constexpr Duration digest_every{5000};
  static constexpr Duration resend_after{150};
  /// A connection that is silent for this long (five missed pulses) is given up.
  static constexpr Duration silent_for{5000};
  static constexpr Duration handshake_within{5000};
  /// Heard within this: `alive` (interfaces.md).
  static constexpr Duration alive_within{3000};
  /// Permits are handed out when no gate has come or gone for this long, so that the first gate
  /// after a power cut does not get everything.
  static constexpr Duration settle_for{2000};

  /// Texts of refusals that the history has room for in one run.
  static constexpr std::size_t max_noted_refusals = 16;

private:
  struct PendingReply {
    LinkId link{};
    std::uint64_t id = 0;
    RowAck ack;
    RecordNumber after = 0;
  };

  struct PendingOrder {
    LinkId link{};
    Order order;
    Count left_when_ordered = 0;
    RecordNumber after = 0;  ///< 0: not asked the disk for yet
  };

  void handle_hello(LinkId id, const Hello& hello, Instant now, Effects& effects);
  void handle_welcome(LinkId id, const Welcome& welcome, Instant now, Effects& effects);
  [[nodiscard]] bool knows_the_lot(const Peer& peer) const;
  void handle_from(Peer& peer, LinkId id, const Message& message, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const Inquiry& inquiry, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const Reply& reply, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const Pulse& pulse, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const Digest& digest, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const Rows& rows, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const Order& order, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const OrderDone& done, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const RecountRequest& request, Instant now, Effects& effects);
  void handle(Peer& peer, LinkId id, const RecountAnswer& answer, Instant now, Effects& effects);

  std::optional<Refusal> objection(const Hello& hello);
  [[nodiscard]] std::optional<Refusal> objection_to_frozen(const RowOwner& owner) const;
  [[nodiscard]] bool was_superseded(Incarnation row) const;
  std::optional<Refusal> objection_to_second(const RowOwner& owner, Instant now);
  void bind(LinkId id, const Hello& hello, Instant now, Effects& effects);
  [[nodiscard]] Hello introduction(const GateId& to) const;
  void learn(const RowCopy& copy, Instant confirmed, Effects& effects);
  void refuse(LinkId id, Refusal refusal, Effects& effects);

  void hand_out(Instant now);
  void give(Peer& to, Count count);
  void answer_orders(Effects& effects);
  [[nodiscard]] bool is_live(Incarnation row) const;
  void ask_all(const std::set<GateId>& whom, Instant now, Effects& effects);
  void send_inquiry(Peer& to, std::uint64_t id, Instant now, Effects& effects);
  void send_replies(Instant now, Effects& effects);
  void push_rows(Instant now, Effects& effects);
  void keep_alive(Instant now, Effects& effects);
  [[nodiscard]] bool lacks_last_rows() const;
  [[nodiscard]] Digest what_is_held() const;
  void give_up_silent(Instant now, Effects& effects);
  [[nodiscard]] Count entry_gates() const;
  [[nodiscard]] bool is_gone(Incarnation row, Instant now) const;
  /// Whoever writes that row now, as far as is known.
  [[nodiscard]] const Peer* owner_of(Incarnation row) const;

  Settings settings_;
  Journal journal_;
  Ledger ledger_;
  Peers peers_;
  Identity identity_;
  DemandQueue demand_;
  Ask ask_;
  LotId lot_;
  bool lot_durable_ = false;
  RecordNumber lot_record_ = 0;
  std::optional<PeerList> list_;
  Duration lease_{15000};
  Instant start_;
  std::uint64_t next_inquiry_ = 1;
  FlatMap<Incarnation, Instant> confirmed_;
  std::vector<PendingReply> replies_;
  Instant pulsed_;
  Instant digested_;
  Instant membership_changed_;
  Instant silent_from_ = Instant::min();  ///< no link falls silent before
  PeerStatus status_ = PeerStatus::joining;
  bool disk_failed_ = false;
  bool may_give_ = true;
  std::optional<GateId> clash_;
  std::set<Incarnation> two_histories_;
  std::set<std::string> noted_refusals_;
  std::string foreign_lot_;
  Count cut_ = 0;

  Random random_;
  Instant held_until_ = Instant::min();
  bool two_lots_ = false;
  std::uint64_t hold_epoch_ = 0;
  Count left_at_hold_ = 0;
  std::uint64_t office_had_heard_ = 0;  ///< when it sent its last order to hold
  bool admission_in_lane_ = false;
  std::vector<PendingOrder> orders_;
  std::vector<OrderDone> answers_;
  std::vector<RowCopy> returned_;
  std::vector<std::pair<LinkId, RecountRequest>> requests_;
  std::optional<RecountAnswer> recount_answer_;
  bool leaving_ = false;
  std::uint64_t told_from_ = 0;  ///< the first inquiry that says that this gate leaves
  bool office_spoke_ = false;    ///< a newer row of an office was learned since the last step
  bool retired_ = false;
};

/// The lot, the peers and the gate as the exchange knows them; lanes and alarms are for others.
Snapshot view_of(const Exchange& exchange, Instant now);

}  // namespace parking::core
