#include "app/kiosk/options.hpp"

#include <charconv>
#include <sstream>

#include <CLI/CLI.hpp>

namespace parking::kiosk {
namespace {

constexpr QSize smallest{320, 240};
constexpr QSize largest{7680, 4320};
constexpr int wrong_usage = 2;

/// What was typed, before kiosk.toml is read.
struct Typed {
  std::string config_file;
  std::string gate;
  std::string lane;
  std::string size;
};

void describe(CLI::App& app, Typed& typed, Options& options, const std::string& version) {
  app.set_version_flag("--version", "parking-kiosk " + version);
  app.add_option("--config", typed.config_file, "kiosk.toml; without it every key has its default")
      ->type_name("FILE");
  app.add_option("--gate", typed.gate, "Socket of the gate program, instead of the configured one")
      ->type_name("SOCKET");
  app.add_option("--lane", typed.lane, "Lane this screen stands at, instead of the configured one")
      ->type_name("NAME");
  app.add_flag("--windowed", options.windowed, "In a window instead of the whole screen");
  app.add_option("--size", typed.size, "Size of the window; implies --windowed")->type_name("WxH");
  app.add_flag("--demo-panel", options.demo_panel,
               "Open the demo panel (a gate on the simulated board only)");
  app.add_option("--grab", options.grab_file,
                 "Write the screen to a PNG after the first figures arrived, then end")
      ->type_name("FILE");
  auto* every = app.add_option("--grab-every", options.grab_every_ms,
                               "Look for a change of the screen this often and write it")
                    ->type_name("MS")
                    ->check(CLI::Range(20, 60'000));
  auto* dir = app.add_option("--grab-dir", options.grab_dir, "Where --grab-every writes")
                  ->type_name("DIR")
                  ->check(CLI::ExistingDirectory);
  every->needs(dir);
  dir->needs(every);
}

std::unexpected<Ending> refuse(const std::string& text) {
  return std::unexpected(Ending{wrong_usage, {}, text});
}

}  // namespace

std::optional<QSize> parse_size(const std::string& text) {
  int width = 0;
  int height = 0;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, width);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != 'x') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, height);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  if (width < smallest.width() || height < smallest.height()) return std::nullopt;
  if (width > largest.width() || height > largest.height()) return std::nullopt;
  return QSize(width, height);
}

std::expected<Options, Ending> parse_options(int argc, const char* const* argv,
                                             const std::string& version) {
  CLI::App app{"The touchscreen of a gate: free spaces, what to do, set-up", "parking-kiosk"};
  Typed typed;
  Options options;
  describe(app, typed, options, version);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int status = app.exit(error, out, err) == 0 ? 0 : wrong_usage;
    return std::unexpected(Ending{status, out.str(), err.str()});
  }
  if (!typed.config_file.empty()) {
    auto config = load_config(typed.config_file);
    if (!config) {
      std::string lines;
      for (const auto& line : config.error()) lines += line + "\n";
      return refuse(lines);
    }
    options.config = *config;
  }
  if (!typed.gate.empty()) options.config.gate = typed.gate;
  if (!typed.lane.empty()) options.config.lane = typed.lane;
  if (!typed.size.empty()) {
    const auto size = parse_size(typed.size);
    if (!size)
      return refuse("--size: \"" + typed.size +
                    "\" is no size. Use width and height in pixels, such as 800x480\n");
    options.size = *size;
    options.windowed = true;
  }
  return options;
}

}  // namespace parking::kiosk
