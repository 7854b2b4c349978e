#include "app/wire/local.hpp"

#include "app/wire/convert_snapshot.hpp"
#include "app/wire/frame.hpp"
#include "app/wire/parse.hpp"

namespace parking::wire {
namespace {

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
