#include "tests/exhaustive/views.hpp"

#include <cassert>

namespace parking::exhaustive {
namespace {

// What a row has beyond the version at which it was retired counts with no gate; it has happened
// all the same.
core::Row without_retirements(core::Row office) {
  office.office->retired.clear();
  return office;
}

}  // namespace

std::size_t ViewKeyHash::operator()(const ViewKey& key) const {
  std::size_t hash = key.own;
  const auto mix = [&hash](std::size_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29U;
  };
  for (const RowId row : key.held) mix(row);
  mix(key.frozen * 2U + (key.collects ? 1U : 0U));
  return hash;
}

std::size_t Views::OfferHash::operator()(const Offer& offer) const {
  return (ViewKeyHash{}(offer.key) ^ offer.copy) * 0xD6E8FEB86659FD93ULL;
}

core::Ledger Views::ledger(const ViewKey& key) const {
  core::Ledger ledger;
  if (key.collects) ledger.collect_frozen();
  if (key.own != 0) ledger.set_own(rows_[key.own]);
  // Offices last: what they say of a retired row binds the copies that come after.
  for (const bool offices : {false, true})
    for (const RowId id : key.held) {
      if (id == 0 || rows_[id].version == 0 || rows_[id].office.has_value() != offices) continue;
      ledger.merge({key.own == 0 && offices ? without_retirements(rows_[id]) : rows_[id], {}});
    }
  for (std::size_t slot = 0; slot < max_slots; ++slot)
    if (has(key.frozen, slot)) ledger.freeze(incarnation_of(slot));
  return ledger;
}

const View& Views::of(const ViewKey& key) {
  const auto [entry, is_new] = views_.try_emplace(key);
  View& view = entry->second;
  if (!is_new) return view;
  const core::Ledger ledger = this->ledger(key);
  view.mentioned = bits_of(ledger.mentioned());
  view.offices = bits_of(ledger.offices());
  view.totals = ledger.totals();
  for (std::size_t slot = 0; slot < max_slots; ++slot) {
    const core::Incarnation row = incarnation_of(slot);
    view.permits[slot] = ledger.permits(row);
    if (ledger.is_frozen(row)) view.frozen |= bit(slot);
    if (ledger.is_closed(row)) view.closed |= bit(slot);
    if (ledger.is_final(row)) view.final_rows |= bit(slot);
    if (const auto version = ledger.retired_at(row)) {
      view.retired |= bit(slot);
      view.retired_at[slot] = *version;
    }
  }
  return view;
}

core::Merge Views::offer(const ViewKey& key, RowId copy) {
  const auto [entry, is_new] = offers_.try_emplace({key, copy});
  if (is_new) entry->second = ledger(key).merge({rows_[copy], {}});
  return entry->second;
}

}  // namespace parking::exhaustive
