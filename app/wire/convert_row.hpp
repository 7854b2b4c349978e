#pragma once

#include <string>
#include <string_view>

#include "app/core/messages.hpp"
#include "app/wire/check.hpp"
#include "app/wire/parking.pb.h"

/// Rows and what names them. `write` fills a message, `read_…` takes a value out of one.
namespace parking::wire {

void write(const core::RowOwner& owner, pb::RowOwner& out);
core::RowOwner read_owner(bool present, const pb::RowOwner& in, Check& check);

void write(const core::RowMark& mark, pb::RowMark& out);
core::RowMark read_mark(const pb::RowMark& in, Check& check);

/// The owner's bytes where there are any.
std::string row_bytes(const core::RowCopy& copy);
core::RowCopy read_row(std::string_view bytes, Check& check);

/// Marks of different incarnations, at most `core::max_incarnations`.
template <typename List>
std::vector<core::RowMark> read_marks(std::string_view field, const List& in, Check& check) {
  std::vector<core::RowMark> marks;
  if (!check.size(field, static_cast<std::size_t>(in.size()), core::max_incarnations)) return marks;
  marks.reserve(static_cast<std::size_t>(in.size()));
  Unique<core::Incarnation> unique(check, field);
  for (const auto& mark : in) {
    marks.push_back(read_mark(mark, check));
    unique.add(marks.back().incarnation);
  }
  return marks;
}

}  // namespace parking::wire
