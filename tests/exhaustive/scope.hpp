#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/core/types.hpp"
#include "tests/exhaustive/state.hpp"

namespace parking::exhaustive {

/// A rule broken on purpose, to see that the search finds out.
enum class Mutant : std::uint8_t {
  none,
  opens_before_durable,
  sends_before_durable,
  gift_by_value,
  acts_without_one_gate,
  recounts_stale_view,
  goes_on_after_rollback,
  reclaims_by_lease,
};

std::string_view name_of(Mutant mutant);

/// What may happen in one search, and how often at most.
struct Scope {
  std::string name;
  std::size_t gates = 2;
  Small capacity = 2;
  std::vector<Small> start;  ///< permits that the office has given to each gate, known to all
  std::vector<core::Version> gate_versions;  ///< of each gate's row, at most
  core::Version office_versions = 1;         ///< of each office's row
  Small crashes = 0;                         ///< of gates and office together
  bool office_crashes = false;
  Small unadmitted = 0;
  Small missed_in = 0;   ///< cars that got in past the sensors
  Small missed_out = 0;  ///< cars that got out past them
  bool back_outs = true;
  bool admits = true;
  bool asks_after_start = false;  ///< gates admit only when somebody has told them their mark

  // Acts; each gate by its node, 0: none.
  std::size_t lost = 0;                 ///< its store may be lost once; it goes on with a new one
  std::optional<std::size_t> restored;  ///< an older image of its store may be put in once
  std::size_t switched_off = 0;         ///< it may be switched off for good, and ...
  bool retires = false;                 ///< ... retired
  bool joins_count = false;             ///< ... even while a recount's number waits for it
  bool imports = false;                 ///< ... its store imported
  bool returns = false;                 ///< it may be switched on again after that
  bool returns_early = false;           ///< ... at any time, against what the operator vouched for
  std::size_t leaves = 0;
  bool takes_over = false;  ///< the office's store may be lost, and the lot be taken over
  Small recounts = 0;       ///< numbers given
  Small holds = 2;          ///< times that each gate may begin to hold its entries

  Mutant mutant = Mutant::none;
  std::size_t most_states = 20'000'000;

  /// A row that was frozen before any copy of it came may still take its first one.
  bool late_first_copies = false;
  bool exact_recount = false;  ///< a recount must leave as many cars in the ledger as are inside
  bool safe_recount = false;   ///< ... or more
  bool compares = true;        ///< with everything delivered, all programs must show the same
  bool gate_gifts = true;

  /// The office decides nothing here, so it does not matter what it knows.
  [[nodiscard]] bool office_rests() const {
    return office_versions == 1 && !has_acts() && !asks_after_start;
  }
  [[nodiscard]] bool has_acts() const {
    return retires || imports || leaves != 0 || takes_over || recounts > 0;
  }
};

std::string bounds_of(const Scope& scope);

/// All scopes, and those that end within a few seconds together.
std::vector<Scope> full_scopes();
std::vector<Scope> quick_scopes();
/// For each mutant a scope in which it is found.
std::vector<Scope> mutant_scopes();
/// What goes wrong where a promise is broken on which the rules rely, or a rule is not exact.
std::vector<Scope> limit_scopes();

}  // namespace parking::exhaustive
