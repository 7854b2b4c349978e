#include "tests/sim/settlement.hpp"

#include <algorithm>
#include <ranges>
#include <string>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

core::Count crossed_in(const core::Row& row) {
  return row.entered + row.unadmitted - row.left;
}

/// What is pending in a closed row has come in, as far as anybody can know.
core::Count inside_by(const core::Row& row, bool closed) {
  return crossed_in(row) + (closed ? row.pending() : 0);
}

/// An office before has retired it, and had asked everybody then: what its gate brings later raises
/// the version, and nobody is asked again.
bool was_retired_before(const core::Exchange& office, core::Incarnation row) {
  return std::ranges::any_of(office.ledger().offices(), [&](core::Incarnation before) {
    const core::RowCopy* copy =
        before == office.self().incarnation ? nullptr : office.ledger().find(before);
    return copy != nullptr && copy->row.office && copy->row.office->retired.contains(row);
  });
}

}  // namespace

core::Count Settlement::left_ever() const {
  core::Count left = 0;
  for (const Truth::Entry& entry : sim_.truth().entries()) left += entry.counters.left;
  return left;
}

core::Count Settlement::unadmitted_ever() const {
  core::Count unadmitted = 0;
  for (const Truth::Entry& entry : sim_.truth().entries()) unadmitted += entry.counters.unadmitted;
  return unadmitted;
}

// A store that was copied or put back counts for nobody, and yet the office may hear of it.
bool Settlement::is_knowable() const {
  return std::ranges::none_of(sim_.machines(), [this](const Machine& machine) {
    return machine.in_use && (machine.shadow || machine.index > sim_.plan().gates.size());
  });
}

// The original, which the office did not reach, was never asked to hold its entries, and lets cars
// in after the number. What it wrote meets what the copy wrote only when it is reached again.
bool Settlement::a_copy_held_for_its_original() const {
  return std::ranges::any_of(sim_.machines(), [this](const Machine& machine) {
    return machine.in_use && std::ranges::any_of(machine.own_rows, [&](core::Incarnation store) {
             return answers_.recounted_by_another(machine.index, store);
           });
  });
}

void Settlement::begun() {
  answers_.recount_begins();
  unadmitted_at_begin_ = unadmitted_ever();
}

core::Count Settlement::number() const {
  return sim_.street().inside() + sim_.street().in_lanes();
}

// The operator sees the cars, and not whether a program that has stopped had their exits on its
// disk: what it misses of those before the number is as good as listed.
std::string Settlement::reason_of(std::uint64_t number) {
  return "number " + std::to_string(number);
}

void Settlement::given(std::uint64_t number) {
  const Street& street = sim_.street();
  given_[number] = {.listed = street.listed_of_ended() + street.missed_by_stopped(),
                    .left = left_ever(),
                    .held_lost = street.held_passed_lost(),
                    .maybe = street.in_lanes() + street.uncounted_followers(),
                    .excuses = street.excuses_in_progress(),
                    .knowable = is_knowable(),
                    .unsaved = unsaved()};
}

void Settlement::importing(core::Incarnation row, core::Version version, bool older) {
  imported_ = row;
  image_version_ = version;
  older_image_ = older;
}

std::optional<Settlement::Given> Settlement::take_given(const core::Record& record) {
  for (const core::Event& event : record.events)
    for (auto given = given_.begin(); given != given_.end(); ++given)
      if (event.kind == "recounted" && event.text.ends_with(": " + reason_of(given->first)))
        return given_.extract(given).mapped();
  return std::nullopt;
}

void Settlement::recorded(const core::Record& record) {
  if (record.own && record.own->office) check_frozen(*record.own->office);
  if (std::ranges::any_of(record.events,
                          [](const core::Event& event) { return event.kind == "recounted"; }))
    written_.push_back({record.number, record.own ? record.own->version : 0, take_given(record),
                        sim_.machine(office_machine).exchange().ledger().frozen()});
}

void Settlement::not_durable() {
  for (Written& written : written_)
    if (written.given) written.given->knowable = false;
}

void Settlement::durable(core::RecordNumber number) {
  const Machine& office = sim_.machine(office_machine);
  const auto& own = office.disk.stable().own;
  if (!own || !own->office) return;
  heard_ = {own->owner.incarnation, own->office->corrected};
  const bool by_recount = !written_.empty() && written_.front().record <= number;
  std::set<core::Incarnation> now;
  for (const core::Incarnation row : own->office->reclaimed | std::views::keys)
    if (!closed_.contains(row)) now.insert(row);
  if (now.empty() && !by_recount) return;
  const core::Count listed = sim_.street().listed_of_ended();
  const core::Count left = left_ever();
  const core::Count unadmitted = unadmitted_ever();
  for (const core::Incarnation row : now) closed(row, by_recount);
  closed_.insert(now.begin(), now.end());
  if (!by_recount) return;
  // Of two that became durable at once the later one holds.
  Written last;
  for (; !written_.empty() && written_.front().record <= number; written_.pop_front())
    last = written_.front();
  bury_the_dead();
  for (const core::Incarnation row : now) check_emptied(row);
  if (last.given) {
    // The number had the cars of admissions that were held then and have ended with a store since.
    last.given->listed =
        listed - last.given->listed + sim_.street().held_passed_lost() - last.given->held_lost;
    last.given->maybe += std::max<core::Count>(0, left - last.given->left) +
                         std::max<core::Count>(0, unadmitted - unadmitted_at_begin_);
  }
  recounted(last);
}

void Settlement::office_started() {
  const auto& own = sim_.machine(office_machine).disk.stable().own;
  while (!written_.empty() && (!own || written_.back().version > own->version)) written_.pop_back();
  if (!written_.empty()) durable(written_.back().record);
}

Machine* Settlement::owner(core::Incarnation row) {
  for (Machine& machine : sim_.machines())
    if (machine.in_use && machine.incarnation() == row && !machine.shadow) return &machine;
  return nullptr;
}

void Settlement::closed(core::Incarnation row, bool by_recount) {
  const core::Ledger& ledger = sim_.machine(office_machine).exchange().ledger();
  const core::RowCopy* known = ledger.find(row);
  const core::Row* copy = known != nullptr ? &known->row : nullptr;
  check_ended(row, copy, by_recount);
  check_highest(row, copy != nullptr ? copy->version : 0);
  settle(row, copy);
  if (copy != nullptr && !by_recount) settled_ += copy->pending();
  if (Machine* machine = owner(row)) {
    core::Row last;
    last.owner = {machine->name, row};
    if (machine->up())
      last = machine->exchange().journal().own();
    else if (machine->disk.stable().own)
      last = *machine->disk.stable().own;
    (doubtful_.contains(row) ? machine->shadow : machine->late) = last;
  }
}

// Looked at once every row that ended is as the office has it: they may have given to each other.
void Settlement::check_emptied(core::Incarnation row) {
  const Truth::Entry* truth = sim_.truth().find(row);
  if (truth != nullptr && truth->permits != 0 && !sim_.truth().has_second_gifts())
    sim_.violate("a closed row has permits",
                 truth->owner.gate.text() + ": " + std::to_string(truth->permits));
}

// Ledger rules 10 and 11: only what nobody writes any more is closed.
void Settlement::check_ended(core::Incarnation row, const core::Row* copy, bool by_recount) {
  const Truth::Entry* truth = sim_.truth().find(row);
  if (truth == nullptr || truth->dead || doubtful_.contains(row)) return;
  const core::Version version = copy != nullptr ? copy->version : 0;
  const std::string whose = truth->owner.gate.text() + ", closed at version " +
                            std::to_string(version) + " of " + std::to_string(truth->version);
  // A refused image's gate may come back and close its row by saying its last.
  if (imported_ == row && !by_recount && (copy == nullptr || !copy->final_row)) {
    // An old image may be taken only when nobody knows better, and then it holds as it is.
    if (older_image_ && version != image_version_)
      sim_.violate("an old image was imported",
                   whose + ", image " + std::to_string(image_version_));
    if (older_image_ && version < truth->version) ++sim_.outcome().unknowable_images;
    // When everything is mended the machine may be switched on in the middle of it.
    const Machine* machine = owner(row);
    const bool off = machine != nullptr && machine->kept_off;
    if (off && !older_image_ && version != truth->version)
      sim_.violate("an import was not exact", whose);
    return;
  }
  if (vouched_.contains(row)) return;
  if (owner(row) == nullptr) return;
  if (!truth->final_row)
    sim_.violate("a live row was closed", whose);
  else if (version != truth->version && !was_lost_with_office(*truth))
    sim_.violate("a last row was missed", whose);
}

// Ledger rule 10: a row is retired when every live gate has frozen it durably.
void Settlement::check_frozen(const core::OfficePart& office) {
  const core::Exchange& exchange = sim_.machine(office_machine).exchange();
  const std::set<core::Incarnation> live = exchange.live_rows();
  for (const core::Incarnation row : office.retired | std::views::keys) {
    if (!retired_.insert(row).second || was_retired_before(exchange, row)) continue;
    for (const Machine& machine : sim_.machines()) {
      if (machine.name.is_office() || machine.shadow || !live.contains(machine.incarnation()))
        continue;
      if (answers_.only_by_another(machine.index, machine.incarnation(), row)) continue;
      const auto& frozen = machine.disk.stable().superseded;
      if (std::ranges::find(frozen, row) == frozen.end())
        sim_.violate("retired without a gate",
                     machine.name.text() + " accepts row " + to_string(row) + " still");
    }
  }
}

// Ledger rule 11: at the highest copy that any live gate has. A machine that was never asked,
// because a copy of its store has answered the office in its place, is none of these: nothing tells
// the two apart until what they write meets.
void Settlement::check_highest(core::Incarnation row, core::Version version) {
  const core::Exchange& office = sim_.machine(office_machine).exchange();
  if (doubtful_.contains(row) || office.has_two_histories(row)) return;
  const std::set<core::Incarnation> live = office.live_rows();
  for (const Machine& machine : sim_.machines()) {
    if (!machine.gate || machine.shadow || !live.contains(machine.incarnation())) continue;
    if (answers_.only_by_another(machine.index, machine.incarnation(), row)) continue;
    const core::Version held = machine.exchange().ledger().mark(row).version;
    if (held > version)
      sim_.violate("a row was closed below a copy that a gate has",
                   office.name_of(row) + ": version " + std::to_string(version) + ", " +
                       machine.name.text() + " has " + std::to_string(held));
  }
}

void Settlement::settle(core::Incarnation row, const core::Row* copy) {
  const Truth::Entry* truth = sim_.truth().find(row);
  if (truth == nullptr && copy == nullptr) return;
  const core::RowOwner owner = truth != nullptr ? truth->owner : copy->owner;
  const RowChange change = sim_.truth().settle(owner, copy);
  for (Machine& machine : sim_.machines())
    if (std::ranges::find(machine.own_rows, row) != machine.own_rows.end()) {
      sim_.street().add_listed(machine, change);
      break;
    }
}

// Ledger rule 11: the number holds, whatever was listed; exits are counted on top.
void Settlement::recounted(const Written& written) {
  const std::optional<Given>& given = written.given;
  Street& street = sim_.street();
  ++recounts_;
  ++sim_.outcome().recounts;
  street.take_held_as_counted();
  const core::Count diff = sim_.truth().inside() - street.inside();
  settled_ = diff - street.listed_of_ended() - street.in_progress() - street.still_to_list();
  // An office before this one may have closed it.
  const core::Ledger& office = sim_.machine(office_machine).exchange().ledger();
  for (const core::Incarnation row : written.stopped)
    if (!closed_.contains(row) && !office.is_closed(row))
      sim_.violate("a recount left a row open",
                   sim_.machine(office_machine).exchange().name_of(row));
  compare_figures();
  if (!given) {
    sim_.violate("a recount without a number", {});
    return;
  }
  if (!given->knowable || !is_knowable() || a_copy_held_for_its_original()) return;
  // Since the number was given: cars that left, and may have been counted before the order came;
  // cars in lanes that were not in after all.
  const core::Count excuses = given->excuses + street.excuses_in_progress();
  const core::Count most = given->maybe + excuses;
  const core::Count off = diff - street.in_progress() - given->listed;
  if (sim_.tracing())
    sim_.log("recounted: off by " + std::to_string(off) + ", between " + std::to_string(-excuses) +
             " and " + std::to_string(most));
  if (off < -excuses || off > most)
    sim_.violate("a recount was wrong", "off by " + std::to_string(off) + ", excused " +
                                            std::to_string(excuses) + ", at most " +
                                            std::to_string(most));
}

core::Count Settlement::settled_on_the_way() const {
  const Machine& office = sim_.machine(office_machine);
  if (office.shadow) return 0;
  const auto corrected = [](const core::Row& row) {
    return row.office ? row.office->corrected : 0;
  };
  if (office.up()) {
    const core::Journal& journal = office.exchange().journal();
    return corrected(journal.own()) - corrected(journal.durable());
  }
  const auto& own = office.disk.stable().own;
  if (!own) return 0;
  return corrected(*own) - (heard_.office == own->owner.incarnation ? heard_.corrected : 0);
}

// What the office says, and what the rows say to somebody who has all of them.
void Settlement::compare_figures() {
  const Machine& office = sim_.machine(office_machine);
  if (!office.up() || !is_knowable()) return;
  const core::Ledger& ledger = office.exchange().ledger();
  core::Count unheard = 0;
  std::string where;
  for (const Truth::Entry& entry : sim_.truth().entries()) {
    const RowChange& c = entry.counters;
    const core::Count pending = c.admitted - c.entered - c.backed_out;
    core::Count of_row = c.entered + c.unadmitted - c.left + (entry.closed ? pending : 0);
    if (const core::RowCopy* copy = ledger.find(entry.owner.incarnation))
      of_row -= inside_by(copy->row, ledger.is_closed(entry.owner.incarnation));
    if (of_row != 0) where += " " + entry.owner.gate.text() + ":" + std::to_string(of_row);
    unheard += of_row;
  }
  const core::Count inside = ledger.totals().inside;
  if (inside + unheard != sim_.truth().inside())
    sim_.violate("the office's figures are not those of the rows",
                 std::to_string(inside) + " inside and " + std::to_string(unheard) +
                     " unheard of (" + where + " ), not " + std::to_string(sim_.truth().inside()));
}

// Once everything is mended the office has each row as it is: nothing is unheard of any more.
void Settlement::check_heard() {
  if (!is_knowable()) return;
  const core::Ledger& ledger = sim_.machine(office_machine).exchange().ledger();
  for (const Truth::Entry& entry : sim_.truth().entries()) {
    const core::RowMark held = ledger.mark(entry.owner.incarnation);
    if (held.version != entry.version || held.tag != entry.tag)
      sim_.violate("the office has not heard of a row",
                   entry.owner.gate.text() + ": version " + std::to_string(held.version) +
                       ", not " + std::to_string(entry.version));
  }
}

void Settlement::bury_the_dead() {
  forget_offices();
  const core::Ledger& ledger = sim_.machine(office_machine).exchange().ledger();
  std::vector<core::Incarnation> dead;
  for (const Truth::Entry& entry : sim_.truth().entries())
    if (entry.dead && (!entry.closed || sim_.truth().closed_by_the_dead(entry)))
      dead.push_back(entry.owner.incarnation);
  for (const core::Incarnation row : dead) {
    const core::RowCopy* copy = ledger.find(row);
    const core::Count closed_pending = sim_.truth().closed_pending();
    settle(row, copy != nullptr ? &copy->row : nullptr);
    // What is pending in a closed row counts as inside already.
    settled_ += sim_.truth().closed_pending() - closed_pending;
  }
}

}  // namespace parking::sim
