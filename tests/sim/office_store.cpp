#include "tests/sim/office_store.hpp"

#include <algorithm>
#include <ranges>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

constexpr Time look_every = us_per_s / 2;

bool holds(const std::vector<core::Incarnation>& rows, core::Incarnation row) {
  return std::ranges::find(rows, row) != rows.end();
}

}  // namespace

// --- what the world tells ----------------------------------------------------------------------

void OfficeStore::struck(const Fault& fault) {
  if (fault.kind != FaultKind::lose_store && fault.kind != FaultKind::restore_store &&
      fault.kind != FaultKind::clone_store)
    return;
  struck_ = true;
  delay_ = static_cast<Time>(fault.value) * us_per_s;
  if (fault.kind == FaultKind::lose_store && delay_ > 0) watch_from(sim_.now() + delay_);
}

// The service is started again and again, with the same store, until somebody looks.
void OfficeStore::ended(Machine& machine) {
  if (machine.index != office_machine) return;
  ended_ = true;
  sim_.agenda().add(sim_.now() + us_per_s, What::restart, machine.index, machine.life);
  if (delay_ > 0) watch_from(sim_.now() + delay_);
}

void OfficeStore::written(Machine& office, const core::Row& own, core::Count created) {
  if (office.index != office_machine) {
    if (lots_.size() > 1 && office.gate && !office.exchange().lot().empty())
      lot_of_[own.owner.incarnation] = office.exchange().lot();
    return;
  }
  const core::LotId lot = office.exchange().lot();
  if (lots_.empty()) commanded_ = sim_.plan().capacity;
  if (lot.value == own.owner.incarnation.value && std::ranges::find(lots_, lot) == lots_.end()) {
    lots_.push_back(lot);
    // Nobody knows an older one any more, nor what was commanded there.
    if (right_lot() == lot) commanded_ = sim_.plan().capacity;
    if (lots_.size() > 1) {
      sim_.log("a second lot is created");
      watch_from(sim_.now() + std::max(delay_, us_per_s));
    }
  }
  if (lots_.size() > 1) lot_of_[own.owner.incarnation] = lot;
  const core::Count capacity = sim_.truth().capacity() - other_lots().capacity;
  if (created > 0 && lot == right_lot() && capacity > commanded_)
    sim_.violate("capacity exists twice", std::to_string(capacity) + " permits were created, " +
                                              std::to_string(commanded_) + " are wanted");
  if (own.office) check_takeover(office, own);
}

/// It is in the lot and has not left it, the new office can know of it, and its card was never
/// copied: of two, one may have answered for both. Who has written its last row, as the office
/// knows, is not live: it lets nobody in and gives nothing, whatever it still accepts.
bool OfficeStore::must_have_frozen(const Machine& machine, const Machine& office) const {
  const core::Remembered& stable = machine.disk.stable();
  const core::Ledger& ledger = office.exchange().ledger();
  if (!machine.in_use || machine.name.is_office() || machine.shadow ||
      stable.lot != office.exchange().lot() || ledger.is_frozen(stable.incarnation))
    return false;
  const bool has_left = stable.own && stable.own->final_row;
  if (has_left && ledger.is_final(stable.incarnation)) return false;
  const bool copied = std::ranges::any_of(sim_.machines(), [&](const Machine& other) {
    return other.index != machine.index && other.name == machine.name;
  });
  return !copied && ledger.mentioned().contains(stable.incarnation);
}

// Ledger rule 8: every live gate has frozen the old office's row before the new one goes on.
void OfficeStore::check_takeover(const Machine& office, const core::Row& own) {
  const core::Ledger& ledger = office.exchange().ledger();
  for (const core::Incarnation row : own.office->retired | std::views::keys) {
    if (!ledger.is_office(row) || holds(retired_, row)) continue;
    retired_.push_back(row);
    for (const Machine& machine : sim_.machines())
      if (must_have_frozen(machine, office) && !holds(machine.disk.stable().superseded, row))
        sim_.violate("taken over without a gate",
                     machine.name.text() + " has not frozen the old office's row");
    adopt_retired(office, row);
  }
}

// What the old office wrote beyond that, nobody has heard of; it never happened. And what a
// restored or copied store of it wrote has, if it was heard of.
void OfficeStore::adopt_retired(const Machine& office, core::Incarnation row) {
  const core::RowCopy* copy = office.exchange().ledger().find(row);
  // A gate that the office does not know of may know more; it will bring it.
  for (const Machine& machine : sim_.machines()) {
    const core::RowCopy* known =
        machine.gate && machine.in_use ? machine.exchange().ledger().find(row) : nullptr;
    if (known != nullptr && (copy == nullptr || known->row.version > copy->row.version))
      copy = known;
  }
  const Truth::Entry* entry = sim_.truth().find(row);
  if (copy == nullptr || entry == nullptr) return;
  if (copy->row.version == entry->version && copy->row.tag == entry->tag) return;
  const core::Count inside = sim_.truth().inside();
  sim_.truth().settle(copy->row.owner, &copy->row);
  sim_.the_operator().settlement().adopted(inside);
  if (const auto broken = sim_.truth().objection())
    sim_.violate("permits after a takeover", *broken);
}

// --- what is true of the lots ------------------------------------------------------------------

/// Somebody has the row with which it began; the name alone helps nobody.
bool OfficeStore::is_alive(core::LotId lot) const {
  const core::Incarnation founder{lot.value};
  return std::ranges::any_of(sim_.machines(), [&](const Machine& machine) {
    if (!machine.in_use) return false;
    if (machine.incarnation() == founder) return true;
    if (machine.up()) return machine.exchange().ledger().find(founder) != nullptr;
    return std::ranges::any_of(machine.disk.stable().learned, [&](const core::RowCopy& copy) {
      return copy.row.owner.incarnation == founder;
    });
  });
}

/// The oldest one that anybody still knows; none after all have lost their stores.
core::LotId OfficeStore::right_lot() const {
  const auto lot =
      std::ranges::find_if(lots_, [this](core::LotId known) { return is_alive(known); });
  return lot == lots_.end() ? core::LotId{} : *lot;
}

OfficeStore::OtherLots OfficeStore::other_lots() const {
  OtherLots others;
  if (lots_.size() < 2) return others;
  const core::LotId right = right_lot();
  for (const Truth::Entry& entry : sim_.truth().entries()) {
    const auto known = lot_of_.find(entry.owner.incarnation);
    if ((known == lot_of_.end() ? lots_.front() : known->second) == right) continue;
    const RowChange& c = entry.counters;
    others.capacity += entry.capacity;
    others.cars += c.admitted - c.backed_out + c.unadmitted - c.left;
    others.debt += entry.known_debt();
  }
  return others;
}

// --- what the operator does --------------------------------------------------------------------

void OfficeStore::set_capacity(core::Count capacity) {
  // After a takeover a raise that only gates out of reach have heard of is there as well, and who
  // looks at the office cannot know it.
  const core::Count known = sim_.machine(office_machine).exchange().ledger().totals().capacity;
  const core::Count there = sim_.truth().capacity() - other_lots().capacity;
  const core::Count unheard = retired_.empty() ? 0 : std::max<core::Count>(0, there - known);
  const core::Count before = std::exchange(commanded_, capacity + unheard);
  Machine& office = sim_.machine(office_machine);
  if (!sim_.command(office, core::SetCapacity{capacity, "simulated"}).empty()) commanded_ = before;
}

void OfficeStore::watch_from(Time at) {
  if (std::exchange(watching_, true)) return;
  sim_.agenda().add(at, What::office_look);
}

void OfficeStore::look_again() {
  watching_ = false;
  if (sim_.healing()) return;  // there somebody looks all the time
  look();
  if (!mended()) watch_from(sim_.now() + look_every);
}

bool OfficeStore::mended() const {
  if (!struck_) return true;
  if (ended_) return false;
  if (contends(sim_.machine(office_machine))) return false;
  const core::LotId right = right_lot();
  return std::ranges::all_of(sim_.machines(), [right](const Machine& machine) {
    return !machine.in_use || machine.disk.stable().lot == right;
  });
}

/// Its alarm says that a gate of another lot has come, and it waits for the operator.
bool OfficeStore::contends(const Machine& office) const {
  return office.office &&
         std::ranges::any_of(lots_, [&](core::LotId lot) { return names(office, lot); });
}

/// The office's alarm says that a gate of that lot wants to register.
bool OfficeStore::names(const Machine& office, core::LotId lot) const {
  const core::Snapshot view = office.office->snapshot(office.local(sim_.now()));
  return std::ranges::any_of(view.alarms, [lot](const core::AlarmView& alarm) {
    return alarm.code == "other_lot" && alarm.text.find(to_string(lot)) != std::string::npos;
  });
}

void OfficeStore::look() {
  if (!struck_) return;
  Machine& office = sim_.machine(office_machine);
  if (ended_) return replace_store(office);
  if (lots_.empty() || !sim_.runs(office)) return;
  const core::LotId right = right_lot();
  const core::LotId lot = office.exchange().lot();
  if (right.empty()) return begin_anew(office);
  if (lot.empty() || lot == right) renew_gates_of_other_lots(right);
  if (lot == right) {
    retire_unknown(office);
    return dismiss_other_lots(office);
  }
  if (!sim_.runs(office) || !names(office, right)) return;
  if (lot.empty())
    take_over(office);
  else
    replace_store(office);
}

// Nobody has a row of any lot: what is left are names.
void OfficeStore::begin_anew(Machine& office) {
  renew_gates_of_other_lots({});
  if (!sim_.runs(office)) return;
  const bool lot_known = std::ranges::any_of(sim_.machines(), [](const Machine& machine) {
    return machine.in_use && !machine.name.is_office() && !machine.disk.stable().lot.empty();
  });
  if (!office.exchange().lot().empty())
    replace_store(office);
  else if (!lot_known)  // otherwise the alarm keeps it from creating a lot
    dismiss_named(office, "the lot is gone");
}

// Such a gate wanted to register once more before it was renewed, and all entries are held for it.
void OfficeStore::dismiss_other_lots(Machine& office) {
  if (!sim_.runs(office) || !contends(office)) return;
  const bool renewed = std::ranges::all_of(sim_.machines(), [&](const Machine& machine) {
    const core::LotId known = machine.disk.stable().lot;
    return !machine.in_use || known.empty() || known == office.exchange().lot();
  });
  if (renewed) dismiss_named(office, "its gates are renewed");
}

// One after another, as the alarm names them.
void OfficeStore::dismiss_named(Machine& office, const std::string& why) {
  for (std::size_t tries = 0; tries < lots_.size(); ++tries)
    for (const core::LotId lot : lots_)
      if (sim_.runs(office) && names(office, lot)) sim_.step(office, core::DismissLot{lot, why});
}

// A store that was given permits and is gone before it wrote a row belongs to nobody whom the new
// office could name; only the operator knows that it runs nowhere.
void OfficeStore::retire_unknown(Machine& office) {
  for (const core::Incarnation row : office.exchange().live_rows()) {
    const Truth::Entry* entry = sim_.truth().find(row);
    const bool unknown = office.exchange().name_of(row) == to_string(row);
    if (entry != nullptr && entry->dead && unknown && sim_.runs(office))
      sim_.step(office, core::Retire{{*core::GateId::parse(to_string(row))}, "runs nowhere"});
  }
}

void OfficeStore::replace_store(Machine& office) {
  ended_ = false;
  sim_.log("the operator moves the office's store away");
  sim_.crash(office, 0);
  sim_.renew_store(office);
  sim_.agenda().add(sim_.now() + 100 * us_per_ms, What::restart, office.index, office.life);
}

void OfficeStore::take_over(Machine& office) {
  sim_.log("the operator takes the lot over");
  const std::string refused = sim_.command(office, core::TakeOver{"simulated"});
  if (!refused.empty()) return sim_.violate("takeover refused", refused);
  if (!sim_.runs(office) || !sim_.rng().permille(300)) return;
  if (sim_.command(office, core::TakeOver{"by a second operator"}).empty())
    sim_.violate("taken over twice", "the second command was accepted");
}

// What their gates have counted is lost with their stores.
void OfficeStore::renew_gates_of_other_lots(core::LotId right) {
  for (Machine& machine : sim_.machines()) {
    if (!machine.gate || !sim_.runs(machine)) continue;
    const core::LotId lot = machine.exchange().lot();
    if (!lot.empty() && lot != right) sim_.step(machine, core::RenewStore{"another lot's"});
  }
}

}  // namespace parking::sim
