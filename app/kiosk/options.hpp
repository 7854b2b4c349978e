#pragma once

#include <QSize>
#include <expected>
#include <optional>
#include <string>

#include "app/kiosk/config.hpp"

namespace parking::kiosk {

/// What the command line and kiosk.toml together ask for.
struct Options {
  Config config;
  bool windowed = false;    ///< a window with a frame instead of the whole screen
  QSize size{800, 480};     ///< of the window; the whole screen ignores it
  bool demo_panel = false;  ///< the demo panel is open from the start
  std::string grab_file;    ///< write one picture after the first snapshot, then end
  std::string grab_dir;     ///< write screen-0001.png, ... on each change
  int grab_every_ms = 0;    ///< how often a change is looked for; 0: never
};

/// What to print, and the exit status, when the program is not to run.
struct Ending {
  int status = 0;  ///< 0 after --help and --version, 2 for wrong usage or configuration
  std::string out;
  std::string err;
};

std::expected<Options, Ending> parse_options(int argc, const char* const* argv,
                                             const std::string& version);

/// "800x480". Nothing: not a size between 320x240 and 7680x4320.
std::optional<QSize> parse_size(const std::string& text);

}  // namespace parking::kiosk
