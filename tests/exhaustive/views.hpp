#pragma once

#include <unordered_map>

#include "app/core/ledger.hpp"
#include "tests/exhaustive/rows.hpp"

namespace parking::exhaustive {

/// What one ledger is made of.
struct ViewKey {
  RowId own = 0;  ///< 0: nobody's, as for the world's own ledger
  Copies held{};
  Bits frozen = 0;
  bool collects = false;  ///< an office's
  bool operator==(const ViewKey&) const = default;
};

/// What the real core::Ledger says about these rows.
struct View {
  std::array<core::Count, max_slots> permits{};
  Bits mentioned = 0;
  Bits offices = 0;
  Bits frozen = 0;
  Bits closed = 0;
  Bits final_rows = 0;
  Bits retired = 0;
  std::array<core::Version, max_slots> retired_at{};
  core::Totals totals;
};

struct ViewKeyHash {
  std::size_t operator()(const ViewKey& key) const;
};

/// A ledger decides by its rows alone, so each one is asked once and its answer kept.
class Views {
public:
  explicit Views(const Rows& rows) : rows_(rows) {}

  const View& of(const ViewKey& key);
  /// What the ledger would do with that copy.
  core::Merge offer(const ViewKey& key, RowId copy);
  /// A ledger as a program builds it at its start: own row, copies, frozen rows.
  [[nodiscard]] core::Ledger ledger(const ViewKey& key) const;
  [[nodiscard]] std::size_t size() const { return views_.size(); }

private:
  struct Offer {
    ViewKey key;
    RowId copy = 0;
    bool operator==(const Offer&) const = default;
  };
  struct OfferHash {
    std::size_t operator()(const Offer& offer) const;
  };

  const Rows& rows_;
  std::unordered_map<ViewKey, View, ViewKeyHash> views_;
  std::unordered_map<Offer, core::Merge, OfferHash> offers_;
};

}  // namespace parking::exhaustive
