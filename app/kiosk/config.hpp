#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace parking::kiosk {

enum class ThemeChoice { day, night, automatic };

/// kiosk.toml, section [kiosk]. Every key has a default.
struct Config {
  std::string gate = "/run/parking-gate/gate.sock";  ///< local socket of the gate program
  std::string lane;             ///< lane this screen stands at; empty: the first entry lane
  std::string language = "en";  ///< one of `languages()`
  ThemeChoice theme = ThemeChoice::automatic;
  int rotation = 0;  ///< degrees clockwise: 0, 90, 180 or 270
  bool operator==(const Config&) const = default;
};

/// The languages that the screens are translated into.
const std::vector<std::string>& languages();

/// `file` is only named in messages. Error: one line a fault, `FILE:LINE: KEY: what is wrong and
/// what to do`, unknown keys first, then wrong values.
std::expected<Config, std::vector<std::string>> parse_config(std::string_view text,
                                                             std::string_view file);

/// Error: as parse_config, or that the file cannot be read.
std::expected<Config, std::vector<std::string>> load_config(const std::string& file);

}  // namespace parking::kiosk
