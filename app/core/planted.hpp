#pragma once

#include <cstdint>

namespace parking::core {

/// Mistakes that the rules of the ledger exclude. A build with PARKING_PLANTED_BUGS can switch one
/// on, to see whether the simulator finds it; in every other build `has_bug` is false at compile
/// time and nothing of them remains.
enum class Bug : std::uint8_t {
  none,
  open_before_durable,           ///< rule 1
  gift_by_value,                 ///< rule 4: a repeated message is a repeated gift
  resume_after_rollback,         ///< rule 9: a peer's higher version is overlooked
  own_row_from_peer,             ///< rule 9: the store is brought up to date from a peer
  reclaim_by_timeout,            ///< rule 10
  office_freezes_alone,          ///< rule 10: without the gates' acknowledgement
  recount_on_stale_view,         ///< rule 11
  given_by_gate_id,              ///< state: keyed by gate, not by incarnation
  capacity_created_twice,        ///< rule 8
  held_promise_reused,           ///< rule 2
  row_sent_before_durable,       ///< rule 4
  clone_not_noticed,             ///< rule 9: tags are not looked at
  permit_tested_in_policy_only,  ///< rule 1: one look at the permits for a whole step
  retired_row_goes_on,           ///< rule 10: a later version of a retired row is accepted
  wall_clock_order,              ///< rule 13: the copy heard last is taken for the newest
  exit_waits_for_disk,           ///< rule 3
  gifts_not_resent,              ///< rule 4
  return_after_passage,          ///< rule 2: the permit comes back though the passage was covered
  takeover_without_all,          ///< rule 8: an unreachable gate is left out
  recount_at_begin,              ///< rule 11: the number is taken for that of the beginning
  freeze_raised_after_pin,       ///< rule 11
  final_row_missed,              ///< rule 11: a leaver's last row is not waited for
  old_image_imported,            ///< rule 10
  closed_pending_dropped,        ///< state: cars in mid-admission of a closed row are forgotten
  hold_epoch_ignored,            ///< rule 11: a gate resumed between hold and number
  start_question_skipped,        ///< rule 9
  cut_beyond_own_permits,        ///< rule 7
  exit_counted_at_opening,       ///< rule 3: before the car has passed
  unadmitted_not_counted,        ///< rule 5
  returned_after_closing,        ///< rule 10: a closed row rises once more
  number_by_latest_word,         ///< rule 11: what was heard while the number was on its way counts
};

#ifdef PARKING_PLANTED_BUGS
/// Set before a simulation begins; one for each thread.
inline thread_local Bug planted_bug = Bug::none;
inline bool has_bug(Bug bug) {
  return planted_bug == bug;
}
#else
constexpr bool has_bug(Bug) {
  return false;
}
#endif

}  // namespace parking::core
