#include "tests/support/shown_version.hpp"

#include <algorithm>
#include <variant>

namespace parking::test_support {

core::Version version_in(const core::Message& message, core::Incarnation of) {
  core::Version highest = 0;
  const auto see = [&](core::Incarnation row, core::Version version) {
    if (row == of) highest = std::max(highest, version);
  };
  std::visit(
      [&](const auto& m) {
        if constexpr (requires { m.row.row; }) see(m.row.row.owner.incarnation, m.row.row.version);
        if constexpr (requires { m.own.version; }) see(m.own.incarnation, m.own.version);
        if constexpr (requires { m.marks; })
          for (const core::RowMark& mark : m.marks) see(mark.incarnation, mark.version);
        if constexpr (requires { m.rows; })
          for (const core::AgedRow& row : m.rows)
            see(row.copy.row.owner.incarnation, row.copy.row.version);
      },
      message);
  return highest;
}

}  // namespace parking::test_support
