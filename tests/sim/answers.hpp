#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "app/core/messages.hpp"

namespace parking::sim {

/// Which machine has told the office that an order is done, and what its store accepts no later
/// version of. The office knows stores and not machines: a copied store may answer in the place of
/// the original.
class Answers {
public:
  void heard(std::uint32_t machine, const core::OrderDone& done);
  /// The office was told that `store` accepts no later version of `row`, and never by `machine`.
  [[nodiscard]] bool only_by_another(std::uint32_t machine, core::Incarnation store,
                                     core::Incarnation row) const;
  /// A recount begins: who has answered before does not count for it.
  void recount_begins() { since_begin_.clear(); }
  /// Since then the office had answers of `store`, and none by `machine`.
  [[nodiscard]] bool recounted_by_another(std::uint32_t machine, core::Incarnation store) const;

private:
  /// By store and row.
  std::map<std::pair<core::Incarnation, core::Incarnation>, std::set<std::uint32_t>> machines_;
  std::map<core::Incarnation, std::set<std::uint32_t>> since_begin_;  ///< by store
};

}  // namespace parking::sim
