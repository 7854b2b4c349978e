#pragma once

#include <expected>
#include <filesystem>
#include <stop_token>

#include "app/core/record.hpp"
#include "app/store/store.hpp"

namespace parking::store {

/// A ledger holds some ten MB; with years of tags and a log that could not be moved, a few times
/// that. Whatever is larger is something else.
inline constexpr std::uintmax_t largest_gate_store = 256UL * 1024 * 1024;

/// What the store of a gate whose program does not run remembers; its own row says which gate it
/// is. `file` and its log are copied to the folder `scratch` (made anew, and removed at the end)
/// and read there, so that the originals are neither changed nor locked, wherever they lie.
/// Must not be the store of the calling process: reading it would release that one's locks.
/// Error, in words: not there, not readable, in use, no ledger, damaged, of a newer program, of an
/// office, of a gate that has written nothing, or `stop` was asked for.
std::expected<core::Remembered, Error> read_gate_store(const std::filesystem::path& file,
                                                       const std::filesystem::path& scratch,
                                                       const std::stop_token& stop = {});

}  // namespace parking::store
