#include "tests/sim/wire_path.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "app/wire/convert.hpp"

namespace parking::sim {
namespace {

void add_newer_field(core::RowCopy& copy, core::Incarnation own) {
  if (copy.row.owner.incarnation != own || !copy.bytes.empty() || copy.row.version == 0) return;
  copy.bytes = wire::encode_row(copy.row) + newer_field();
}

std::string row_text(const core::Row& row) {
  std::string text = row.owner.gate.text() + " v" + std::to_string(row.version) + " a" +
                     std::to_string(row.admitted) + " e" + std::to_string(row.entered) + " b" +
                     std::to_string(row.backed_out) + " u" + std::to_string(row.unadmitted) + " l" +
                     std::to_string(row.left);
  for (const auto& [to, count] : row.given)
    text += " g" + to_string(to).substr(0, 4) + ":" + std::to_string(count);
  if (row.final_row) text += " final";
  if (row.office)
    for (const auto& [closed, version] : row.office->retired)
      text += " r" + to_string(closed).substr(0, 4) + ":v" + std::to_string(version);
  return text;
}

std::string order_text(const core::Order& order) {
  std::string text = order.hold ? (order.pin ? " pin" : " hold") : "";
  for (const core::Incarnation row : order.freeze) text += " freeze " + to_string(row).substr(0, 4);
  return text;
}

constexpr const char* names[] = {
    "Hello",    "Welcome", "Refusal",   "Inquiry",        "Reply",        "Pulse",
    "Digest",   "Rows",    "Register",  "PeerList",       "Renew",        "Renewed",
    "Withdraw", "Order",   "OrderDone", "RecountRequest", "RecountAnswer"};

}  // namespace

const std::string& newer_field() {
  // Field 1000, a varint: tag (1000 << 3 | 0) = 8000, then the value 42.
  static const std::string bytes{'\xc0', '\x3e', '\x2a'};
  return bytes;
}

std::string encode(const core::Message& message, const Machine& from) {
  if (!from.newer_version) return wire::encode(message);
  core::Message copy = message;
  const core::Incarnation own = from.incarnation();
  std::visit(
      [own](auto& m) {
        if constexpr (requires { m.row.bytes; }) add_newer_field(m.row, own);
        if constexpr (requires { m.rows; })
          for (core::AgedRow& row : m.rows) add_newer_field(row.copy, own);
      },
      copy);
  return wire::encode(copy);
}

std::string describe(const core::Message& message) {
  std::string text = names[message.index()];
  std::visit(
      [&text](const auto& m) {
        using M = std::decay_t<decltype(m)>;
        if constexpr (requires { m.id; }) text += " #" + std::to_string(m.id);
        if constexpr (std::is_same_v<M, core::Inquiry>)
          text += " wants " + std::to_string(m.wanted);
        if constexpr (requires { m.row.row; }) text += " [" + row_text(m.row.row) + "]";
        if constexpr (std::is_same_v<M, core::Refusal>) text += " " + m.text;
        if constexpr (std::is_same_v<M, core::Rows>)
          for (const core::AgedRow& row : m.rows) text += " [" + row_text(row.copy.row) + "]";
        if constexpr (std::is_same_v<M, core::Order>) text += order_text(m);
      },
      message);
  return text;
}

}  // namespace parking::sim
