#pragma once

#include <expected>
#include <filesystem>
#include <stop_token>
#include <string>

namespace parking::store {

/// Copies `from`, a file that somebody else owns, to the new file `to`, if it has at most
/// `largest` bytes. Neither changes nor locks it. Error: why not, without the file's name; "it is
/// in use by another program" too, when one holds a lock on it or has changed it meanwhile.
std::expected<void, std::string> copy_foreign(const std::filesystem::path& from,
                                              const std::filesystem::path& to,
                                              std::uintmax_t largest, const std::stop_token& stop);

}  // namespace parking::store
