#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "app/core/messages.hpp"
#include "app/core/record.hpp"
#include "app/wire/error.hpp"

namespace parking::wire {

/// The payload of one frame. Rows are written as `RowCopy::bytes` when there are any, else from
/// the row itself. Texts for people are cut to their bound, durations are held within theirs.
std::string encode(const core::Message& message);

/// Error: not a message of ours, or a field out of its bounds (counts below 0, too many rows,
/// names that no gate may have, ...). Nothing of a refused message is kept. Fields that a newer
/// program has added are ignored, and stay in the bytes of the rows.
std::expected<core::Message, Error> decode(std::string_view payload);

/// One row alone, as it is stored. Deterministic: the same row gives the same bytes.
std::string encode_row(const core::Row& row);
/// The copy keeps `bytes` as they came.
std::expected<core::RowCopy, Error> decode_row(std::string_view bytes);

/// The registry's last list, as a gate stores it.
std::string encode_peer_list(const core::PeerList& list);
std::expected<core::PeerList, Error> decode_peer_list(std::string_view bytes);

}  // namespace parking::wire
