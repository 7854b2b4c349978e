#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/core/alarms.hpp"
#include "app/core/effects.hpp"
#include "app/core/exchange.hpp"
#include "app/core/lane.hpp"
#include "app/core/snapshot.hpp"

namespace parking::core {

// What can happen to a gate.

struct LinkUp {
  LinkId link{};
  GateId dialled;  ///< whom we dialled; empty when the other side did
};
/// Told exactly once for each LinkUp, also after the core closed the link itself.
struct LinkDown {
  LinkId link{};
};
struct Received {
  LinkId link{};
  Message message;
};
/// Every record up to this one is durable.
struct Persisted {
  RecordNumber number = 0;
};
/// The store cannot write (ledger rule 12); `text` says what to do.
struct StoreFailed {
  std::string text;
};
struct StoreRecovered {};
/// The registry's list, also the one that pushes of changes bring.
struct PeersListed {
  PeerList list;
};
/// The registry does not take this gate; the text says why and what to do.
struct RegistrationRefused {
  Refusal refusal;
};
enum class LaneInput : std::uint8_t { approach, passage };
struct SensorChanged {
  std::size_t lane = 0;
  LaneInput sensor = LaneInput::approach;
  Presence presence = Presence::unknown;
};
/// Time has passed; also the answer to `next_wake`.
struct Tick {};
enum class Settlement : std::uint8_t { entered, backed_out };
struct Settle {
  std::string lane;
  Settlement outcome = Settlement::entered;
  std::string reason;
};
struct AllowEntries {
  bool allowed = true;
  std::string reason;
};
struct TrustStore {
  std::string reason;
};
/// This store took the place of another one, whose permits are stranded; `text` says why.
struct StoreReplaced {
  std::string text;
};

// Commands that concern the whole lot. Each is refused in words (Effects::refused) where it has no
// place, and followed in the snapshot's alarms and the history where it takes time.

/// Office (ledger rule 7): the lot is to have that many spaces.
struct SetCapacity {
  Count capacity = 0;
  std::string reason;
};
/// Office, or a gate that passes it on (ledger rule 11): entries are held everywhere.
struct RecountBegin {
  std::string reason;
};
/// That many cars are inside at this moment, those in lanes included.
struct RecountCount {
  Count inside = 0;
  std::string reason;
};
/// Entries go on; at a gate without its office, at this gate alone.
struct RecountCancel {
  std::string reason;
};
/// Office (ledger rule 10): the operator vouches that these machines are off and their lanes shut.
struct Retire {
  std::vector<GateId> gates;
  std::string reason;
};
/// Office (ledger rule 10): the store of a dead gate, as read from its card.
struct ImportStore {
  Remembered store;
  std::string reason;
};
/// Office (ledger rule 8): this store is empty, the lot is older; take it over.
struct TakeOver {
  std::string reason;
};
/// Office (ledger rule 8): gates of that lot belong elsewhere, and their spaces are not ours.
struct DismissLot {
  LotId lot;
  std::string reason;
};
/// Gate (ledger rule 10): hand everything over and never write this row again.
struct Leave {
  std::string reason;
};
/// Gate (ledger rule 9): this incarnation ends, a new store begins without permits.
struct RenewStore {
  std::string reason;
};

using Input =
    std::variant<LinkUp, LinkDown, Received, Persisted, StoreFailed, StoreRecovered, PeersListed,
                 RegistrationRefused, SensorChanged, Tick, Settle, AllowEntries, TrustStore,
                 StoreReplaced, SetCapacity, RecountBegin, RecountCount, RecountCancel, Retire,
                 ImportStore, TakeOver, DismissLot, Leave, RenewStore>;

struct GateSettings {
  RowOwner self;
  std::vector<LaneSettings> lanes;
};

/// The whole gate without its wires: one step takes what happened and says what to do about it.
/// Same inputs at the same instants, same effects.
class GateCore {
public:
  GateCore(GateSettings settings, const Remembered& remembered, Random random, Instant start);

  Effects step(const Input& input, Instant now);

  /// When the next Tick is due at the latest.
  [[nodiscard]] Instant next_wake(Instant now) const;
  /// Everything that is known here; the shell adds what only it knows (addresses, discovery).
  [[nodiscard]] Snapshot snapshot(Instant now) const;
  [[nodiscard]] const Exchange& exchange() const { return exchange_; }
  [[nodiscard]] const Lane& lane(std::size_t index) const { return lanes_.at(index).lane; }
  /// Admissions of that lane that wait to be settled.
  [[nodiscard]] Count held(std::size_t index) const { return lanes_.at(index).held; }

  /// Number of the last step of a recount that was passed on to the office, and what the office has
  /// said last to one of them.
  [[nodiscard]] std::uint64_t last_request() const { return next_request_ - 1; }
  [[nodiscard]] const std::optional<RecountAnswer>& recount_answer() const {
    return recount_answer_;
  }

  /// Joining longer than this is not the start of a site any more but somebody's problem.
  static constexpr Duration joining_takes{10000};

private:
  struct LaneSlot {
    Lane lane;
    Count held = 0;                ///< admissions set aside until settled
    bool starts_pending = false;   ///< one was pending at start, and the passage was not read yet
    bool in_flight = false;        ///< an admission belongs to the car in the lane
    RecordNumber opens_after = 0;  ///< the admission's record; 0: none awaited
    RefusalReason refusal = RefusalReason::none;  ///< told to the waiting car
  };

  void on(const LinkUp& up, Instant now, Effects& effects);
  void on(const LinkDown& down, Instant now, Effects& effects);
  void on(const Received& received, Instant now, Effects& effects);
  void on(const Persisted& persisted, Instant now, Effects& effects);
  void on(const StoreFailed& failed, Instant now, Effects& effects);
  void on(const StoreRecovered&, Instant now, Effects& effects);
  void on(const PeersListed& listed, Instant now, Effects& effects);
  void on(const RegistrationRefused& refused, Instant now, Effects& effects);
  void on(const SensorChanged& changed, Instant now, Effects& effects);
  void on(const Tick&, Instant now, Effects& effects);
  void on(const Settle& settle, Instant now, Effects& effects);
  void on(const AllowEntries& allow, Instant now, Effects& effects);
  void on(const TrustStore& trust, Instant now, Effects& effects);
  void on(const StoreReplaced& replaced, Instant now, Effects& effects);
  void on(const RecountBegin& begin, Instant now, Effects& effects);
  void on(const RecountCount& count, Instant now, Effects& effects);
  void on(const RecountCancel& cancel, Instant now, Effects& effects);
  void on(const Leave& leave, Instant now, Effects& effects);
  void on(const RenewStore& renew, Instant now, Effects& effects);
  /// Commands for the office.
  template <typename Command>
  void on(const Command&, Instant, Effects& effects) {
    effects.refused = "only the central service can do that; ask it there";
  }

  void pass_on(RecountStep step, Count inside, const std::string& reason, Effects& effects);
  void follow_hold(Instant now, Effects& effects);
  void stop_for_good_when_due(Instant now);
  bool count_after_the_end(LaneSlot& slot, LaneAction action, Instant now);
  void adopt_orphans(const Remembered& remembered, Instant start);
  void act(std::size_t index, const Lane::Actions& actions, Instant now, Effects& effects);
  void count(LaneSlot& slot, LaneAction action, Instant now);
  void admit(std::size_t index, Instant now);
  void decide(Instant now, Effects& effects);
  void tell_waiting(Instant now, Effects& effects);
  [[nodiscard]] RefusalReason obstacle() const;
  [[nodiscard]] std::vector<OwnWait> waits() const;
  void remember_held(const LaneSlot& slot);
  void note(const std::string& kind, const LaneSlot& slot, const std::string& text);
  void alarm(const std::string& code, const LaneSlot& slot, const std::string& text, Instant now);
  void watch_sensors(Instant now);
  void watch_start(Instant now);

  Exchange exchange_;
  std::vector<LaneSlot> lanes_;
  Alarms alarms_;
  std::optional<Instant> joining_since_;
  bool entries_allowed_ = true;
  bool disk_failed_ = false;
  std::vector<BarrierOutput> late_outputs_;  ///< always empty but for a planted bug
  bool held_ = false;                        ///< as last seen, by order of the office
  std::uint64_t next_request_ = 1;
  std::optional<RecountAnswer> recount_answer_;
  Instant begun_here_ = Instant::min();  ///< when a recount was last begun at this gate
};

}  // namespace parking::core
