// What is taken back of what was settled or counted: a takeover forgets what nobody has heard of,
// and a crash what was not on the disk.
#include <algorithm>
#include <ranges>
#include <utility>

#include "tests/sim/settlement.hpp"
#include "tests/sim/simulation.hpp"

namespace parking::sim {

// Closings and corrections that nobody has heard of are taken back: the rows count again what they
// counted before them, and the new office may close such a row anew, at another version.
void Settlement::adopted(core::Count inside_before) {
  settled_ += sim_.truth().inside() - inside_before;
  std::set<core::Incarnation> open;
  for (const core::Incarnation row : closed_)
    if (const Truth::Entry* entry = sim_.truth().find(row); entry != nullptr && !entry->closed)
      open.insert(row);
  for (const core::Incarnation row : open) reopened(row);
}

// An office whose row nobody has any more, because every store of its lot is gone: its capacity,
// its closings and what its recounts corrected are gone with it.
void Settlement::forget_offices() {
  std::vector<core::RowOwner> gone;
  for (const Truth::Entry& entry : sim_.truth().entries())
    if (entry.dead && (entry.capacity != 0 || entry.corrected != 0 || !entry.reclaimed.empty()) &&
        !is_anywhere(entry.owner.incarnation))
      gone.push_back(entry.owner);
  for (const core::RowOwner& owner : gone) {
    const core::Count inside = sim_.truth().inside();
    core::Row nothing;
    nothing.owner = owner;
    nothing.office.emplace();
    (void)sim_.truth().settle(owner, &nothing);
    adopted(inside);
  }
}

bool Settlement::is_anywhere(core::Incarnation row, core::Version version) const {
  return std::ranges::any_of(sim_.machines(), [=](const Machine& machine) {
    if (!machine.in_use || machine.incarnation() == row) return false;
    if (machine.up()) {
      const core::RowCopy* copy = machine.exchange().ledger().find(row);
      return copy != nullptr && copy->row.version >= version;
    }
    return std::ranges::any_of(machine.disk.stable().learned, [=](const core::RowCopy& copy) {
      return copy.row.owner.incarnation == row && copy.row.version >= version;
    });
  });
}

// Once the office has the last row of a gate that leaves, it has everybody freeze the row as they
// know it; with the office's store, or the copy of it that was told, the last row may be gone.
bool Settlement::was_lost_with_office(const Truth::Entry& last) const {
  if (is_anywhere(last.owner.incarnation, last.version)) return false;
  const bool store_lost = std::ranges::any_of(
      sim_.truth().entries(),
      [](const Truth::Entry& entry) { return entry.dead && entry.owner.gate.is_office(); });
  const bool copy_gone = std::ranges::any_of(sim_.machines(), [](const Machine& machine) {
    return !machine.in_use && machine.name.is_office();
  });
  return store_lost || copy_gone;
}

// What its gate wrote since is part of it again.
void Settlement::reopened(core::Incarnation row) {
  closed_.erase(row);
  retired_.erase(row);
  Machine* machine = owner(row);
  if (machine == nullptr || !machine->late) return;
  const core::Row late = *std::exchange(machine->late, std::nullopt);
  sim_.log(machine->name.text() + " writes a row that is open again");
  sim_.street().add_listed(*machine, sim_.truth().revert(late));
}

std::map<core::Incarnation, core::Row> Settlement::unsaved() const {
  std::map<core::Incarnation, core::Row> rows;
  for (const Machine& machine : sim_.machines()) {
    if (!machine.gate || machine.shadow || machine.late) continue;
    const core::Row& own = machine.exchange().journal().own();
    const auto& stable = machine.disk.stable().own;
    if (!stable || stable->version < own.version) rows.emplace(machine.incarnation(), own);
  }
  return rows;
}

// The number had these cars as they were, counted or not: what a program forgets of them afterwards
// is as good as listed when the number was given.
void Settlement::forget(Given& given, const core::Row& stable) {
  const auto unsaved = given.unsaved.extract(stable.owner.incarnation);
  if (unsaved.empty()) return;
  const auto lost = [](core::Count then, core::Count now) {
    return std::max<core::Count>(0, then - now);
  };
  const core::Row& then = unsaved.mapped();
  const core::Count left = lost(then.left, stable.left);
  given.left -= left;
  given.listed +=
      left - lost(then.entered, stable.entered) - lost(then.unadmitted, stable.unadmitted);
}

void Settlement::fell_back(const core::Row& stable) {
  for (Given& given : given_ | std::views::values) forget(given, stable);
  for (Written& written : written_)
    if (written.given) forget(*written.given, stable);
}

}  // namespace parking::sim
