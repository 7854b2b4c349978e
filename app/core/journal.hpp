#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/core/planted.hpp"
#include "app/core/record.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// The own row and everything else that must reach the disk, in order. All changes of one step
/// become one record and one version of the row.
class Journal {
public:
  Journal(RowOwner owner, const Remembered& remembered, Random random, Instant now);

  /// The newest own row, perhaps not durable yet: what decisions are made on.
  [[nodiscard]] const Row& own() const { return own_; }
  /// The newest durable own row: all that others may see. Version 0: nothing written yet.
  [[nodiscard]] const Row& durable() const {
    return has_bug(Bug::row_sent_before_durable) ? own_ : durable_;
  }
  [[nodiscard]] RowMark durable_mark() const;

  /// Changes the own row; takes effect in the next `flush`.
  Row& change();
  /// Never: a planted bug.
  void adopt(const Row& own) { own_ = durable_ = own; }
  void set_held(const std::string& lane, Count held);
  void note(Event event);
  void remember(const RowCopy& learned);
  void remember_lot(LotId lot);
  void remember_superseded(Incarnation row);
  void remember_peers(PeerList list);

  /// Everything that happened since the last flush, as one record; nothing when there is nothing
  /// that is worth a write now. Copies of others' rows alone wait for up to `learned_delay`.
  std::optional<Record> flush(Instant now);
  /// The own row was changed since the last flush.
  [[nodiscard]] bool has_changes() const { return own_changed_; }
  /// Number of the newest record handed out.
  [[nodiscard]] RecordNumber last_number() const { return last_number_; }
  [[nodiscard]] RecordNumber durable_number() const { return durable_number_; }
  /// All records up to `number` are durable. Returns whether `durable()` is another row now.
  bool persisted(RecordNumber number);

  /// Whether the own row ever had this version with this tag (version 0 always matches). The last
  /// `max_past_tags` versions are remembered; an older one is taken for ours.
  [[nodiscard]] bool is_own_past(const RowMark& mark) const;

  /// When `flush` wants to be called although nothing happens; Instant::max() when never.
  [[nodiscard]] Instant next_wake() const;

  /// Losing learned copies only lowers the own balance until the next exchange, so they need no
  /// write of their own per car; 5 s keeps an SD card alive.
  static constexpr Duration learned_delay{5000};
  /// 8 MiB of tags: about a year of a busy gate.
  static constexpr std::size_t max_past_tags = 1U << 20U;

private:
  Row own_;
  Row durable_;
  Random random_;
  /// Of the versions first_tag_version_, +1, ... In pieces: one block would be copied as it grows.
  std::deque<Tag> past_tags_;
  Version first_tag_version_ = 1;
  std::deque<std::pair<RecordNumber, Row>> in_flight_;
  RecordNumber last_number_ = 0;
  RecordNumber durable_number_ = 0;
  bool own_changed_ = false;
  std::map<std::string, Count> held_;
  std::map<Incarnation, RowCopy> learned_;
  Instant learned_since_;
  Record next_;
  bool urgent_ = false;
};

}  // namespace parking::core
