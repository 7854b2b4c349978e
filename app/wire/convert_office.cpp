#include "app/wire/convert_office.hpp"

#include "app/wire/convert_row.hpp"
#include "app/wire/enums.hpp"

namespace parking::wire {
namespace {

template <typename List>
std::vector<core::Incarnation> read_incarnations(std::string_view field, const List& in,
                                                 Check& check) {
  std::vector<core::Incarnation> list;
  if (!check.size(field, static_cast<std::size_t>(in.size()), core::max_incarnations)) return list;
  Unique<core::Incarnation> unique(check, field);
  for (const std::uint64_t value : in) {
    list.push_back(check.incarnation(field, value));
    unique.add(list.back());
  }
  return list;
}

}  // namespace

void write(const core::Order& order, pb::Message& out) {
  pb::Order& message = *out.mutable_order();
  message.set_id(order.id);
  message.set_hold(order.hold);
  message.set_pin(order.pin);
  for (const core::Incarnation row : order.freeze) message.add_freeze(row.value);
  message.set_heard(order.heard);
  message.set_two_lots(order.two_lots);
}

core::Order read(const pb::Order& in, Check& check) {
  return {.id = in.id(),
          .hold = in.hold(),
          .pin = in.pin(),
          .two_lots = in.two_lots(),
          .freeze = read_incarnations("freeze", in.freeze(), check),
          .heard = in.heard()};
}

void write(const core::OrderDone& done, pb::Message& out) {
  pb::OrderDone& message = *out.mutable_order_done();
  message.set_id(done.id);
  message.set_hold_epoch(done.hold_epoch);
  message.set_left_when_ordered(done.left_when_ordered);
  message.set_row(row_bytes(done.row));
  for (const core::RowMark& mark : done.marks) write(mark, *message.add_marks());
  for (const core::Incarnation row : done.frozen) message.add_frozen(row.value);
}

core::OrderDone read(const pb::OrderDone& in, Check& check) {
  return {.id = in.id(),
          .hold_epoch = in.hold_epoch(),
          .left_when_ordered = check.counter("left_when_ordered", in.left_when_ordered()),
          .row = read_row(in.row(), check),
          .marks = read_marks("marks", in.marks(), check),
          .frozen = read_incarnations("frozen", in.frozen(), check)};
}

void write(const core::RecountRequest& request, pb::Message& out) {
  pb::RecountRequest& message = *out.mutable_recount_request();
  message.set_id(request.id);
  message.set_step(enums::to_wire(enums::recount_steps, request.step));
  message.set_inside(request.inside);
  message.set_reason(readable(request.reason, longest_text));
  message.set_heard(request.heard);
}

core::RecountRequest read(const pb::RecountRequest& in, Check& check) {
  return {.id = in.id(),
          .step = check.choice("step", enums::recount_steps, in.step()),
          .inside = check.counter("inside", in.inside()),
          .reason = check.text("reason", in.reason(), longest_text),
          .heard = in.heard()};
}

void write(const core::RecountAnswer& answer, pb::Message& out) {
  pb::RecountAnswer& message = *out.mutable_recount_answer();
  message.set_id(answer.id);
  message.set_refused(readable(answer.refused, longest_text));
}

core::RecountAnswer read(const pb::RecountAnswer& in, Check& check) {
  return {.id = in.id(), .refused = check.text("refused", in.refused(), longest_text)};
}

}  // namespace parking::wire
