#include "app/wire/local.hpp"

#include "app/wire/convert_snapshot.hpp"
#include "app/wire/enums.hpp"
#include "app/wire/frame.hpp"
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

HistoryRequest read(const pb::HistoryRequest& in, Check& check) {
  if (in.limit() > max_events_per_reply)
    check.fail("limit", "is " + std::to_string(in.limit()) + "; at most " +
                            std::to_string(max_events_per_reply) + " is accepted");
  return {.limit = in.limit()};
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
          .reason = check.text("reason", in.reason(), longest_text)};
}

SetupRequest read(const pb::SetupRequest& in, Check& check) {
  // The gate judges the contents and answers in words; here only the size matters.
  return {.gate_id = check.text("gate_id", in.gate_id(), longest_name),
          .listen = check.text("listen", in.listen(), longest_address),
          .discovery = check.text("discovery", in.discovery(), longest_address)};
}

EntriesRequest read(const pb::EntriesRequest& in, Check& check) {
  return {.allowed = in.allowed(), .reason = check.text("reason", in.reason(), longest_text)};
}

StoreTrustRequest read(const pb::StoreTrustRequest& in, Check& check) {
  return {.reason = check.text("reason", in.reason(), longest_text)};
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
      return read(in.store_trust(), check);
    case pb::LocalRequest::KIND_NOT_SET:
      break;
  }
  check.fail("request", "is of no kind that this program knows");
  return StatusRequest{};
}

LocalReply read(const pb::LocalReply& in, Check& check) {
  LocalReply reply;
  reply.error = check.text("error", in.error(), longest_text);
  if (in.has_snapshot()) reply.snapshot = read(in.snapshot(), check);
  const auto size = static_cast<std::size_t>(in.events_size());
  if (!check.size("events", size, max_events_per_reply)) return reply;
  reply.events.reserve(size);
  for (const pb::Event& event : in.events()) reply.events.push_back(read(event, check));
  return reply;
}

/// Bytes that one event takes inside a reply: its own, its field's tag and at most 3 of length.
std::size_t size_in_reply(const pb::Event& event) {
  return event.ByteSizeLong() + 4;
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

std::string encode(const LocalReply& reply) {
  pb::LocalReply out;
  out.set_error(readable(reply.error, longest_text));
  if (reply.snapshot) write(*reply.snapshot, *out.mutable_snapshot());

  std::size_t size = out.ByteSizeLong();
  auto oldest_that_fits = reply.events.end();
  std::vector<pb::Event> newest_first;
  while (oldest_that_fits != reply.events.begin()) {
    pb::Event event;
    write(*std::prev(oldest_that_fits), event);
    size += size_in_reply(event);
    if (size > max_payload_size) break;
    newest_first.push_back(std::move(event));
    --oldest_that_fits;
  }
  for (auto event = newest_first.rbegin(); event != newest_first.rend(); ++event)
    *out.add_events() = std::move(*event);
  return out.SerializeAsString();
}

std::expected<LocalReply, Error> decode_local_reply(std::string_view payload) {
  pb::LocalReply in;
  if (!parse(payload, in)) return std::unexpected(Error{"these bytes are no reply"});
  Check check;
  LocalReply reply = read(in, check);
  return check.result(std::move(reply));
}

}  // namespace parking::wire
