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

RowChange counters_of(const core::Row& row) {
  return {row.admitted, row.entered, row.backed_out, row.unadmitted, row.left};
}

RowChange difference(const RowChange& now, const RowChange& before) {
  return {now.admitted - before.admitted, now.entered - before.entered,
          now.backed_out - before.backed_out, now.unadmitted - before.unadmitted,
          now.left - before.left};
}

}  // namespace

RowChange difference(const core::Row& now, const core::Row& before) {
  return difference(counters_of(now), counters_of(before));
}

core::Count given_since(const core::Row& now, const core::Row& before) {
  core::Count more = 0;
  for (const auto& [to, count] : now.given) {
    const auto known = before.given.find(to);
    more += count - (known == before.given.end() ? 0 : known->second);
  }
  return more;
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
  Entry& entry = entries_[index_of(row.owner.incarnation)];
  const core::Version before = entry.version;
  const std::vector<std::pair<std::uint32_t, core::Count>> gave = entry.given;
  replace(entry, row, change);
  const Entry& after = entries_[index_of(row.owner.incarnation)];
  core::Count spent = change.admitted;
  for (std::size_t i = 0; i < after.given.size(); ++i)
    spent += after.given[i].second - (i < gave.size() ? gave[i].second : 0);
  if (spent > 0 && after.permits + change.unadmitted + unknowable_ < 0)
    overspent_ = "a permit was spent or given that was not there: " + row.owner.gate.text();
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
  entries_[self].debts += std::max<core::Count>(0, corrected);
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
  entries_[self].permits += more;
  entries_[self].debts += std::max<core::Count>(0, -more);
  entries_[from].permits -= more;
  set_closed(entries_[from], true);
}

void Truth::set_closed(Entry& entry, bool closed) {
  if (std::exchange(entry.closed, closed) == closed) return;
  const core::Count pending = pending_of(entry.counters);
  pending_ += closed ? -pending : pending;
  inside_ += closed ? pending : -pending;
}

RowChange Truth::settle(const core::RowOwner& owner, const core::Row* copy) {
  core::Row none;
  none.owner = owner;
  RowChange change;
  replace(entries_[index_of(owner.incarnation)], copy != nullptr ? *copy : none, change);
  return change;
}

core::Count Truth::given(const Entry& entry) {
  core::Count sum = 0;
  for (const auto& [to, count] : entry.given) sum += count;
  return sum;
}

core::Count Truth::office_debt() const {
  core::Count debt = 0;
  for (const Entry& entry : entries_)
    if (entry.owner.gate.is_office() && !entry.closed)
      debt += std::max<core::Count>(0, -entry.permits);
  return debt;
}

void Truth::set_given(Entry& from, const core::Row& row) {
  const std::uint32_t self = index_of(row.owner.incarnation);
  (void)from;
  for (auto& [to, count] : entries_[self].given) {
    const auto now = row.given.find(entries_[to].owner.incarnation);
    const core::Count more = (now == row.given.end() ? 0 : now->second) - count;
    count += more;
    entries_[to].permits += more;
    entries_[self].permits -= more;
  }
  if (row.given.size() <= entries_[self].given.size()) return;
  for (const auto& [receiver, count] : row.given) {
    const std::uint32_t to = index_of(receiver);
    auto& given = entries_[self].given;
    if (std::ranges::any_of(given, [to](const auto& gift) { return gift.first == to; })) continue;
    given.emplace_back(to, count);
    entries_[to].permits += count;
    entries_[self].permits -= count;
  }
}

void Truth::bury(core::Incarnation row) {
  entries_[index_of(row)].dead = true;
}

std::optional<std::string> Truth::objection() const {
  if (overspent_) return overspent_;
  if (permits_ != capacity_ - inside_ - pending_)
    return "the sum of permits is not capacity - inside - pending";
  core::Count sum = 0;
  for (const Entry& entry : entries_) {
    sum += entry.permits;
    const core::Count debt = entry.counters.unadmitted + entry.debts;
    if (!entry.closed && entry.permits + debt + unknowable_ < 0)
      return "gate " + entry.owner.gate.text() +
             " spent or gave a permit that it did not have: " + std::to_string(entry.permits) +
             " at version " + std::to_string(entry.version);
  }
  if (sum != permits_) return "gifts do not add up";
  return std::nullopt;
}

}  // namespace parking::sim
