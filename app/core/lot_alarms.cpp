#include "app/core/lot_alarms.hpp"

namespace parking::core {
namespace {

void watch_count(const Totals& totals, Alarms& alarms, Instant now) {
  if (totals.free >= 0 && totals.free <= totals.capacity) {
    alarms.clear("count_out_of_range");
    return;
  }
  alarms.raise("count_out_of_range", {},
               "the count says " + std::to_string(totals.inside) + " cars in " +
                   std::to_string(totals.capacity) +
                   " spaces: cars passed unseen or without a permit (see parkingctl history); "
                   "recount them: parkingctl recount begin",
               now);
}

// Where no gate can come back, there is nothing to bring back.
std::string remedy(OutOfReach holders) {
  if (!holders.ended)
    return "gates that are gone hold them; bring these back (see parkingctl peers)";
  if (!holders.gone)
    return "stores that were replaced or retired hold them; a recount gives them back: "
           "parkingctl recount begin";
  return "gates that are gone hold them, or stores that were replaced or retired; bring the gates "
         "back (see parkingctl peers), and a recount gives back the rest: parkingctl recount begin";
}

void watch_stranded(const Exchange& exchange, Alarms& alarms, Instant now) {
  const Count stranded = exchange.stranded(now);
  if (stranded <= 0) {
    alarms.clear("stranded");
    return;
  }
  alarms.raise("stranded", {},
               std::to_string(stranded) +
                   (stranded == 1 ? " space is out of reach: " : " spaces are out of reach: ") +
                   remedy(exchange.out_of_reach(now)),
               now);
}

void watch_central(const Exchange& exchange, Alarms& alarms, Instant now) {
  const Peer* office = exchange.peers().find(GateId::office());
  if (office == nullptr || exchange.state_of(*office, now) != LinkState::gone) {
    alarms.clear("central_gone");
    return;
  }
  alarms.raise("central_gone", {},
               "the central service is gone; this gate and those it reaches go on without it, but "
               "no recount and no new gate until it is back: look at the central Pi",
               now);
}

}  // namespace

void watch_lot(const Exchange& exchange, Alarms& alarms, Instant now) {
  if (exchange.lot_ready()) {
    watch_count(exchange.ledger().totals(), alarms, now);
    watch_stranded(exchange, alarms, now);
  }
  watch_central(exchange, alarms, now);
  if (!exchange.foreign_lot().empty())
    alarms.raise(
        "other_lot", {},
        "gate \"" + exchange.foreign_lot() +
            "\" belongs to another lot and wanted to talk; correct [gate] discovery in one "
            "of the two",
        now);
  if (const auto& clash = exchange.clash())
    alarms.raise("row_clash", {},
                 "two histories of gate " + clash->text() +
                     " are about: its card was cloned or restored; take the copy off the network",
                 now);
}

}  // namespace parking::core
