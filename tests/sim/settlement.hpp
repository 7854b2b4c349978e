#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/core/record.hpp"
#include "app/core/types.hpp"
#include "tests/sim/answers.hpp"
#include "tests/sim/machine.hpp"

namespace parking::sim {

class Simulation;

/// What the office writes by an act, held against the world in the moment in which it is durable:
/// a recount leaves no difference, a closed row is one that nobody writes, at its highest copy.
class Settlement {
public:
  Settlement(Simulation& sim) : sim_(sim) {}

  /// The operator has begun a recount.
  void begun();
  /// The number that a careful operator gives now.
  [[nodiscard]] core::Count number() const;
  /// The reason that names it, so that the office's record tells which one it took.
  [[nodiscard]] std::uint64_t next_number() { return ++numbers_; }
  [[nodiscard]] static std::string reason_of(std::uint64_t number);
  /// The office has taken it, or it is on its way there.
  void given(std::uint64_t number);
  /// That program has ended, and its row is what its disk has.
  void fell_back(const core::Row& stable);
  /// The operator vouches that this store's machine is off.
  void vouch(core::Incarnation row) { vouched_.insert(row); }
  [[nodiscard]] bool vouched(core::Incarnation row) const { return vouched_.contains(row); }
  /// Two histories of that row may be about: what it admits cannot be known.
  void doubt(core::Incarnation row) { doubtful_.insert(row); }
  /// The store that is being imported: an older image of it, or the right one.
  void importing(core::Incarnation row, core::Version version, bool older);

  /// `gate` has told the office that an order is done.
  void answered(const Machine& gate, const core::OrderDone& done) {
    answers_.heard(gate.index, done);
  }
  /// The office has handed out a record.
  void recorded(const core::Record& record);
  /// The office's disk does not take its records: entries go on before they are durable, and what
  /// is held by then came partly after the number.
  void not_durable();
  /// The office's records are durable up to this one.
  void durable(core::RecordNumber number);
  /// The office starts anew: what it was writing has reached the disk after all, or never will.
  void office_started();
  /// A new office has taken over with a copy of the row of the one before, and what that one wrote
  /// beyond it never happened; before, the rows counted so many cars.
  void adopted(core::Count inside_before);
  /// The office tells the same figures as the rows.
  void compare_figures();
  /// Nothing that a row counts is unknown to the office.
  void check_heard();
  /// Rows of stores that are gone are what the office knows of them.
  void bury_the_dead();

  /// What the rows count too much since a recount or an import, beside what is listed.
  [[nodiscard]] core::Count settled() const { return settled_; }
  /// The same of a recount that the office's row has and of which it has not been told that it is
  /// durable: entries go on meanwhile only when its disk has failed. Where it has ended before it
  /// was told, what its disk has counts.
  [[nodiscard]] core::Count settled_on_the_way() const;
  [[nodiscard]] std::uint32_t recounts() const { return recounts_; }

private:
  /// How things stood when the number was given.
  struct Given {
    core::Count listed = 0;  ///< then; later what was added to the list since
    core::Count left = 0;
    core::Count held_lost = 0;
    core::Count maybe = 0;  ///< cars of which it is open whether the number should have them
    core::Count excuses = 0;
    bool knowable = true;
    /// Rows of gates that had counted what was not on their disks yet.
    std::map<core::Incarnation, core::Row> unsaved;
  };

  /// A recount on its way to the disk.
  struct Written {
    core::RecordNumber record = 0;
    core::Version version = 0;  ///< of the office's row
    std::optional<Given> given;
    std::set<core::Incarnation> stopped;  ///< rows that nobody writes any more
  };

  /// What the office was told last that its disk has.
  struct Heard {
    core::Incarnation office;
    core::Count corrected = 0;
  };

  void closed(core::Incarnation row, bool by_recount);
  void reopened(core::Incarnation row);
  void forget_offices();
  /// A machine that is in use, other than its owner, has that row in that version or a later one.
  [[nodiscard]] bool is_anywhere(core::Incarnation row, core::Version version = 0) const;
  [[nodiscard]] bool was_lost_with_office(const Truth::Entry& last) const;
  void check_ended(core::Incarnation row, const core::Row* copy, bool by_recount);
  void check_emptied(core::Incarnation row);
  void check_frozen(const core::OfficePart& office);
  void check_highest(core::Incarnation row, core::Version version);
  void settle(core::Incarnation row, const core::Row* copy);
  void recounted(const Written& written);
  [[nodiscard]] Machine* owner(core::Incarnation row);
  std::optional<Given> take_given(const core::Record& record);
  [[nodiscard]] std::map<core::Incarnation, core::Row> unsaved() const;
  static void forget(Given& given, const core::Row& stable);
  [[nodiscard]] core::Count left_ever() const;
  [[nodiscard]] core::Count unadmitted_ever() const;
  [[nodiscard]] bool is_knowable() const;
  [[nodiscard]] bool a_copy_held_for_its_original() const;

  Simulation& sim_;
  Answers answers_;
  std::set<core::Incarnation> vouched_;
  std::set<core::Incarnation> doubtful_;
  std::set<core::Incarnation> retired_;  ///< by the office, perhaps not durably yet
  std::set<core::Incarnation> closed_;
  core::Incarnation imported_;
  core::Version image_version_ = 0;
  bool older_image_ = false;
  core::Count unadmitted_at_begin_ = 0;
  std::map<std::uint64_t, Given> given_;  ///< by number
  std::uint64_t numbers_ = 0;
  std::deque<Written> written_;
  Heard heard_;
  core::Count settled_ = 0;
  std::uint32_t recounts_ = 0;
};

}  // namespace parking::sim
