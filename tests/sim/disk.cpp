#include "tests/sim/disk.hpp"

#include <algorithm>
#include <ranges>

#include "tests/support/remembered.hpp"

namespace parking::sim {

using test_support::apply;
using test_support::difference;

void Disk::object(const std::string& text) {
  if (objection_.empty()) objection_ = text;
}

void Disk::renew(core::Incarnation incarnation) {
  stable_ = {};
  stable_.incarnation = incarnation;
  waiting_.clear();
  in_commit_ = 0;
  committing_ = false;
  state = State::sound;
  if (real_) object(real_->make(incarnation));
}

void Disk::put_back(const StoreCopy& old) {
  stable_ = old.remembered;
  if (!real_) return;
  object(real_->put_back(old.files));
  object(difference(stable_, real_->found()));
}

StoreCopy Disk::copy() {
  if (!real_) return {.remembered = stable_, .files = {}};
  StoreCopy copy{.remembered = {}, .files = real_->durable_files()};
  RealStore reader(0);
  object(reader.put_back(copy.files));
  copy.remembered = reader.found();
  return copy;
}

void Disk::compare() {
  if (real_ && state == State::sound) object(difference(stable_, copy().remembered));
}

bool Disk::may_have(const core::RowMark& mark) const {
  if (mark.version <= stable_.past_tags.size() && stable_.past_tags[mark.version - 1] == mark.tag)
    return true;
  return state == State::failed && std::ranges::any_of(batch(), [&](const core::Record& record) {
           return record.own && record.own->version == mark.version && record.own->tag == mark.tag;
         });
}

const core::Row* Disk::newest() const {
  for (const core::Record& record : waiting_ | std::views::reverse)
    if (record.own) return &*record.own;
  return stable_.own ? &*stable_.own : nullptr;
}

void Disk::begin_commit() {
  committing_ = true;
  in_commit_ = waiting_.size();
}

core::RecordNumber Disk::apply_batch() {
  core::RecordNumber last = 0;
  for (const core::Record& record : batch()) {
    last = record.number;
    apply(record, stable_);
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(in_commit_));
  in_commit_ = 0;
  committing_ = false;
  return last;
}

core::RecordNumber Disk::commit() {
  if (real_ && real_->write(batch()) != RealStore::Done::yes)
    object("a sound disk did not take a commit");
  return apply_batch();
}

std::optional<core::RecordNumber> Disk::commit_without_room() {
  // A log that was begun anew has room of its own.
  const auto done = real_ ? real_->write_without_room(batch()) : RealStore::Done::full;
  if (done == RealStore::Done::yes) return apply_batch();
  if (done == RealStore::Done::failed) object("a full disk failed");
  put_off();
  return std::nullopt;
}

void Disk::fail_commit(bool reached) {
  fails_next = false;
  state = State::failed;
  if (!real_) {
    if (reached) (void)apply_batch();
  } else if (real_->write_with_failing_sync(batch()) != RealStore::Done::failed) {
    object("a failed sync was not noticed");
  }
}

void Disk::crash(bool reached) {
  if (real_) {
    object(real_->crash(committing_ ? batch() : std::span<const core::Record>()));
    adopt(real_->found());
  } else if (committing_ && reached) {
    (void)apply_batch();
  }
  waiting_.clear();
  in_commit_ = 0;
  committing_ = false;
  fails_next = false;
  state = State::sound;  // the machine was switched off and on; a full disk says so again
}

void Disk::adopt(const core::Remembered& found) {
  const std::string without = difference(stable_, found);
  if (committing_ && !without.empty()) (void)apply_batch();
  if (!without.empty()) object(difference(stable_, found));
  stable_ = found;
}

void Disk::tear() {
  if (real_) object(real_->tear());
}

}  // namespace parking::sim
