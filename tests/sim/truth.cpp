#include "tests/sim/truth.hpp"

#include <algorithm>

namespace parking::sim {
namespace {

core::Count pending_of(const RowChange& c) {
  return c.admitted - c.entered - c.backed_out;
}

bool shrinks(const RowChange& c) {
  return c.admitted < 0 || c.entered < 0 || c.backed_out < 0 || c.unadmitted < 0 || c.left < 0;
}

/// What a row says of its own permits, but for an office's part.
core::Count own_balance(const core::Row& row) {
  core::Count balance = row.left + row.backed_out - row.admitted - row.unadmitted;
  for (const auto& [to, count] : row.given) balance -= count;
  if (!row.office) return balance;
  balance += row.office->capacity - row.office->corrected;
  for (const auto& [closed, count] : row.office->reclaimed) balance += count;
  return balance;
}

RowChange counters_of(const core::Row& row) {
  return {row.admitted, row.entered, row.backed_out, row.unadmitted, row.left};
}

}  // namespace

RowChange difference(const RowChange& now, const RowChange& before) {
  return {now.admitted - before.admitted, now.entered - before.entered,
          now.backed_out - before.backed_out, now.unadmitted - before.unadmitted,
          now.left - before.left};
}

RowChange difference(const core::Row& now, const core::Row& before) {
  return difference(counters_of(now), counters_of(before));
}

std::uint32_t Truth::index_of(core::Incarnation row) {
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (entries_[i].owner.incarnation == row) return static_cast<std::uint32_t>(i);
  Entry entry;
  entry.owner.incarnation = row;
  entries_.push_back(std::move(entry));
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

const Truth::Entry* Truth::find(core::Incarnation row) const {
  const auto found = std::ranges::find_if(
      entries_, [row](const Entry& entry) { return entry.owner.incarnation == row; });
  return found == entries_.end() ? nullptr : &*found;
}

std::optional<std::string> Truth::observe(const core::Row& row, RowChange& change) {
  const std::uint32_t self = index_of(row.owner.incarnation);
  const core::Version before = entries_[self].version;
  const core::Count corrected = entries_[self].corrected;
  const std::vector<std::pair<std::uint32_t, core::Count>> gave = entries_[self].given;
  taken_over_ = 0;
  replace(entries_[self], row, change);
  Entry& after = entries_[self];
  owe(after,
      change.unadmitted + std::max<core::Count>(0, after.corrected - corrected) + taken_over_);
  spender_.reset();
  if (change.admitted > 0 || after.given != gave) spender_ = self;
  if (after.dead) return "a row was written after its store had ended";
  if (after.version != before + 1) return "a row's version did not rise by one";
  if (shrinks(change)) return "a row's counter fell";
  for (std::size_t i = 0; i < gave.size(); ++i)
    if (after.given[i].second < gave[i].second) return "a gift was taken back";
  return std::nullopt;
}

RowChange Truth::revert(const core::Row& row) {
  RowChange change;
  replace(entries_[index_of(row.owner.incarnation)], row, change);
  // A gift that never happened: the row's own list has no such entry either.
  std::erase_if(entries_[index_of(row.owner.incarnation)].given,
                [](const auto& gift) { return gift.second == 0; });
  // A permit that had paid a debt may be gone again; at most what was ever owed is owed now.
  spender_.reset();
  for (Entry& entry : entries_)
    owe(entry, entry.counters.unadmitted + std::max<core::Count>(0, entry.corrected) + entry.ended);
  return change;
}

RowChange Truth::settle(const core::RowOwner& owner, const core::Row* copy) {
  core::Row row;
  row.owner = owner;
  if (copy != nullptr) row = *copy;
  const std::vector<std::pair<std::uint32_t, core::Count>> gave =
      entries_[index_of(owner.incarnation)].given;
  const RowChange change = revert(row);
  for (const auto& [to, count] : gave) {
    const auto known = row.given.find(entries_[to].owner.incarnation);
    const core::Count left = known == row.given.end() ? 0 : known->second;
    entries_[to].forgotten += std::max<core::Count>(0, count - left);
  }
  return change;
}

void Truth::replace(Entry& entry, const core::Row& row, RowChange& change) {
  entry.owner = row.owner;
  entry.version = row.version;
  entry.tag = row.tag;
  entry.final_row = row.final_row;
  change = difference(counters_of(row), entry.counters);
  entry.counters = counters_of(row);
  const core::Count pending = pending_of(change);
  const core::Count own = change.left + change.backed_out - change.admitted - change.unadmitted;
  entry.permits += own;
  permits_ += own;
  (entry.closed ? inside_ : pending_) += pending;
  inside_ += change.entered + change.unadmitted - change.left;
  set_given(entry, row);  // it may move the entries
  if (row.office) set_office(index_of(row.owner.incarnation), row);
}

void Truth::set_office(std::uint32_t self, const core::Row& row) {
  Entry& entry = entries_[self];
  const core::Count capacity = row.office->capacity - entry.capacity;
  const core::Count corrected = row.office->corrected - entry.corrected;
  entry.capacity += capacity;
  entry.corrected += corrected;
  capacity_ += capacity;
  inside_ += corrected;
  entry.permits += capacity - corrected;
  permits_ += capacity - corrected;
  for (const auto& [closed, permits] : row.office->reclaimed) set_reclaimed(self, closed, permits);
  // Only a crash takes a closing back.
  if (row.office->reclaimed.size() == entries_[self].reclaimed.size()) return;
  std::erase_if(entries_[self].reclaimed, [&](const auto& one) {
    Entry& from = entries_[one.first];
    if (row.office->reclaimed.contains(from.owner.incarnation)) return false;
    entries_[self].permits -= one.second;
    from.permits += one.second;
    set_closed(from, false);
    return true;
  });
}

void Truth::set_reclaimed(std::uint32_t self, core::Incarnation row, core::Count permits) {
  const std::uint32_t from = index_of(row);
  auto& all = entries_[self].reclaimed;
  auto known = std::ranges::find(all, from, [](const auto& entry) { return entry.first; });
  if (known == all.end()) known = all.insert(all.end(), {from, 0});
  const core::Count more = permits - known->second;
  known->second = permits;
  taken_over_ += std::max<core::Count>(0, -more);
  entries_[self].permits += more;
  entries_[from].permits -= more;
  set_closed(entries_[from], true);
}

void Truth::set_closed(Entry& entry, bool closed) {
  if (std::exchange(entry.closed, closed) == closed) return;
  const core::Count pending = pending_of(entry.counters);
  pending_ += closed ? -pending : pending;
  inside_ += closed ? pending : -pending;
}

void Truth::set_given(Entry& from, const core::Row& row) {
  const std::uint32_t self = index_of(row.owner.incarnation);
  (void)from;
  std::size_t known = 0;
  for (auto& [to, count] : entries_[self].given) {
    const auto now = row.given.find(entries_[to].owner.incarnation);
    known += now == row.given.end() ? 0 : 1;
    const core::Count more = (now == row.given.end() ? 0 : now->second) - count;
    count += more;
    entries_[to].permits += more;
    entries_[self].permits -= more;
  }
  // A row that is settled on another history may lack a gift that the one before had.
  if (known == row.given.size()) return;
  for (const auto& [receiver, count] : row.given) {
    const std::uint32_t to = index_of(receiver);
    auto& given = entries_[self].given;
    if (std::ranges::any_of(given, [to](const auto& gift) { return gift.first == to; })) continue;
    given.emplace_back(to, count);
    entries_[to].permits += count;
    entries_[self].permits -= count;
  }
}

core::Count Truth::closed_pending() const {
  core::Count sum = 0;
  for (const Entry& entry : entries_)
    if (entry.closed) sum += pending_of(entry.counters);
  return sum;
}

bool Truth::has_second_gifts() const {
  return std::ranges::any_of(entries_,
                             [](const Entry& entry) { return !entry.unknowable.empty(); });
}

void Truth::bury(core::Incarnation row) {
  entries_[index_of(row)].dead = true;
}

core::Count Truth::Entry::permits_at_most() const {
  core::Count sum = permits + forgotten;
  for (const SecondGift& gift : unknowable) sum += gift.still;
  return sum;
}

core::Count Truth::Entry::known_debt() const {
  const core::Count below = std::max<core::Count>(0, -permits);
  return unknowable.empty() ? below : std::min(below, debt);
}

// What was paid back is owed no longer.
void Truth::owe(Entry& entry, core::Count more) {
  entry.debt = std::clamp<core::Count>(-entry.permits_at_most(), 0, entry.debt + more);
}

// Its owner sees at most `permits_at_most`: a gift is durable before anybody hears of it. So
//   rule 1, 4: a row that has just spent or given has permits_at_most >= 0;
//   rule 5:    permits_at_most falls below 0 by cars that crossed without a permit, and by what an
//              office takes upon itself (recount, closed rows), and by nothing else;
//   rule 6:    whatever comes in afterwards pays that first, and allows nothing any more.
std::optional<std::string> Truth::objection_to(Entry& entry) {
  if (entry.closed) return std::nullopt;
  const core::Count permits = entry.permits_at_most();
  entry.debt = std::min(entry.debt, std::max<core::Count>(0, -permits));
  const bool has_spent = spender_ && &entry == &entries_[*spender_];
  if (permits + (has_spent ? 0 : entry.debt) >= 0) return std::nullopt;
  return "gate " + entry.owner.gate.text() +
         " spent or gave a permit that it did not have: " + std::to_string(permits) +
         " at version " + std::to_string(entry.version) + ", of which it owes " +
         std::to_string(entry.debt);
}

std::optional<std::string> Truth::objection() {
  if (permits_ != capacity_ - inside_ - pending_)
    return "the sum of permits is not capacity - inside - pending";
  core::Count sum = 0;
  for (Entry& entry : entries_) {
    sum += entry.permits;
    if (auto broken = objection_to(entry)) return broken;
  }
  if (sum != permits_) return "gifts do not add up";
  return std::nullopt;
}

bool Truth::closed_by_the_dead(const Entry& entry) const {
  return std::ranges::any_of(entries_, [&](const Entry& office) {
    return office.dead && std::ranges::any_of(office.reclaimed, [&](const auto& one) {
             return &entries_[one.first] == &entry;
           });
  });
}

core::Count Truth::reclaimed_from(const Entry& entry) const {
  core::Count sum = 0;
  for (const Entry& office : entries_)
    for (const auto& [closed, count] : office.reclaimed)
      if (&entries_[closed] == &entry) sum += count;
  return sum;
}

std::optional<std::string> Truth::observe_second(const core::Row& now, const core::Row& before) {
  core::Count given = 0;
  for (const auto& [to, count] : now.given) {
    const auto known = before.given.find(to);
    const core::Count more = count - (known == before.given.end() ? 0 : known->second);
    given += more;
    if (more == 0) continue;
    auto& unknowable = entries_[index_of(to)].unknowable;
    auto gift = std::ranges::find(unknowable, now.owner.incarnation, &Entry::SecondGift::from);
    if (gift == unknowable.end()) gift = unknowable.insert(gift, {.from = now.owner.incarnation});
    gift->ever += more;
    gift->still = gift->ever;
  }
  if (now.admitted == before.admitted && given == 0) return std::nullopt;
  const Entry& entry = entries_[index_of(now.owner.incarnation)];
  core::Count others = entry.permits_at_most();  // without what the true history says of itself
  const RowChange& c = entry.counters;
  others -= c.left + c.backed_out - c.admitted - c.unadmitted;
  others -= entry.capacity - entry.corrected;
  for (const auto& [to, count] : entry.given) others += count;
  for (const auto& [closed, count] : entry.reclaimed) others -= count;
  others += reclaimed_from(entry);  // a store that slept through its closing has them still
  const core::Count permits = others + own_balance(now);
  if (permits >= 0) return std::nullopt;
  return "a second history of gate " + now.owner.gate.text() +
         " spent or gave permits that were never in its store: " + std::to_string(permits);
}

void Truth::settle_unknowable(core::Incarnation receiver, const core::Row& known) {
  const std::uint32_t self = index_of(receiver);
  const Entry* donor = find(known.owner.incarnation);
  Entry& entry = entries_[self];
  for (Entry::SecondGift& gift : entry.unknowable) {
    if (gift.from != known.owner.incarnation) continue;
    const auto told = known.given.find(receiver);
    core::Count held = told == known.given.end() ? 0 : told->second;
    if (donor != nullptr)
      for (const auto& [to, truly] : donor->given) held -= to == self ? truly : 0;
    const core::Count before = gift.still;
    gift.still = std::clamp<core::Count>(held, 0, gift.ever);
    const core::Count ended = std::max<core::Count>(0, before - gift.still);
    entry.ended += ended;
    owe(entry, ended);
  }
}

core::Count Truth::debt() const {
  core::Count sum = 0;
  for (const Entry& entry : entries_) sum += std::max<core::Count>(0, -entry.permits);
  return sum;
}

core::Count Truth::unknowable_debt() const {
  core::Count sum = 0;
  for (const Entry& entry : entries_)
    if (!entry.unknowable.empty()) sum += std::max<core::Count>(0, -entry.permits - entry.debt);
  return sum;
}

}  // namespace parking::sim
