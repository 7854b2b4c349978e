#include "app/ctl/options.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/ctl/json.hpp"
#include "app/ctl/run.hpp"
#include "app/wire/text.hpp"

namespace parking::ctl {
namespace {

constexpr const char* footer =
    "\nWith --json, status prints one object; watch, peers, history and alarms one object a line;\n"
    "a refusal and wrong usage are printed as {\"error\": \"...\"} too.\n"
    "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 nobody answers on the socket.";

const std::map<std::string, wire::LaneSensor> sensors{{"approach", wire::LaneSensor::approach},
                                                      {"passage", wire::LaneSensor::passage},
                                                      {"inner", wire::LaneSensor::inner}};
const std::map<std::string, core::Presence> presences{{"on", core::Presence::present},
                                                      {"off", core::Presence::clear},
                                                      {"fault", core::Presence::fault}};
const std::map<std::string, wire::Settlement> settlements{
    {"entered", wire::Settlement::entered}, {"backed_out", wire::Settlement::backed_out}};

/// What the history keeps.
constexpr std::uint32_t most_events = 100'000;

constexpr const char* recount_steps =
    "recount takes three steps: recount begin (entries are held at every gate); count the cars "
    "inside, those in lanes included; recount N --reason TEXT. Or: recount cancel";
constexpr const char* why_stopped =
    "retire needs --stopped: with it you vouch that each of these machines is switched off and its "
    "lanes are shut, since nobody would count what still passes there";

/// Wrong usage that CLI11 does not find by itself.
[[noreturn]] void refuse(const std::string& why) {
  throw CLI::ValidationError(why);
}

std::optional<core::Count> number_in(std::string_view text) {
  core::Count number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

wire::LocalRequest recount(const std::string& step, const std::string& reason) {
  if (step.empty()) refuse(recount_steps);
  if (step == "begin") return wire::RecountBeginRequest{reason};
  if (step == "cancel") return wire::RecountCancelRequest{reason};
  const auto inside = number_in(step);
  if (!inside || *inside < 0 || *inside > wire::largest_recount)
    refuse("recount: \"" + step + "\" is neither begin nor cancel nor a number of cars");
  if (reason.empty()) refuse("recount N needs --reason TEXT: say why in a few words");
  return wire::RecountCountRequest{*inside, reason};
}

wire::RetireRequest retire(const std::vector<std::string>& names, bool stopped,
                           const std::string& reason) {
  if (!stopped) refuse(why_stopped);
  if (names.size() > core::max_gates) refuse("retire: a lot has 64 gates at most");
  wire::RetireRequest request{.gates = {}, .reason = reason};
  for (const std::string& name : names) {
    const auto gate = core::GateId::parse(name);
    if (!gate) refuse("retire: \"" + name + "\" is no gate: " + gate.error());
    if (std::ranges::find(request.gates, *gate) != request.gates.end())
      refuse("retire: \"" + name + "\" is named twice");
    request.gates.push_back(*gate);
  }
  return request;
}

// As the alarm and the status write it.
wire::DismissLotRequest dismiss(const std::string& lot, const std::string& reason) {
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(lot.data(), lot.data() + lot.size(), value, 16);
  if (fault != std::errc() || value == 0 || core::to_string(core::LotId{value}) != lot)
    refuse("office dismiss: \"" + lot + "\" is no lot; parkingctl alarms names it with 16 digits");
  return {core::LotId{value}, reason};
}

wire::ImportRequest import(const std::string& file, const std::string& reason) {
  std::error_code failed;
  const auto absolute = std::filesystem::absolute(file, failed);
  if (failed) refuse("import: " + file + ": " + failed.message());
  if (absolute.native().size() > wire::longest_path) refuse("import: the file's name is too long");
  return {absolute.native(), reason};
}

/// People write 010 for ten; without this it would be read as octal.
std::string decimal(std::string& text) {
  const bool digits = !text.empty() && std::ranges::all_of(text, [](unsigned char character) {
    return std::isdigit(character) != 0;
  });
  if (!digits) return "\"" + text + "\" is no number: decimal digits only";
  text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
  return {};
}

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
    app_.add_option("--socket", socket_,
                    std::string("Unix socket of the program to talk to; default: ") + gate_socket +
                        " where it is there, else " + central_socket)
        ->type_name("PATH");
    app_.add_flag("--json", options_.json, "print JSON for tools");
    app_.require_subcommand(1);
    add_views();
    add_actions();
    add_lot_actions();
    add_store();
    app_.footer(footer);  // after the commands, which would all repeat it
  }

  std::expected<Options, Stop> parse(std::vector<std::string> arguments) {
    const bool json = std::ranges::find(arguments, "--json") != arguments.end();
    std::ranges::reverse(arguments);  // CLI11 takes them from the back
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::CallForVersion& version) {
      return std::unexpected(Stop{exit_done, std::string(version.what()) + "\n"});
    } catch (const CLI::Success&) {
      return std::unexpected(Stop{exit_done, app_.help()});
    } catch (const CLI::ParseError& error) {
      const std::string why = explain(error) + "; see parkingctl --help";
      return std::unexpected(Stop{exit_wrong_usage, "parkingctl: " + why + "\n",
                                  json ? error_json(why) + "\n" : std::string()});
    }
    if (!socket_.empty()) options_.socket = socket_;
    return options_;
  }

private:
  /// CLI11 says of a word that is no command only that a command is missing.
  std::string explain(const CLI::ParseError& error) const {
    const CLI::App* last = &app_;
    std::string said;
    while (!last->get_subcommands().empty()) {
      last = last->get_subcommands().front();
      said += last->get_name() + " ";
    }
    const bool lacks_command =
        last->get_require_subcommand_min() > 0 && error.get_name() == "RequiredError";
    if (!lacks_command) return wire::harmless(error.what());
    const auto unknown = app_.remaining(true);
    if (!unknown.empty()) return "\"" + wire::harmless(said + unknown.front()) + "\" is no command";
    if (said.empty()) return "name a command";
    std::string choice;
    for (const CLI::App* one : last->get_subcommands([](const CLI::App*) { return true; }))
      choice += (choice.empty() ? "" : " or ") + one->get_name();
    return said + "needs a word more: " + choice;
  }

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
        [this] { return wire::HistoryRequest{.limit = limit_}; })
        ->add_option("--limit", limit_, "how many events")
        ->transform(CLI::Validator(decimal, ""))
        ->check(CLI::Range(1U, most_events))
        ->capture_default_str()
        ->type_name("N");
  }

  void add_actions() {
    CLI::App* sensor =
        add(app_, "sensor", "set a sensor of the simulated board", Show::done, [this] {
          return wire::SensorRequest{lane_, sensors.at(word_), presences.at(value_)};
        });
    add_lane(*sensor);
    add_word(*sensor, "SENSOR", word_)->check(one_of(sensors));
    add_word(*sensor, "VALUE", value_)->check(one_of(presences));

    CLI::App* settle =
        add(app_, "settle", "say what became of a held admission", Show::done, [this] {
          return wire::SettleRequest{lane_, settlements.at(word_), reason_};
        });
    add_lane(*settle);
    add_word(*settle, "OUTCOME", word_)->check(one_of(settlements));
    add_reason(*settle);

    add_reason(
        *add(app_, "leave", "take this gate out of the lot for good; its permits go to others",
             Show::done, [this] { return wire::LeaveRequest{reason_}; }),
        Reason::welcome);
  }

  void add_lot_actions() {
    CLI::App* capacity =
        add(app_, "capacity", "change how many spaces the lot has", Show::done, [this] {
          return wire::CapacityRequest{number_, reason_};
        });
    capacity->add_option("N", number_, "spaces")
        ->required()
        ->transform(CLI::Validator(decimal, ""))
        ->check(CLI::Range(core::Count{0}, wire::largest_capacity))
        ->type_name("");
    add_reason(*capacity);

    CLI::App* recounting =
        add(app_, "recount", "correct the count: begin, then the number of cars inside, or cancel",
            Show::done, [this] { return recount(word_, reason_); });
    recounting->add_flag("--more-than-spaces", options_.more_than_spaces,
                         "there really are more cars inside than spaces");
    recounting->add_option("STEP", word_, "begin, cancel, or how many cars are inside")
        ->type_name("");
    add_reason(*recounting, Reason::welcome);

    CLI::App* retiring = add(app_, "retire", "take gates out of the lot whose machines are gone",
                             Show::done, [this] { return retire(words_, stopped_, reason_); });
    retiring->add_option("GATE", words_)
        ->required()
        ->expected(-1)  // one or more
        ->type_name("");
    retiring->add_flag("--stopped", stopped_, "you vouch that they are off and their lanes shut");
    add_reason(*retiring);

    CLI::App* importing =
        add(app_, "import", "read the ledger.db of a dead gate (its ledger.db-wal beside it)",
            Show::done, [this] { return import(word_, reason_); });
    add_word(*importing, "FILE", word_);
    add_reason(*importing, Reason::welcome);

    CLI::App* office =
        app_.add_subcommand("office", "the central service's part of the ledger")->fallthrough();
    office->require_subcommand(1);
    add_reason(*add(*office, "takeover", "take over the lot of an office whose store is lost",
                    Show::done, [this] { return wire::TakeOverRequest{reason_}; }),
               Reason::welcome);
    CLI::App* dismissing =
        add(*office, "dismiss", "say that the gates of a lot that asked here belong elsewhere",
            Show::done, [this] { return dismiss(word_, reason_); });
    add_word(*dismissing, "LOT", word_);
    add_reason(*dismissing);
  }

  void add_store() {
    CLI::App* store = app_.add_subcommand("store", "what this machine remembers")->fallthrough();
    store->require_subcommand(1);
    add_reason(*add(*store, "trust", "vouch for it though no other machine can confirm it",
                    Show::done, [this] { return wire::StoreTrustRequest{reason_}; }));
    add_reason(*add(*store, "renew", "set it aside and begin a new one, without permits",
                    Show::done, [this] { return wire::StoreRenewRequest{reason_}; }),
               Reason::welcome);
  }

  enum class Reason : std::uint8_t { needed, welcome };

  void add_lane(CLI::App& command) { add_word(command, "LANE", lane_); }

  static CLI::Option* add_word(CLI::App& command, const char* name, std::string& word) {
    return command.add_option(name, word)->required()->type_name("");
  }

  void add_reason(CLI::App& command, Reason reason = Reason::needed) {
    const auto said = [](const std::string& text) {
      const std::string fault = wire::reason_fault(text);
      return text.find_first_not_of(' ') == std::string::npos
                 ? std::string("say why in a few words")
                 : (fault.empty() ? fault : "the text " + fault);
    };
    command.add_option("--reason", reason_, "why, for the history")
        ->required(reason == Reason::needed)
        ->type_name("TEXT")
        ->check(CLI::Validator(said, ""));
  }

  CLI::App app_{"Shows and operates a gate or the central service", "parkingctl"};
  Options options_;
  std::string socket_, lane_, word_, value_, reason_;
  std::vector<std::string> words_;
  std::uint32_t limit_ = 100;
  core::Count number_ = 0;
  bool stopped_ = false;
};

}  // namespace

std::expected<Options, Stop> parse_options(const std::vector<std::string>& arguments,
                                           std::string_view version) {
  return CommandLine(version).parse(arguments);
}

}  // namespace parking::ctl
