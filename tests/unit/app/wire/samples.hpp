#pragma once

#include <string_view>
#include <vector>

#include "app/core/messages.hpp"
#include "app/core/snapshot.hpp"
#include "app/wire/local.hpp"

/// Values with every field set to something that a default or a neighbour could not stand in for.
namespace parking::wire::samples {

core::GateId gate(std::string_view name);
core::Row gate_row();
core::Row office_row();
/// As it comes in from the wire: with its bytes.
core::RowCopy copy_of(const core::Row& row);

core::PeerList peer_list();
/// One of each kind.
std::vector<core::Message> messages();

core::Snapshot snapshot();
core::Event event(std::uint64_t number);
std::vector<LocalRequest> local_requests();
LocalReply local_reply();

}  // namespace parking::wire::samples
