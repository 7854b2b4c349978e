#pragma once

#include <string>
#include <unordered_map>

#include "tests/exhaustive/views.hpp"

namespace parking::exhaustive {

/// The whole gate of app/core, started from a store that holds these rows, sees a car at each of
/// its lanes: whether it does what the model takes it to do.
class Gates {
public:
  Gates(const Rows& rows, Views& views) : rows_(rows), views_(views) {}

  /// What it does otherwise; empty: nothing. Each different store is tried once.
  const std::string& objection(const ViewKey& key);
  [[nodiscard]] std::size_t size() const { return known_.size(); }

private:
  [[nodiscard]] std::string tried(const ViewKey& key) const;

  const Rows& rows_;
  Views& views_;
  std::unordered_map<ViewKey, std::string, ViewKeyHash> known_;
};

}  // namespace parking::exhaustive
