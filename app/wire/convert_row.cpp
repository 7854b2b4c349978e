#include "app/wire/convert_row.hpp"

#include "app/wire/convert.hpp"
#include "app/wire/parse.hpp"
#include "app/wire/row_memo.hpp"

namespace parking::wire {
namespace {

void write(const core::OfficePart& office, pb::OfficePart& out) {
  out.set_capacity(office.capacity);
  out.set_capacity_wanted(office.capacity_wanted);
  out.set_corrected(office.corrected);
  for (const auto& [incarnation, permits] : office.reclaimed) {
    pb::Reclaim& entry = *out.add_reclaimed();
    entry.set_incarnation(incarnation.value);
    entry.set_permits(permits);
  }
  for (const auto& [incarnation, version] : office.retired) {
    pb::Retirement& entry = *out.add_retired();
    entry.set_incarnation(incarnation.value);
    entry.set_version(version);
  }
}

/// Reads a list of entries with one key each into a map; `read_value` takes an entry's value.
template <typename Value, typename List, typename ReadValue>
core::FlatMap<core::Incarnation, Value> read_map(std::string_view field, const List& in, Check& check,
                                            ReadValue read_value) {
  core::FlatMap<core::Incarnation, Value> map;
  if (!check.size(field, static_cast<std::size_t>(in.size()), core::max_incarnations)) return map;
  for (const auto& entry : in) {
    const auto key = check.incarnation(field, entry.incarnation());
    if (!map.emplace(key, read_value(entry)).second) check.fail(field, "names something twice");
    if (!check.ok()) break;
  }
  return map;
}

core::OfficePart read_office(const pb::OfficePart& in, Check& check) {
  core::OfficePart office;
  office.capacity = check.balance("row.office.capacity", in.capacity());
  office.capacity_wanted = check.balance("row.office.capacity_wanted", in.capacity_wanted());
  office.corrected = check.balance("row.office.corrected", in.corrected());
  office.reclaimed = read_map<core::Count>(
      "row.office.reclaimed", in.reclaimed(), check, [&](const pb::Reclaim& entry) {
        return check.balance("row.office.reclaimed", entry.permits());
      });
  office.retired = read_map<core::Version>(
      "row.office.retired", in.retired(), check, [&](const pb::Retirement& entry) {
        return check.version("row.office.retired", entry.version());
      });
  return office;
}

core::Row read_fields(const pb::Row& in, Check& check) {
  core::Row row;
  row.owner = read_owner(in.has_owner(), in.owner(), check);
  row.version = check.version("row.version", in.version());
  row.tag = in.tag();
  row.admitted = check.counter("row.admitted", in.admitted());
  row.entered = check.counter("row.entered", in.entered());
  row.backed_out = check.counter("row.backed_out", in.backed_out());
  row.unadmitted = check.counter("row.unadmitted", in.unadmitted());
  row.left = check.counter("row.left", in.left());
  row.final_row = in.final_row();
  row.given = read_map<core::Count>("row.given", in.given(), check, [&](const pb::Gift& entry) {
    return check.counter("row.given", entry.permits());
  });
  if (in.has_office()) row.office = read_office(in.office(), check);
  return row;
}

RowMemo& memo() {
  thread_local RowMemo rows;
  return rows;
}

void write(const core::Row& row, pb::Row& out) {
  wire::write(row.owner, *out.mutable_owner());
  out.set_version(row.version);
  out.set_tag(row.tag);
  out.set_admitted(row.admitted);
  out.set_entered(row.entered);
  out.set_backed_out(row.backed_out);
  out.set_unadmitted(row.unadmitted);
  out.set_left(row.left);
  out.set_final_row(row.final_row);
  for (const auto& [incarnation, permits] : row.given) {
    pb::Gift& entry = *out.add_given();
    entry.set_incarnation(incarnation.value);
    entry.set_permits(permits);
  }
  if (row.office) write(*row.office, *out.mutable_office());
}

}  // namespace

void write(const core::RowOwner& owner, pb::RowOwner& out) {
  out.set_gate(owner.gate.text());
  out.set_incarnation(owner.incarnation.value);
}

core::RowOwner read_owner(bool present, const pb::RowOwner& in, Check& check) {
  check.present("owner", present);
  return {.gate = check.gate("owner.gate", in.gate()),
          .incarnation = check.incarnation("owner.incarnation", in.incarnation())};
}

void write(const core::RowMark& mark, pb::RowMark& out) {
  out.set_incarnation(mark.incarnation.value);
  out.set_version(mark.version);
  out.set_tag(mark.tag);
}

core::RowMark read_mark(const pb::RowMark& in, Check& check) {
  return {.incarnation = check.incarnation("mark.incarnation", in.incarnation()),
          .version = check.version("mark.version", in.version()),
          .tag = in.tag()};
}

std::string row_bytes(const core::RowCopy& copy) {
  return copy.bytes.empty() ? encode_row(copy.row) : copy.bytes;
}

core::RowCopy read_row(std::string_view bytes, Check& check) {
  auto copy = decode_row(bytes);
  if (copy) return std::move(*copy);
  check.fail("row:", copy.error().text);
  return {};
}

std::string encode_row(const core::Row& row) {
  if (const std::string* known = memo().find(row)) return *known;
  Scratch scratch;
  auto& out = scratch.make<pb::Row>();
  write(row, out);
  std::string bytes = out.SerializeAsString();
  memo().keep(row, bytes);
  return bytes;
}

std::expected<core::RowCopy, Error> decode_row(std::string_view bytes) {
  if (const core::RowCopy* known = memo().find(bytes)) return *known;
  Scratch scratch;
  auto& in = scratch.make<pb::Row>();
  if (!parse(bytes, in)) return std::unexpected(Error{"these bytes are no row"});
  Check check;
  core::RowCopy copy{.row = read_fields(in, check), .bytes = std::string(bytes)};
  if (check.ok()) memo().keep(copy);
  return check.result(std::move(copy));
}

}  // namespace parking::wire
