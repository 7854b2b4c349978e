#include "tests/sim/options.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <thread>

#include "tests/support/command_line.hpp"

namespace parking::sim {
namespace {

using test_support::refuse;
using test_support::whole_number;

constexpr std::size_t most_gates = 60;
constexpr std::size_t most_cars = 100'000;
constexpr unsigned most_jobs = 256;
constexpr std::uint64_t most_seeds = 1'000'000'000;
constexpr std::uint64_t most_arrivals = 1'000'000'000;
constexpr std::uint64_t last_seed = std::numeric_limits<std::uint64_t>::max();

/// "3..8" or "10".
bool read_range(const std::string& text, std::size_t& least, std::size_t& most) {
  const auto read = [](std::string_view part, std::size_t& to) {
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), to);
    return error == std::errc{} && end == part.data() + part.size() && to >= 1 && to <= most_gates;
  };
  const std::string_view all = text;
  const std::size_t dots = all.find("..");
  if (dots == std::string_view::npos) return read(all, least) && read(all, most);
  return read(all.substr(0, dots), least) && read(all.substr(dots + 2), most) && least <= most;
}

class CommandLine {
public:
  CommandLine() {
    options_.campaign.jobs = std::clamp(std::thread::hardware_concurrency(), 1U, most_jobs);
    add_campaign();
    add_replay();
    add_refusals();
    app_.footer("\nExit codes: 0 no rule broke, 1 one did, 2 wrong usage.");
    app_.callback([this] { conclude(); });
  }

  std::expected<Options, int> parse(int count, const char* const* words) {
    if (const auto end = test_support::parse(app_, count, words)) return std::unexpected(*end);
    return options_;
  }

private:
  void add_campaign() {
    Campaign& campaign = options_.campaign;
    add_number("--seeds", campaign.seeds, "how many car parks", whole_number(1, most_seeds));
    add_number("--first-seed", campaign.first_seed, "the first of them", whole_number(0));
    app_.add_option("--seed", only_seed_, "this one alone")->transform(whole_number(0));
    app_.add_option("--gates", gates_, "of a car park, or a range; with --refusals: 10")
        ->capture_default_str();
    add_number("--cars", campaign.wishes.cars, "in each car park", whole_number(1, most_cars));
    add_number("--jobs", campaign.jobs, "threads", whole_number(1, most_jobs));
    app_.add_flag("--calm", calm_, "without faults");
    app_.add_flag("--real-store", campaign.wishes.real_store,
                  "the product's own stores in every seed, not in one of fifty");
    app_.add_flag("--progress", campaign.progress, "say from time to time how far it is");
    app_.add_flag("--plant-failure", campaign.wishes.plant_failure,
                  "let the world itself break a rule, to see the report");
  }

  /// How a report writes a smaller scenario.
  void add_replay() {
    app_.add_flag("--trace", options_.trace, "with --seed: every step of it");
    auto* group = app_.add_option_group(
        "What is left of a seed",
        "with --trace, as reports write it: 0,4..7 or none; without: everything");
    add_places(*group, "--keep-cars", options_.kept.cars, "these cars alone");
    add_places(*group, "--keep-faults", options_.kept.faults, "these faults alone");
    add_places(*group, "--keep-acts", options_.kept.acts, "these acts of the operator alone");
    group->add_option("--keep-gates", options_.kept.gates, "so many, the first ones")
        ->transform(whole_number(1, most_gates));
    group->add_flag("--no-loss", options_.kept.no_loss, "no message is lost");
    group->add_flag("--plain-gates", options_.kept.plain_gates,
                    "no clock runs off, no row is of a newer version");
  }

  void add_refusals() {
    app_.add_flag("--refusals", refusals_, "measure wrong refusals instead");
    add_number("--loss", settings_.loss_percent, "with --refusals: messages lost, in %",
               whole_number(0, 90));
    add_number("--arrivals", settings_.arrivals, "with --refusals: cars",
               whole_number(1, most_arrivals));
  }

  template <typename Number>
  void add_number(const char* name, Number& number, const char* what, const CLI::Validator& range) {
    app_.add_option(name, number, what)->transform(range)->capture_default_str();
  }

  static void add_places(CLI::App& app, const std::string& name, std::optional<Places>& places,
                         const char* what) {
    const auto take = [name, &places](const std::string& text) {
      places = places_in(text);
      if (!places) refuse(name + " wants places that rise, such as 0,4..7, or none");
    };
    app.add_option_function<std::string>(name, take, what)->type_name("PLACES");
  }

  [[nodiscard]] bool has(const char* name) const { return app_.count(name) > 0; }

  void refuse_each(std::initializer_list<const char*> names, const std::string& why) const {
    for (const char* name : names)
      if (has(name)) refuse(name + why);
  }

  void conclude() {
    Wishes& wishes = options_.campaign.wishes;
    if (!read_range(gates_, wishes.gates_min, wishes.gates_max))
      refuse("--gates wants 1 to " + std::to_string(most_gates) + ", or a range such as 3..8");
    wishes.faults = !calm_;
    refusals_ ? conclude_refusals() : conclude_campaign();
  }

  void conclude_campaign() {
    refuse_each({"--loss", "--arrivals"}, " is for --refusals: add that, or leave it out");
    if (options_.trace && !has("--seed")) refuse("--trace shows one seed: say which with --seed N");
    if (!options_.trace)
      refuse_each({"--keep-cars", "--keep-faults", "--keep-acts", "--keep-gates", "--no-loss",
                   "--plain-gates"},
                  " is for --seed N --trace: add them, or leave it out");
    Campaign& campaign = options_.campaign;
    if (has("--seed")) {
      refuse_each({"--seeds", "--first-seed"}, " is for many seeds, --seed for one: leave one out");
      campaign.first_seed = only_seed_;
      campaign.seeds = 1;
      campaign.jobs = 1;
    }
    if (campaign.first_seed > last_seed - (campaign.seeds - 1))
      refuse("--first-seed is so near the last that --seeds do not fit: take a smaller one");
  }

  void conclude_refusals() {
    refuse_each({"--seed", "--seeds"},
                " is not for --refusals, which takes as many seeds as the arrivals need: "
                "--first-seed says where they begin");
    refuse_each({"--trace", "--cars", "--jobs", "--calm", "--real-store", "--progress",
                 "--plant-failure", "--keep-cars", "--keep-faults", "--keep-acts", "--keep-gates",
                 "--no-loss", "--plain-gates"},
                " is not for --refusals: leave one of the two out");
    const Wishes& wishes = options_.campaign.wishes;
    if (has("--gates") && wishes.gates_min != wishes.gates_max)
      refuse("--refusals measures one number of gates: say which, such as --gates 10");
    if (has("--gates")) settings_.gates = wishes.gates_max;
    settings_.seed = options_.campaign.first_seed;
    options_.refusals = settings_;
  }

  Options options_;
  RefusalSettings settings_;
  std::string gates_ = "3..8";
  std::uint64_t only_seed_ = 0;
  bool calm_ = false;
  bool refusals_ = false;
  CLI::App app_{"Runs car parks of real gate and office cores in virtual time, with faults.",
                "parking-sim"};
};

}  // namespace

std::expected<Options, int> parse_options(int count, const char* const* words) {
  return CommandLine().parse(count, words);
}

}  // namespace parking::sim
