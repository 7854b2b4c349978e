#include "app/wire/convert.hpp"

#include "app/wire/convert_office.hpp"
#include "app/wire/convert_peer.hpp"
#include "app/wire/convert_registry.hpp"
#include "app/wire/parse.hpp"

namespace parking::wire {
namespace {

core::Message read(const pb::Message& in, Check& check) {
  switch (in.kind_case()) {
    case pb::Message::kHello:
      return read(in.hello(), check);
    case pb::Message::kWelcome:
      return read(in.welcome(), check);
    case pb::Message::kRefusal:
      return read(in.refusal(), check);
    case pb::Message::kInquiry:
      return read(in.inquiry(), check);
    case pb::Message::kReply:
      return read(in.reply(), check);
    case pb::Message::kPulse:
      return read(in.pulse(), check);
    case pb::Message::kDigest:
      return read(in.digest(), check);
    case pb::Message::kRows:
      return read(in.rows(), check);
    case pb::Message::kRegister:
      return read(in.register_(), check);
    case pb::Message::kPeerList:
      return read(in.peer_list(), check);
    case pb::Message::kRenew:
      return read(in.renew(), check);
    case pb::Message::kRenewed:
      return read(in.renewed(), check);
    case pb::Message::kWithdraw:
      return read(in.withdraw(), check);
    case pb::Message::kOrder:
      return read(in.order(), check);
    case pb::Message::kOrderDone:
      return read(in.order_done(), check);
    case pb::Message::kRecountRequest:
      return read(in.recount_request(), check);
    case pb::Message::kRecountAnswer:
      return read(in.recount_answer(), check);
    case pb::Message::KIND_NOT_SET:
      break;
  }
  check.fail("message", "is of no kind that this program knows");
  return core::Refusal{};
}

}  // namespace

std::string encode(const core::Message& message) {
  Scratch scratch;
  auto& out = scratch.make<pb::Message>();
  std::visit([&out](const auto& kind) { write(kind, out); }, message);
  return out.SerializeAsString();
}

std::expected<core::Message, Error> decode(std::string_view payload) {
  Scratch scratch;
  auto& in = scratch.make<pb::Message>();
  if (!parse(payload, in)) return std::unexpected(Error{"these bytes are no message"});
  Check check;
  core::Message message = read(in, check);
  return check.result(std::move(message));
}

}  // namespace parking::wire
