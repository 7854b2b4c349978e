#include "app/wire/convert_registry.hpp"

#include "app/wire/convert.hpp"
#include "app/wire/convert_row.hpp"
#include "app/wire/enums.hpp"
#include "app/wire/parse.hpp"

namespace parking::wire {
namespace {

void write_peer(const core::PeerInfo& peer, pb::PeerInfo& out) {
  write(peer.owner, *out.mutable_owner());
  out.set_address(readable(peer.address, longest_address));
  out.set_has_entry(peer.has_entry);
  out.set_state(enums::to_wire(enums::peer_states, peer.state));
  for (const core::Incarnation incarnation : peer.superseded) out.add_superseded(incarnation.value);
}

core::PeerInfo read_peer(const pb::PeerInfo& in, Check& check) {
  core::PeerInfo peer{.owner = read_owner(in.has_owner(), in.owner(), check),
                      .address = check.text("address", in.address(), longest_address),
                      .has_entry = in.has_entry(),
                      .state = check.choice("state", enums::peer_states, in.state()),
                      .superseded = {}};
  const auto size = static_cast<std::size_t>(in.superseded_size());
  if (!check.size("superseded", size, core::max_incarnations)) return peer;
  Unique<core::Incarnation> unique(check, "superseded");
  for (const std::uint64_t value : in.superseded()) {
    peer.superseded.push_back(check.incarnation("superseded", value));
    unique.add(peer.superseded.back());
  }
  return peer;
}

void write_list(const core::PeerList& list, pb::PeerList& out) {
  out.set_lot(list.lot.value);
  out.set_lot_name(readable(list.lot_name, longest_name));
  out.set_revision(list.revision);
  out.set_lease_ms(milliseconds(list.lease));
  for (const core::PeerInfo& peer : list.peers) write_peer(peer, *out.add_peers());
}

}  // namespace

void write(const core::Register& registration, pb::Message& out) {
  pb::Register& message = *out.mutable_register_();
  message.set_protocol(registration.protocol);
  write(registration.owner, *message.mutable_owner());
  message.set_address(readable(registration.address, longest_address));
  message.set_has_entry(registration.has_entry);
  message.set_lot(registration.lot.value);
}

core::Register read(const pb::Register& in, Check& check) {
  return {.protocol = in.protocol(),
          .owner = read_owner(in.has_owner(), in.owner(), check),
          .address = check.text("address", in.address(), longest_address),
          .has_entry = in.has_entry(),
          .lot = core::LotId{in.lot()}};
}

void write(const core::PeerList& list, pb::Message& out) {
  write_list(list, *out.mutable_peer_list());
}

core::PeerList read(const pb::PeerList& in, Check& check) {
  core::PeerList list{.lot = core::LotId{in.lot()},
                      .lot_name = check.text("lot_name", in.lot_name(), longest_name),
                      .revision = in.revision(),
                      .lease = check.duration("lease_ms", in.lease_ms()),
                      .peers = {}};
  if (!check.size("peers", static_cast<std::size_t>(in.peers_size()), max_peers)) return list;
  Unique<core::Incarnation> unique(check, "peers");
  for (const pb::PeerInfo& peer : in.peers()) {
    list.peers.push_back(read_peer(peer, check));
    unique.add(list.peers.back().owner.incarnation);
  }
  return list;
}

void write(const core::Renew& renew, pb::Message& out) {
  write(renew.owner, *out.mutable_renew()->mutable_owner());
}

core::Renew read(const pb::Renew& in, Check& check) {
  return {.owner = read_owner(in.has_owner(), in.owner(), check)};
}

void write(const core::Renewed& renewed, pb::Message& out) {
  out.mutable_renewed()->set_revision(renewed.revision);
  out.mutable_renewed()->set_lease_ms(milliseconds(renewed.lease));
}

core::Renewed read(const pb::Renewed& in, Check& check) {
  return {.revision = in.revision(), .lease = check.duration("lease_ms", in.lease_ms())};
}

void write(const core::Withdraw& withdraw, pb::Message& out) {
  write(withdraw.owner, *out.mutable_withdraw()->mutable_owner());
}

core::Withdraw read(const pb::Withdraw& in, Check& check) {
  return {.owner = read_owner(in.has_owner(), in.owner(), check)};
}

std::string encode_peer_list(const core::PeerList& list) {
  pb::PeerList out;
  write_list(list, out);
  return out.SerializeAsString();
}

std::expected<core::PeerList, Error> decode_peer_list(std::string_view bytes) {
  pb::PeerList in;
  if (!parse(bytes, in)) return std::unexpected(Error{"these bytes are no list of peers"});
  Check check;
  core::PeerList list = read(in, check);
  return check.result(std::move(list));
}

}  // namespace parking::wire
