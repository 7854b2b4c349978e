#include "tests/sim/disk.hpp"

#include <algorithm>

namespace parking::sim {

void apply(const core::Record& record, core::Remembered& to) {
  if (record.own) {
    to.own = record.own;
    to.held = record.held;
    if (record.own->version > to.past_tags.size()) to.past_tags.resize(record.own->version);
    if (record.own->version > 0) to.past_tags[record.own->version - 1] = record.own->tag;
  }
  for (const core::RowCopy& copy : record.learned) {
    const auto same = std::ranges::find_if(to.learned, [&](const core::RowCopy& known) {
      return known.row.owner.incarnation == copy.row.owner.incarnation;
    });
    if (same == to.learned.end())
      to.learned.push_back(copy);
    else
      *same = copy;
  }
  for (const core::Incarnation row : record.superseded)
    if (std::ranges::find(to.superseded, row) == to.superseded.end()) to.superseded.push_back(row);
  if (record.lot) to.lot = *record.lot;
  if (record.peers) to.peers = record.peers;
}

void Disk::renew(core::Incarnation incarnation) {
  stable_ = {};
  stable_.incarnation = incarnation;
  waiting_.clear();
  in_commit_ = 0;
  committing_ = false;
  state = State::sound;
}

void Disk::begin_commit() {
  committing_ = true;
  in_commit_ = waiting_.size();
}

core::RecordNumber Disk::commit() {
  core::RecordNumber last = 0;
  for (std::size_t i = 0; i < in_commit_; ++i) {
    last = waiting_[i].number;
    apply(waiting_[i], stable_);
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(in_commit_));
  in_commit_ = 0;
  committing_ = false;
  return last;
}

void Disk::crash(bool reached) {
  if (committing_ && reached) (void)commit();
  waiting_.clear();
  in_commit_ = 0;
  committing_ = false;
  fails_next = false;
  state = State::sound;  // the machine was switched off and on; a full disk says so again
}

}  // namespace parking::sim
