#include "tests/support/remembered.hpp"

#include <algorithm>
#include <map>

#include "app/wire/convert.hpp"

namespace parking::test_support {
namespace {

std::map<core::Incarnation, std::string> bytes_of(const std::vector<core::RowCopy>& rows) {
  std::map<core::Incarnation, std::string> bytes;
  for (const core::RowCopy& copy : rows)
    bytes[copy.row.owner.incarnation] =
        copy.bytes.empty() ? wire::encode_row(copy.row) : copy.bytes;
  return bytes;
}

std::string version_of(const core::Remembered& store) {
  return store.own ? std::to_string(store.own->version) : "none";
}

}  // namespace

void apply(const core::Record& record, core::Remembered& to) {
  if (record.own) {
    to.own = record.own;
    to.held = record.held;
    if (record.own->version > to.past_tags.size()) to.past_tags.resize(record.own->version);
    if (record.own->version > 0) to.past_tags[record.own->version - 1] = record.own->tag;
  }
  for (const core::RowCopy& copy : record.learned) {
    const auto same = std::ranges::find_if(to.learned, [&](const core::RowCopy& known) {
      return known.row.owner.incarnation == copy.row.owner.incarnation;
    });
    if (same == to.learned.end())
      to.learned.push_back(copy);
    else
      *same = copy;
  }
  for (const core::Incarnation row : record.superseded)
    if (std::ranges::find(to.superseded, row) == to.superseded.end()) to.superseded.push_back(row);
  if (record.lot) to.lot = *record.lot;
  if (record.peers) to.peers = record.peers;
}

std::string difference(const core::Remembered& expected, const core::Remembered& found) {
  if (found.incarnation != expected.incarnation)
    return "incarnation " + to_string(found.incarnation) + ", not " +
           to_string(expected.incarnation);
  if (found.own != expected.own)
    return "own row of version " + version_of(found) + ", not " + version_of(expected);
  if (found.past_tags != expected.past_tags) return "tags of past versions";
  if (found.held != expected.held) return "held admissions";
  if (bytes_of(found.learned) != bytes_of(expected.learned)) return "rows of others";
  if (found.superseded != expected.superseded) return "superseded rows";
  if (found.lot != expected.lot) return "lot id";
  if (found.peers != expected.peers) return "list of peers";
  return {};
}

}  // namespace parking::test_support
