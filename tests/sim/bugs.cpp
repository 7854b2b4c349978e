#include "tests/sim/bugs.hpp"

namespace parking::sim {
namespace {

using core::Bug;

constexpr NamedBug all[] = {
    {Bug::open_before_durable, "open_before_durable"},
    {Bug::gift_by_value, "gift_by_value"},
    {Bug::resume_after_rollback, "resume_after_rollback"},
    {Bug::own_row_from_peer, "own_row_from_peer"},
    {Bug::reclaim_by_timeout, "reclaim_by_timeout"},
    {Bug::office_freezes_alone, "office_freezes_alone"},
    {Bug::recount_on_stale_view, "recount_on_stale_view"},
    {Bug::given_by_gate_id, "given_by_gate_id"},
    {Bug::capacity_created_twice, "capacity_created_twice"},
    {Bug::held_promise_reused, "held_promise_reused"},
    {Bug::row_sent_before_durable, "row_sent_before_durable"},
    {Bug::clone_not_noticed, "clone_not_noticed"},
    {Bug::permit_tested_in_policy_only, "permit_tested_in_policy_only"},
    {Bug::retired_row_goes_on, "retired_row_goes_on"},
    {Bug::wall_clock_order, "wall_clock_order"},
    {Bug::exit_waits_for_disk, "exit_waits_for_disk"},
    {Bug::gifts_not_resent, "gifts_not_resent"},
    {Bug::return_after_passage, "return_after_passage"},
    {Bug::takeover_without_all, "takeover_without_all"},
    {Bug::recount_at_begin, "recount_at_begin"},
    {Bug::freeze_raised_after_pin, "freeze_raised_after_pin"},
    {Bug::final_row_missed, "final_row_missed"},
    {Bug::old_image_imported, "old_image_imported"},
    {Bug::closed_pending_dropped, "closed_pending_dropped"},
    {Bug::hold_epoch_ignored, "hold_epoch_ignored"},
    {Bug::number_by_latest_word, "number_by_latest_word"},
    {Bug::start_question_skipped, "start_question_skipped"},
    {Bug::cut_beyond_own_permits, "cut_beyond_own_permits"},
    {Bug::exit_counted_at_opening, "exit_counted_at_opening"},
    {Bug::unadmitted_not_counted, "unadmitted_not_counted"},
    {Bug::returned_after_closing, "returned_after_closing"},
};

}  // namespace

std::span<const NamedBug> bugs() {
  return all;
}

}  // namespace parking::sim
