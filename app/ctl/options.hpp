#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/wire/local.hpp"

namespace parking::ctl {

inline constexpr int exit_done = 0;
inline constexpr int exit_refused = 1;  ///< refused or failed; one line says why
inline constexpr int exit_wrong_usage = 2;
inline constexpr int exit_nobody_answers = 3;

/// Which part of the answer is printed.
enum class Show : std::uint8_t { status, watch, peers, history, alarms, done };

/// What the operator asked for.
struct Options {
  std::optional<std::filesystem::path> socket;  ///< absent: the gate's, else the central one
  bool json = false;
  Show show = Show::status;
  wire::LocalRequest request;
  bool more_than_spaces =
      false;  ///< a recount may say that more cars are in than there is room for
};

/// There is nothing to run: help, the version, or wrong usage.
struct Stop {
  int exit_code = exit_done;
  std::string text;  ///< for standard output when done, else for standard error
  std::string json;  ///< for standard output as well, when wrong usage asked for JSON
};

/// `arguments` without the program's own name.
std::expected<Options, Stop> parse_options(const std::vector<std::string>& arguments,
                                           std::string_view version);

}  // namespace parking::ctl
