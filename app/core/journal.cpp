#include "app/core/journal.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>
#include <utility>

namespace parking::core {

Journal::Journal(RowOwner owner, const Remembered& remembered, Random random, Instant now)
    : random_(std::move(random)),
      past_tags_(remembered.past_tags.begin(), remembered.past_tags.end()),
      held_(remembered.held),
      learned_since_(now) {
  own_.owner = std::move(owner);
  if (remembered.own) own_ = *remembered.own;
  durable_ = own_;
}

RowMark Journal::durable_mark() const {
  const Row& row = durable();
  return {row.owner.incarnation, row.version, row.tag};
}

Row& Journal::change() {
  assert(!own_.final_row);
  own_changed_ = true;
  return own_;
}

void Journal::set_held(const std::string& lane, Count held) {
  assert(held >= 0);
  own_changed_ = true;
  if (held == 0)
    held_.erase(lane);
  else
    held_[lane] = held;
}

void Journal::note(Event event) {
  next_.events.push_back(std::move(event));
  urgent_ = true;
}

void Journal::remember(const RowCopy& learned) {
  learned_.insert_or_assign(learned.row.owner.incarnation, learned);
}

void Journal::remember_lot(LotId lot) {
  next_.lot = lot;
  urgent_ = true;
}

void Journal::remember_superseded(Incarnation row) {
  next_.superseded.push_back(row);
  urgent_ = true;
}

void Journal::remember_peers(PeerList list) {
  next_.peers = std::move(list);
  urgent_ = true;
}

std::optional<Record> Journal::flush(Instant now) {
  const bool learned_due = !learned_.empty() && now >= next_wake();
  if (!own_changed_ && !urgent_ && !learned_due) {
    if (learned_.empty()) learned_since_ = now;
    return std::nullopt;
  }
  Record record = std::exchange(next_, Record{});
  record.number = ++last_number_;
  for (RowCopy& copy : learned_ | std::views::values) record.learned.push_back(std::move(copy));
  learned_.clear();
  learned_since_ = now;
  if (own_changed_) {
    ++own_.version;
    own_.tag = random_();
    if (past_tags_.size() >= max_past_tags) {
      past_tags_.erase(past_tags_.begin(), past_tags_.begin() + max_past_tags / 2);
      first_tag_version_ += max_past_tags / 2;
    }
    past_tags_.push_back(own_.tag);
    record.own = own_;
    record.held = held_;
    in_flight_.emplace_back(record.number, own_);
  }
  own_changed_ = false;
  urgent_ = false;
  return record;
}

bool Journal::persisted(RecordNumber number) {
  durable_number_ = std::max(durable_number_, number);
  bool advanced = false;
  while (!in_flight_.empty() && in_flight_.front().first <= number) {
    durable_ = std::move(in_flight_.front().second);
    in_flight_.pop_front();
    advanced = true;
  }
  return advanced;
}

bool Journal::is_own_past(const RowMark& mark) const {
  if (mark.version < first_tag_version_) return true;
  const Version index = mark.version - first_tag_version_;
  return index < past_tags_.size() && past_tags_[index] == mark.tag;
}

Instant Journal::next_wake() const {
  return learned_.empty() ? Instant::max() : learned_since_ + learned_delay;
}

}  // namespace parking::core
