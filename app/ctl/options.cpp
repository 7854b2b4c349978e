#include "app/ctl/options.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <CLI/CLI.hpp>

namespace parking::ctl {
namespace {

constexpr const char* footer =
    "\nWith --json, status prints one object; watch, peers, history and alarms one object a line.\n"
    "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 nobody answers on the socket.";

const std::map<std::string, wire::LaneSensor> sensors{{"approach", wire::LaneSensor::approach},
                                                      {"passage", wire::LaneSensor::passage},
                                                      {"inner", wire::LaneSensor::inner}};
const std::map<std::string, core::Presence> presences{{"on", core::Presence::present},
                                                      {"off", core::Presence::clear},
                                                      {"fault", core::Presence::fault}};
const std::map<std::string, wire::Settlement> settlements{
    {"entered", wire::Settlement::entered}, {"backed_out", wire::Settlement::backed_out}};

template <typename Value>
CLI::IsMember one_of(const std::map<std::string, Value>& words) {
  std::vector<std::string> names;
  for (const auto& entry : words) names.push_back(entry.first);
  return CLI::IsMember(names);
}

/// The command line and the values that it fills in.
class CommandLine {
public:
  explicit CommandLine(std::string_view version) {
    app_.set_version_flag("--version", "parkingctl " + std::string(version));
    app_.add_option("--socket", socket_, "Unix socket of the program to talk to")
        ->type_name("PATH");
    app_.add_flag("--json", options_.json, "print JSON for tools");
    app_.require_subcommand(1);
    add_views();
    add_actions();
    app_.footer(footer);  // after the commands, which would all repeat it
  }

  std::expected<Options, Stop> parse(std::vector<std::string> arguments) {
    std::ranges::reverse(arguments);  // CLI11 takes them from the back
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::CallForVersion& version) {
      return std::unexpected(Stop{exit_done, std::string(version.what()) + "\n"});
    } catch (const CLI::Success&) {
      return std::unexpected(Stop{exit_done, app_.help()});
    } catch (const CLI::ParseError& error) {
      return std::unexpected(Stop{exit_wrong_usage, "parkingctl: " + std::string(error.what()) +
                                                        "; see parkingctl --help\n"});
    }
    if (!socket_.empty()) options_.socket = socket_;
    return options_;
  }

private:
  template <typename Request>
  CLI::App* add(CLI::App& parent, const char* name, const char* what, Show show, Request request) {
    CLI::App* command = parent.add_subcommand(name, what)->fallthrough();
    command->callback([this, show, request] {
      options_.show = show;
      options_.request = request();
    });
    return command;
  }

  void add_views() {
    const auto status = [] { return wire::StatusRequest{}; };
    add(app_, "status", "the lot, this gate, its lanes, peers and alarms", Show::status, status);
    add(app_, "watch", "the same again on every change, until stopped", Show::watch,
        [] { return wire::WatchRequest{}; });
    add(app_, "peers", "the other gates and when they were last heard", Show::peers, status);
    add(app_, "alarms", "what needs somebody's attention, and what to do", Show::alarms, status);
    add(app_, "history", "the last events, oldest first", Show::history,
        [this] { return wire::HistoryRequest{limit_}; })
        ->add_option("--limit", limit_, "how many events")
        ->check(CLI::Range(1U, static_cast<std::uint32_t>(wire::max_events_per_reply)))
        ->capture_default_str()
        ->type_name("N");
  }

  void add_actions() {
    CLI::App* sensor =
        add(app_, "sensor", "set a sensor of the simulated board", Show::done,
            [this] { return wire::SensorRequest{lane_, sensors.at(word_), presences.at(value_)}; });
    add_lane(*sensor);
    add_word(*sensor, "SENSOR", word_)->check(one_of(sensors));
    add_word(*sensor, "VALUE", value_)->check(one_of(presences));

    CLI::App* settle =
        add(app_, "settle", "say what became of a held admission", Show::done,
            [this] { return wire::SettleRequest{lane_, settlements.at(word_), reason_}; });
    add_lane(*settle);
    add_word(*settle, "OUTCOME", word_)->check(one_of(settlements));
    add_reason(*settle);

    CLI::App* store = app_.add_subcommand("store", "what this machine remembers")->fallthrough();
    store->require_subcommand(1);
    add_reason(*add(*store, "trust", "vouch for it though no other machine can confirm it",
                    Show::done, [this] { return wire::StoreTrustRequest{reason_}; }));
  }

  void add_lane(CLI::App& command) { add_word(command, "LANE", lane_); }

  static CLI::Option* add_word(CLI::App& command, const char* name, std::string& word) {
    return command.add_option(name, word)->required()->type_name("");
  }

  void add_reason(CLI::App& command) {
    const auto said = [](const std::string& text) {
      return text.find_first_not_of(' ') == std::string::npos
                 ? std::string("say why in a few words")
                 : std::string();
    };
    command.add_option("--reason", reason_, "why, for the history")
        ->required()
        ->type_name("TEXT")
        ->check(CLI::Validator(said, ""));
  }

  CLI::App app_{"Shows and operates a gate or the central service", "parkingctl"};
  Options options_;
  std::string socket_, lane_, word_, value_, reason_;
  std::uint32_t limit_ = 100;
};

}  // namespace

std::expected<Options, Stop> parse_options(const std::vector<std::string>& arguments,
                                           std::string_view version) {
  return CommandLine(version).parse(arguments);
}

}  // namespace parking::ctl
