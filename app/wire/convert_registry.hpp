#pragma once

#include "app/core/messages.hpp"
#include "app/wire/check.hpp"
#include "app/wire/parking.pb.h"

/// The messages between a gate and the registry.
namespace parking::wire {

/// All gates of a lot, and the office.
inline constexpr std::size_t max_peers = core::max_gates + 1;

void write(const core::Register& registration, pb::Message& out);
void write(const core::PeerList& list, pb::Message& out);
void write(const core::Renew& renew, pb::Message& out);
void write(const core::Renewed& renewed, pb::Message& out);
void write(const core::Withdraw& withdraw, pb::Message& out);

core::Register read(const pb::Register& in, Check& check);
core::PeerList read(const pb::PeerList& in, Check& check);
core::Renew read(const pb::Renew& in, Check& check);
core::Renewed read(const pb::Renewed& in, Check& check);
core::Withdraw read(const pb::Withdraw& in, Check& check);

}  // namespace parking::wire
