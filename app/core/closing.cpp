#include "app/core/closing.hpp"

#include <cassert>

namespace parking::core {

void close_rows(const Ledger& view, const std::set<Incarnation>& rows, OfficePart& office) {
  for (const Incarnation row : rows) {
    assert(!view.is_closed(row));
    office.retired[row] = view.mark(row).version;
    office.reclaimed[row] = view.permits(row);
  }
}

Count correction(const Ledger& view, const std::map<Incarnation, Pinned>& live,
                 const std::set<Incarnation>& closing, Count counted) {
  const auto crossed = [](const Row& row) { return row.entered + row.unadmitted - row.left; };
  Count inside = view.totals().inside;
  for (const auto& [key, pinned] : live) {
    if (const RowCopy* copy = view.find(key)) inside -= crossed(copy->row);
    inside += pinned.row.entered + pinned.unadmitted_before - pinned.left_when_ordered;
  }
  for (const Incarnation row : closing)
    if (const RowCopy* copy = view.find(row)) inside += copy->row.pending();
  return counted - inside;
}

}  // namespace parking::core
