#pragma once

#include "app/core/messages.hpp"
#include "app/wire/check.hpp"
#include "app/wire/parking.pb.h"

/// The messages between the office and the gates that only they exchange.
namespace parking::wire {

void write(const core::Order& order, pb::Message& out);
void write(const core::OrderDone& done, pb::Message& out);
void write(const core::RecountRequest& request, pb::Message& out);
void write(const core::RecountAnswer& answer, pb::Message& out);

core::Order read(const pb::Order& in, Check& check);
core::OrderDone read(const pb::OrderDone& in, Check& check);
core::RecountRequest read(const pb::RecountRequest& in, Check& check);
core::RecountAnswer read(const pb::RecountAnswer& in, Check& check);

}  // namespace parking::wire
