#include "tests/faults/run.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <utility>

namespace parking::faults {
namespace {

/// After so many, what fails is known.
constexpr int most_failures = 5;

std::vector<const Fault*> all_faults() {
  std::vector<const Fault*> all;
  for (const auto& kinds :
       {network_faults(), process_faults(), store_faults(), clone_faults(), disk_faults()})
    for (const Fault& fault : kinds) all.push_back(&fault);
  return all;
}

/// Gate -> the store that it runs with.
std::map<std::string, std::string> stores(Site& site) {
  std::map<std::string, std::string> all;
  for (const GateStation* gate : site.gates()) all[gate->node()] = incarnation_of(gate->station);
  return all;
}

}  // namespace

Run::Run(RunSettings settings, std::filesystem::path folder, Report& report)
    : settings_(std::move(settings)),
      folder_(std::move(folder)),
      report_(report),
      dealer_(settings_.seed) {}

Run::~Run() = default;

int Run::kinds() {
  return static_cast<int>(
      std::ranges::count_if(all_faults(), [](const Fault* fault) { return !fault->on_request; }));
}

std::vector<std::string> Run::names() {
  std::vector<std::string> all;
  for (const Fault* fault : all_faults()) all.push_back(fault->name);
  return all;
}

void Run::all() {
  for (int number = 1; number <= settings_.faults && report_.failed() < most_failures; ++number)
    one(number);
  end_site();
}

// Each kind comes once before any comes again.
const Fault& Run::deal() {
  if (deck_.empty()) {
    deck_ = all_faults();
    std::erase_if(deck_, [&](const Fault* fault) {
      return settings_.only.empty() ? fault->on_request : fault->name != settings_.only;
    });
    std::ranges::shuffle(deck_, dealer_);
  }
  const Fault& fault = *deck_.back();
  deck_.pop_back();
  return fault;
}

void Run::one(int number) {
  const Fault& fault = deal();
  const std::size_t gate = dealer_() % Site::gate_count;
  const std::size_t other = (gate + 1 + dealer_() % (Site::gate_count - 1)) % Site::gate_count;
  const std::uint64_t moments = dealer_();
  try {
    if (!site_) begin_site();
    random_.seed(moments);
    report_.begin(number, fault.name, site_->gate(gate).node());
    happen(fault, site_->gate(gate), site_->gate(other));
  } catch (const std::exception& error) {
    report_.wrong(error.what());
  }
  if (site_ && !report_.is_wrong() && is_used_up()) restore_lot();
  const bool is_wrong = report_.is_wrong();
  report_.end();
  if (site_ && is_wrong) {
    const auto logs = settings_.logs / ("fault-" + std::to_string(number));
    site_->write_logs(logs);
    std::cout << "logs of the programs are in " << logs.string() << '\n' << std::flush;
  }
  if (site_ && is_wrong) end_site();
}

void Run::happen(const Fault& fault, GateStation& gate, GateStation& other) {
  Scene scene{*site_, network_, report_, random_, gate, other};
  const auto stores_before = stores(*site_);
  try {
    fault.happen(scene);
  } catch (...) {
    network_.mend();
    site_->stop_traffic();
    throw;
  }
  if (report_.is_wrong()) return;
  check();
  for (const auto& [node, store] : stores(*site_))
    if (store != stores_before.at(node) && !(fault.may_end_store && node == gate.node()))
      report_.wrong(node +
                    " runs with another store than before, and nothing happened to its card");
}

void Run::check() {
  if (!site_->agrees_with_truth())
    report_.wrong("the figures are not the truth:\n" + site_->figures());
  if (site_->world().oversold() > 0)
    report_.wrong("oversold: " + std::to_string(site_->world().oversold()) + " cars too many");
  const Figures figures = site_->agreed();
  report_.note("inside " + std::to_string(figures.inside) + ", free " +
               std::to_string(figures.free) + ", stranded " + std::to_string(figures.stranded) +
               (report_.is_wrong() ? ": WRONG" : ": as it should be"));
}

// So much is out of reach that too few cars move.
bool Run::is_used_up() const {
  return 2 * (site_->agreed().stranded + std::abs(site_->listed_inside())) >= Site::capacity;
}

void Run::restore_lot() {
  try {
    if (site_->recount())
      report_.recounted();
    else
      end_site();
  } catch (const std::exception& error) {
    report_.wrong(error.what());
  }
}

void Run::begin_site() {
  const auto folder = folder_ / ("site-" + std::to_string(++sites_));
  site_ = std::make_unique<Site>(folder, network_, report_, random_);
}

void Run::end_site() {
  if (!site_) return;
  network_.mend();
  site_->stop_traffic();
  const World& world = site_->world();
  report_.site_ended(world.cars_seen(), world.oversold(), world.most_over());
  try {
    site_->end();
  } catch (const std::exception& error) {
    report_.begin(0, "stopping", "");
    report_.wrong(error.what());
    report_.end();
  }
  site_.reset();
}

}  // namespace parking::faults
