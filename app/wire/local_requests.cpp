#include "app/wire/check.hpp"
#include "app/wire/enums.hpp"
#include "app/wire/local.hpp"
#include "app/wire/local.pb.h"
#include "app/wire/parse.hpp"

namespace parking::wire {
namespace {

void write(const StatusRequest&, pb::LocalRequest& out) {
  out.mutable_status();
}
void write(const WatchRequest&, pb::LocalRequest& out) {
  out.mutable_watch();
}

void write(const HistoryRequest& history, pb::LocalRequest& out) {
  out.mutable_history()->set_limit(history.limit);
  out.mutable_history()->set_before(history.before);
}

void write(const SensorRequest& sensor, pb::LocalRequest& out) {
  pb::SensorRequest& message = *out.mutable_sensor();
  message.set_lane(readable(sensor.lane, longest_name));
  message.set_sensor(enums::to_wire(enums::lane_sensors, sensor.sensor));
  message.set_presence(enums::to_wire(enums::presences, sensor.presence));
}

void write(const SettleRequest& settle, pb::LocalRequest& out) {
  pb::SettleRequest& message = *out.mutable_settle();
  message.set_lane(readable(settle.lane, longest_name));
  message.set_outcome(enums::to_wire(enums::settlements, settle.outcome));
  message.set_reason(readable(settle.reason, longest_text));
}

void write(const SetupRequest& setup, pb::LocalRequest& out) {
  pb::SetupRequest& message = *out.mutable_setup();
  message.set_gate_id(readable(setup.gate_id, longest_name));
  message.set_listen(readable(setup.listen, longest_address));
  message.set_discovery(readable(setup.discovery, longest_address));
}

void write(const EntriesRequest& entries, pb::LocalRequest& out) {
  out.mutable_entries()->set_allowed(entries.allowed);
  out.mutable_entries()->set_reason(readable(entries.reason, longest_text));
}

void write(const StoreTrustRequest& trust, pb::LocalRequest& out) {
  out.mutable_store_trust()->set_reason(readable(trust.reason, longest_text));
}

void write(const CapacityRequest& capacity, pb::LocalRequest& out) {
  out.mutable_capacity()->set_capacity(capacity.capacity);
  out.mutable_capacity()->set_reason(readable(capacity.reason, longest_text));
}

void write(const RecountBeginRequest& begin, pb::LocalRequest& out) {
  out.mutable_recount_begin()->set_reason(readable(begin.reason, longest_text));
}

void write(const RecountCountRequest& count, pb::LocalRequest& out) {
  out.mutable_recount_count()->set_inside(count.inside);
  out.mutable_recount_count()->set_reason(readable(count.reason, longest_text));
}

void write(const RecountCancelRequest& cancel, pb::LocalRequest& out) {
  out.mutable_recount_cancel()->set_reason(readable(cancel.reason, longest_text));
}

void write(const RetireRequest& retire, pb::LocalRequest& out) {
  pb::RetireRequest& message = *out.mutable_retire();
  for (const core::GateId& gate : retire.gates) message.add_gates(gate.text());
  message.set_reason(readable(retire.reason, longest_text));
}

void write(const ImportRequest& import, pb::LocalRequest& out) {
  out.mutable_import()->set_file(import.file);
  out.mutable_import()->set_reason(readable(import.reason, longest_text));
}

void write(const TakeOverRequest& take_over, pb::LocalRequest& out) {
  out.mutable_take_over()->set_reason(readable(take_over.reason, longest_text));
}

void write(const DismissLotRequest& dismiss, pb::LocalRequest& out) {
  out.mutable_dismiss_lot()->set_lot(dismiss.lot.value);
  out.mutable_dismiss_lot()->set_reason(readable(dismiss.reason, longest_text));
}

void write(const LeaveRequest& leave, pb::LocalRequest& out) {
  out.mutable_leave()->set_reason(readable(leave.reason, longest_text));
}

void write(const StoreRenewRequest& renew, pb::LocalRequest& out) {
  out.mutable_store_renew()->set_reason(readable(renew.reason, longest_text));
}

std::string reason(const std::string& text, Check& check) {
  if (const std::string fault = reason_fault(text); !fault.empty()) check.fail("reason", fault);
  return text;
}

HistoryRequest read(const pb::HistoryRequest& in, Check& check) {
  if (in.limit() > max_events_per_reply)
    check.fail("limit", "is " + std::to_string(in.limit()) + "; at most " +
                            std::to_string(max_events_per_reply) + " is accepted");
  return {.limit = in.limit(), .before = in.before()};
}

SensorRequest read(const pb::SensorRequest& in, Check& check) {
  const auto presence = check.choice("presence", enums::presences, in.presence());
  if (presence == core::Presence::unknown)
    check.fail("presence", "cannot be set to unknown; use clear, present or fault");
  return {.lane = check.text("lane", in.lane(), longest_name),
          .sensor = check.choice("sensor", enums::lane_sensors, in.sensor()),
          .presence = presence};
}

SettleRequest read(const pb::SettleRequest& in, Check& check) {
  return {.lane = check.text("lane", in.lane(), longest_name),
          .outcome = check.choice("outcome", enums::settlements, in.outcome()),
          .reason = reason(in.reason(), check)};
}

SetupRequest read(const pb::SetupRequest& in, Check& check) {
  // The gate judges the contents and answers in words; here only the size matters.
  return {.gate_id = check.text("gate_id", in.gate_id(), longest_name),
          .listen = check.text("listen", in.listen(), longest_address),
          .discovery = check.text("discovery", in.discovery(), longest_address)};
}

EntriesRequest read(const pb::EntriesRequest& in, Check& check) {
  return {.allowed = in.allowed(), .reason = reason(in.reason(), check)};
}

core::Count at_most(core::Count most, std::string_view field, core::Count value, Check& check) {
  if (value < 0 || value > most)
    check.fail(field, "is " + std::to_string(value) + ", not 0 to " + std::to_string(most));
  return value;
}

CapacityRequest read(const pb::CapacityRequest& in, Check& check) {
  return {.capacity = at_most(largest_capacity, "capacity", in.capacity(), check),
          .reason = reason(in.reason(), check)};
}

RecountCountRequest read(const pb::RecountCountRequest& in, Check& check) {
  return {.inside = at_most(largest_recount, "inside", in.inside(), check),
          .reason = reason(in.reason(), check)};
}

RetireRequest read(const pb::RetireRequest& in, Check& check) {
  RetireRequest retire{.gates = {}, .reason = reason(in.reason(), check)};
  const auto size = static_cast<std::size_t>(in.gates_size());
  if (!check.size("gates", size, core::max_gates)) return retire;
  check.present("gates", size > 0);
  Unique<core::GateId> unique(check, "gates");
  for (const std::string& gate : in.gates()) {
    retire.gates.push_back(check.gate("gates", gate));
    unique.add(retire.gates.back());
  }
  return retire;
}

ImportRequest read(const pb::ImportRequest& in, Check& check) {
  ImportRequest import{.file = check.text("file", in.file(), longest_path),
                       .reason = reason(in.reason(), check)};
  // The working directory of who asks is not that of who reads.
  if (!import.file.starts_with('/') || import.file.find('\0') != std::string::npos)
    check.fail("file", "is no absolute path");
  return import;
}

DismissLotRequest read(const pb::DismissLotRequest& in, Check& check) {
  check.present("lot", in.lot() != 0);
  return {.lot = core::LotId{in.lot()}, .reason = reason(in.reason(), check)};
}

/// Requests that say nothing but why.
template <typename Request, typename Message>
Request read_reason(const Message& in, Check& check) {
  return {.reason = reason(in.reason(), check)};
}

LocalRequest read(const pb::LocalRequest& in, Check& check) {
  switch (in.kind_case()) {
    case pb::LocalRequest::kStatus:
      return StatusRequest{};
    case pb::LocalRequest::kWatch:
      return WatchRequest{};
    case pb::LocalRequest::kHistory:
      return read(in.history(), check);
    case pb::LocalRequest::kSensor:
      return read(in.sensor(), check);
    case pb::LocalRequest::kSettle:
      return read(in.settle(), check);
    case pb::LocalRequest::kSetup:
      return read(in.setup(), check);
    case pb::LocalRequest::kEntries:
      return read(in.entries(), check);
    case pb::LocalRequest::kStoreTrust:
      return read_reason<StoreTrustRequest>(in.store_trust(), check);
    case pb::LocalRequest::kCapacity:
      return read(in.capacity(), check);
    case pb::LocalRequest::kRecountBegin:
      return read_reason<RecountBeginRequest>(in.recount_begin(), check);
    case pb::LocalRequest::kRecountCount:
      return read(in.recount_count(), check);
    case pb::LocalRequest::kRecountCancel:
      return read_reason<RecountCancelRequest>(in.recount_cancel(), check);
    case pb::LocalRequest::kRetire:
      return read(in.retire(), check);
    case pb::LocalRequest::kImport:
      return read(in.import(), check);
    case pb::LocalRequest::kTakeOver:
      return read_reason<TakeOverRequest>(in.take_over(), check);
    case pb::LocalRequest::kDismissLot:
      return read(in.dismiss_lot(), check);
    case pb::LocalRequest::kLeave:
      return read_reason<LeaveRequest>(in.leave(), check);
    case pb::LocalRequest::kStoreRenew:
      return read_reason<StoreRenewRequest>(in.store_renew(), check);
    case pb::LocalRequest::KIND_NOT_SET:
      break;
  }
  check.fail("request", "is of no kind that this program knows");
  return StatusRequest{};
}

}  // namespace

std::string encode(const LocalRequest& request) {
  pb::LocalRequest out;
  std::visit([&out](const auto& kind) { write(kind, out); }, request);
  return out.SerializeAsString();
}

std::expected<LocalRequest, Error> decode_local_request(std::string_view payload) {
  pb::LocalRequest in;
  if (!parse(payload, in)) return std::unexpected(Error{"these bytes are no request"});
  Check check;
  LocalRequest request = read(in, check);
  return check.result(std::move(request));
}

}  // namespace parking::wire
