#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/core/gate_core.hpp"
#include "tests/sim/machine.hpp"
#include "tests/sim/plan.hpp"
#include "tests/sim/truth.hpp"

namespace parking::sim {

class Simulation;

/// How quickly cars move: about twice as fast as real ones, so that more happens in the same time.
namespace pace {
struct Range {
  Time shortest = 0;
  Time longest = 0;
};
inline constexpr Range reaction{80 * us_per_ms, 250 * us_per_ms};  ///< to the barrier that opens
inline constexpr Range part{60 * us_per_ms, 150 * us_per_ms};      ///< from one sensor to the next
inline constexpr Range next_car{50 * us_per_ms, 350 * us_per_ms};  ///< to the next one's approach
}  // namespace pace

/// Why what a lane counted may differ from what passed it. Anything else must be exact.
struct Excuses {
  std::uint32_t sensor = 0;       ///< missed, phantom, flickering or broken sensor
  std::uint32_t undecidable = 0;  ///< so close behind, or so quick, that no sensor can tell
  std::uint32_t crash = 0;        ///< the program ended, or did not run, meanwhile
  std::uint32_t store = 0;        ///< the store that the count was in is gone
  [[nodiscard]] std::uint32_t all() const { return sensor + undecidable + crash + store; }
};

/// From the first thing that moves in an idle lane until it is idle again and all that was counted
/// is durable: what truly happened and what the gate made of it.
struct Episode {
  bool open = false;
  core::Count crossed = 0;   ///< cars that truly passed in the lane's direction
  core::Count followed = 0;  ///< those of them that drove in by another one's opening
  core::Count undone = 0;    ///< crossings counted in records that a crash kept from the disk
  RowChange counted;
  Excuses excuses;
};

/// Whether the excuses of an episode explain that `off` more crossings were counted than happened:
/// one for each of them, either way, and too few by what a crash kept from the disk (a program
/// whose disk failed or is full goes on counting in memory alone).
[[nodiscard]] bool is_excused(core::Count off, const Episode& episode);

struct Lane {
  MachineIndex machine = 0;
  std::uint32_t number = 0;  ///< as the core counts
  bool entry = true;
  std::array<bool, 2> covered{};  ///< approach, passage: what is really there
  std::array<core::Presence, 2> shown{core::Presence::clear, core::Presence::clear};
  std::array<std::uint32_t, 2> misses{};
  std::array<bool, 2> broken{};
  std::uint32_t late_readings = 0;  ///< that a paused program has not had yet
  bool passage_told = false;        ///< to the program, as covered, since its last admission here
  bool barrier_open = false;
  std::uint32_t barrier_serial = 0;
  /// The opening, by its serial, of an admission that ended with an excuse and whose car did not
  /// use it: whoever drives in by it has none of his own, and is counted in a moment.
  std::optional<std::uint32_t> unused_opening;
  bool misled = false;  ///< the barrier may be open for a car of which the program knows nothing
  std::uint32_t head = nobody;   ///< the car at the approach
  std::uint32_t under = nobody;  ///< the car at the passage
  std::deque<std::uint32_t> queue;
  Episode episode;
  core::Count crossed_ever = 0;
  core::Count held_passed = 0;  ///< unsettled admissions of ended episodes whose cars are in
  core::Count held_away = 0;    ///< and those whose cars went away
  core::Count held_lost = 0;    ///< and those that ended with a store
  core::Count listed = 0;       ///< counted too much (+) or too little (-), with an excuse
  Time waits_since = 0;         ///< of the head
};

/// The world outside the programs: cars, drivers, barriers and what the sensors see of them. The
/// figures here are what the ledgers are compared with.
class Street {
public:
  static constexpr std::size_t approach = 0;
  static constexpr std::size_t passage = 1;

  Street(Simulation& sim) : sim_(sim) {}

  void add_lanes(Machine& machine);
  void open();

  // What happens.
  void arrive(std::uint32_t car);
  void drive(std::uint32_t car, std::uint32_t stage, std::uint32_t serial);
  void barrier_closes(std::uint32_t lane, std::uint32_t serial);
  /// The program runs again and is told what its sensors showed meanwhile, each with its time.
  void catch_up(Machine& machine);
  void report(std::uint32_t lane, std::size_t sensor, core::Presence presence, Time at);

  // What programs do.
  void output(Machine& machine, const core::BarrierOutput& output);
  void counted(Machine& machine, const RowChange& change);
  void stepped(Machine& machine);
  /// A car was let in, by this machine: after every such change of a row.
  void check_sold(const Machine& by);
  void started(Machine& machine);
  /// `lost`: by how much its row has changed; `undone`: what the disk had been given and lost.
  void crashed(Machine& machine, const RowChange& lost, const RowChange& undone);
  /// What this machine's lanes counted is what its own rows say, and all else is listed.
  void store_lost(Machine& machine);
  /// The machine goes on with an older store, whose own row this is.
  void store_put_back(Machine& machine, const core::Row& row);
  /// The copy of a gate that cars came to is gone.
  void abandon(Machine& machine);
  /// Some of the cars of that gate go to its copy.
  void divert(MachineIndex gate, MachineIndex copy) { diverted_[gate] = copy; }

  // Faults.
  void miss(std::uint32_t lane, std::size_t sensor, std::uint32_t changes);
  void phantom(std::uint32_t lane, std::size_t sensor, bool present);
  void break_sensor(std::uint32_t lane, std::size_t sensor, bool broken);
  /// All sensors show what is there.
  void refresh(std::uint32_t lane);
  void excuse(std::uint32_t lane, std::uint32_t Excuses::*why);
  void clock_jumps(const Machine& machine);
  void settle_held();
  [[nodiscard]] bool anything_held() const;
  /// Nobody else comes, but for those who are on their way.
  void late_cars();

  [[nodiscard]] std::uint32_t lane_of(MachineIndex machine, bool entry) const;
  [[nodiscard]] std::vector<Lane>& lanes() { return lanes_; }
  [[nodiscard]] core::Count inside() const { return inside_; }
  /// No lane is busy and no car is on its way.
  [[nodiscard]] bool quiet() const;
  [[nodiscard]] core::Count listed() const;

  // What an operator counts, and what a recount settles: street_recount.cpp.
  /// Cars in lanes that count as inside: on their way out and not counted as gone, or let in.
  [[nodiscard]] core::Count in_lanes() const;
  [[nodiscard]] core::Count uncounted_followers() const;
  [[nodiscard]] core::Count excuses_in_progress() const;
  /// Cars that have passed any lane since the start.
  [[nodiscard]] core::Count crossings() const;
  /// How much more cars inside the rows have than there are, by what has been listed so far.
  [[nodiscard]] core::Count listed_of_ended() const;
  /// How much more by second histories, beyond what has been listed or is in progress.
  [[nodiscard]] core::Count still_to_list() const;
  /// The same by lanes whose program does not run: it will never count what crossed there so far.
  [[nodiscard]] core::Count missed_by_stopped() const;
  /// The same by cars that have crossed and are not counted yet.
  [[nodiscard]] core::Count in_progress() const;
  void take_held_as_counted();
  /// Cars in whose held admissions have ended with a store, ever.
  [[nodiscard]] core::Count held_passed_lost() const { return held_passed_lost_; }
  /// The machine's rows count that much more than they did; that is no crossing.
  void add_listed(const Machine& machine, const RowChange& change);
  /// The machine writes a row that the office has closed.
  void wrote_late(Machine& machine, const RowChange& change);
  /// The operator lets nobody through while the machine is off.
  void shut(const Machine& machine);
  [[nodiscard]] bool is_shut(const Machine& machine) const;
  /// For the trace: of each lane, what crossed, what its machine's rows say, and what is listed.
  void log_sums();
  /// A car that has waited at an entry for so long.
  [[nodiscard]] std::optional<std::uint32_t> stuck_at_entry(Time longer_than) const;
  [[nodiscard]] std::optional<std::uint32_t> stuck_at_exit(Time longer_than) const;

private:
  enum class Stage : std::uint32_t {
    go,
    reach_passage,
    clear_approach,
    clear_passage,
    give_up,
    leave_lot,
    back_away,
    next_car
  };
  enum class Place : std::uint8_t { street, queued, approach, driving, inside, gone };
  struct Car {
    Place place = Place::street;
    std::uint32_t lane = nobody;
    std::uint32_t serial = 0;
    bool going_out = false;
    bool follows = false;  ///< drives through without a signal of its own
    bool acted = false;    ///< its habit was lived out
  };

  void join(std::uint32_t car, std::uint32_t lane);
  void approach_barrier(std::uint32_t car);
  void go(std::uint32_t car);
  void reach_passage(std::uint32_t car);
  void clear_approach(std::uint32_t car);
  void clear_passage(std::uint32_t car);
  void give_up(std::uint32_t car);
  void back_away(std::uint32_t car);
  void next_car(std::uint32_t lane);
  void follow(std::uint32_t ahead, std::uint32_t lane);
  void crossed(std::uint32_t car, Lane& lane);
  void judge_refusal(const Lane& lane);
  /// What a lane adds to the cars that are in or promised to be, beyond what true rows say of it.
  struct Share {
    core::Count promised = 0;    ///< admissions whose cars are not in yet
    core::Count allowed = 0;     ///< more than counted: the rules do not exclude it
    core::Count unknowable = 0;  ///< more than counted: by a second history
  };
  [[nodiscard]] Share share_of(const Lane& lane) const;
  [[nodiscard]] static Share share_of_entry(const Lane& lane);
  [[nodiscard]] static Share share_of_exit(const Lane& lane);
  [[nodiscard]] Share share_of_second(const Lane& lane) const;
  void later(std::uint32_t car, Time wait, Stage stage);
  void cover(std::uint32_t lane, std::size_t sensor, bool covered);
  void show(std::uint32_t lane, std::size_t sensor, core::Presence presence);
  void begin_episode(Lane& lane);
  static core::Count take_for_older(Lane& lane, core::Count& held);
  static core::Count excused_so_far(const Episode& episode, bool entry);
  void end_episode(Lane& lane, const Machine& machine);
  void watch_promise(Lane& lane, const RowChange& change);
  [[nodiscard]] bool is_over(const Lane& lane, const Machine& machine) const;
  [[nodiscard]] bool was_let_in(const Lane& lane, core::LaneState state) const;
  [[nodiscard]] Time merge_of(const Lane& lane) const;
  Time draw(const pace::Range& range);
  Habit habit(std::uint32_t car) const;
  [[nodiscard]] core::Count counted_ever(const Lane& lane) const;
  [[nodiscard]] core::Count pending_ever(const Lane& lane) const;
  [[nodiscard]] core::Count held_by_core(const Lane& lane) const;
  [[nodiscard]] core::Count passed_by_held(const Lane& lane) const;
  [[nodiscard]] core::Count held_and_passed(const Lane& lane) const;
  bool take_held(Lane& lane);
  [[nodiscard]] bool may_settle(const Lane& lane) const;
  void note(std::uint32_t car, const char* what);

  Simulation& sim_;
  std::vector<Lane> lanes_;
  std::vector<Car> cars_;
  core::Count inside_ = 0;
  core::Count held_passed_lost_ = 0;
  bool settling_ = false;  ///< the operator says what became of a car
  std::map<MachineIndex, MachineIndex> diverted_;
};

}  // namespace parking::sim
