#include "app/wire/convert_peer.hpp"

#include "app/wire/convert_row.hpp"
#include "app/wire/enums.hpp"

namespace parking::wire {
namespace {

/// Hello and Welcome have the same fields.
template <typename Core, typename Pb>
void write_greeting(const Core& greeting, Pb& out) {
  out.set_protocol(greeting.protocol);
  out.set_lot(greeting.lot.value);
  out.set_row(row_bytes(greeting.row));
  for (const core::RowMark& mark : greeting.known) write(mark, *out.add_known());
  out.set_has_entry(greeting.has_entry);
}

template <typename Core, typename Pb>
Core read_greeting(const Pb& in, Check& check) {
  return {.protocol = in.protocol(),
          .lot = core::LotId{in.lot()},
          .row = read_row(in.row(), check),
          .known = read_marks("known", in.known(), check),
          .has_entry = in.has_entry()};
}

void write_ack(const core::RowAck& ack, pb::RowAck& out) {
  if (ack.before != core::RowMark{}) write(ack.before, *out.mutable_before());
  if (ack.now != core::RowMark{}) write(ack.now, *out.mutable_now());
}

core::RowAck read_ack(const pb::RowAck& in, Check& check) {
  core::RowAck ack;
  if (in.has_before()) ack.before = read_mark(in.before(), check);
  if (in.has_now()) ack.now = read_mark(in.now(), check);
  return ack;
}

}  // namespace

void write(const core::Hello& hello, pb::Message& out) {
  write_greeting(hello, *out.mutable_hello());
  out.mutable_hello()->set_to(hello.to.text());
}

core::Hello read(const pb::Hello& in, Check& check) {
  auto hello = read_greeting<core::Hello>(in, check);
  hello.to = check.gate("to", in.to());
  return hello;
}

void write(const core::Welcome& welcome, pb::Message& out) {
  write_greeting(welcome, *out.mutable_welcome());
}

core::Welcome read(const pb::Welcome& in, Check& check) {
  return read_greeting<core::Welcome>(in, check);
}

void write(const core::Refusal& refusal, pb::Message& out) {
  pb::Refusal& message = *out.mutable_refusal();
  message.set_code(enums::to_wire(enums::refusal_codes, refusal.code));
  message.set_text(readable(refusal.text, longest_text));
}

core::Refusal read(const pb::Refusal& in, Check& check) {
  return {.code = check.choice("code", enums::refusal_codes, in.code()),
          .text = check.text("text", in.text(), longest_text)};
}

void write(const core::Inquiry& inquiry, pb::Message& out) {
  pb::Inquiry& message = *out.mutable_inquiry();
  message.set_id(inquiry.id);
  message.set_wanted(inquiry.wanted);
  if (inquiry.rank != core::DemandRank::waiting)
    message.set_rank(enums::to_wire(enums::demand_ranks, inquiry.rank));
  message.set_leaving(inquiry.leaving);
  message.set_row(row_bytes(inquiry.row));
}

core::Inquiry read(const pb::Inquiry& in, Check& check) {
  return {.id = in.id(),
          .wanted = check.counter("wanted", in.wanted()),
          .rank = in.rank() == pb::Inquiry::UNSPECIFIED
                      ? core::DemandRank::waiting
                      : check.choice("rank", enums::demand_ranks, in.rank()),
          .leaving = in.leaving(),
          .row = read_row(in.row(), check)};
}

void write(const core::Reply& reply, pb::Message& out) {
  pb::Reply& message = *out.mutable_reply();
  message.set_id(reply.id);
  message.set_status(enums::to_wire(enums::peer_statuses, reply.status));
  message.set_cars_inside(reply.cars_inside);
  message.set_free(reply.free);
  message.set_age_ms(milliseconds(reply.age));
  message.set_row(row_bytes(reply.row));
  write_ack(reply.ack, *message.mutable_ack());
}

core::Reply read(const pb::Reply& in, Check& check) {
  return {.id = in.id(),
          .status = check.choice("status", enums::peer_statuses, in.status()),
          .cars_inside = check.balance("cars_inside", in.cars_inside()),
          .free = check.balance("free", in.free()),
          .age = check.duration("age_ms", in.age_ms()),
          .row = read_row(in.row(), check),
          .ack = read_ack(in.ack(), check)};
}

void write(const core::Pulse& pulse, pb::Message& out) {
  write(pulse.own, *out.mutable_pulse()->mutable_own());
}

core::Pulse read(const pb::Pulse& in, Check& check) {
  check.present("own", in.has_own());
  return {.own = read_mark(in.own(), check)};
}

void write(const core::Digest& digest, pb::Message& out) {
  pb::Digest& message = *out.mutable_digest();
  for (const core::RowMark& mark : digest.marks) write(mark, *message.add_marks());
}

core::Digest read(const pb::Digest& in, Check& check) {
  return {.marks = read_marks("marks", in.marks(), check)};
}

void write(const core::Rows& rows, pb::Message& out) {
  pb::Rows& message = *out.mutable_rows();
  for (const core::AgedRow& row : rows.rows) {
    pb::AgedRow& entry = *message.add_rows();
    entry.set_row(row_bytes(row.copy));
    entry.set_age_ms(milliseconds(row.age));
  }
}

core::Rows read(const pb::Rows& in, Check& check) {
  core::Rows rows;
  if (!check.size("rows", static_cast<std::size_t>(in.rows_size()), core::max_rows_per_message))
    return rows;
  for (const pb::AgedRow& entry : in.rows())
    rows.rows.push_back(
        {.copy = read_row(entry.row(), check), .age = check.duration("age_ms", entry.age_ms())});
  return rows;
}

}  // namespace parking::wire
