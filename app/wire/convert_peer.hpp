#pragma once

#include "app/core/messages.hpp"
#include "app/wire/check.hpp"
#include "app/wire/parking.pb.h"

/// The messages between peers.
namespace parking::wire {

void write(const core::Hello& hello, pb::Message& out);
void write(const core::Welcome& welcome, pb::Message& out);
void write(const core::Refusal& refusal, pb::Message& out);
void write(const core::Inquiry& inquiry, pb::Message& out);
void write(const core::Reply& reply, pb::Message& out);
void write(const core::Pulse& pulse, pb::Message& out);
void write(const core::Digest& digest, pb::Message& out);
void write(const core::Rows& rows, pb::Message& out);

core::Hello read(const pb::Hello& in, Check& check);
core::Welcome read(const pb::Welcome& in, Check& check);
core::Refusal read(const pb::Refusal& in, Check& check);
core::Inquiry read(const pb::Inquiry& in, Check& check);
core::Reply read(const pb::Reply& in, Check& check);
core::Pulse read(const pb::Pulse& in, Check& check);
core::Digest read(const pb::Digest& in, Check& check);
core::Rows read(const pb::Rows& in, Check& check);

}  // namespace parking::wire
