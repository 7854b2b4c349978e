#include "tests/faults/site.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include <boost/json/serialize.hpp>

#include "tests/integration/configuration.hpp"
#include "tests/support/eventually.hpp"

namespace parking::faults {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using core::Count;
using test_support::at;
using test_support::eventually;

// Reconnecting takes a backoff of seconds, and the machine may be busy with other things.
constexpr std::chrono::seconds heals_within{60};

constexpr std::array<const char*, Site::gate_count> names{"north", "east", "south", "west"};
const std::string network_part = "10.77.0.";

Count number(const json::value& status, std::string_view pointer) {
  const json::value found = at(status, pointer);
  return found.is_int64() ? found.as_int64() : -1;
}

std::string text(const json::value& status, std::string_view pointer) {
  const json::value found = at(status, pointer);
  return found.is_string() ? std::string(found.as_string()) : "";
}

bool hears_all(const json::value& status) {
  const json::value peers = at(status, "/peers");
  if (!peers.is_array() || peers.as_array().size() != Site::gate_count) return false;
  return std::ranges::all_of(
      peers.as_array(), [](const json::value& peer) { return text(peer, "/state") == "alive"; });
}

fs::path write_central(const fs::path& folder, const std::string& listen) {
  const integration::CentralConfiguration configuration{folder, listen, Site::capacity};
  const fs::path file = configuration.write();
  std::ofstream(file, std::ios::app) << "[security]\nmode = \"plain\"\n";
  return file;
}

}  // namespace

Site::Site(const fs::path& folder, Network& network, Report& report, std::mt19937_64& random)
    : folder_(folder),
      network_(network),
      report_(report),
      random_(random),
      central_address_(network_part + "1:7400") {
  network_.add("central", network_part + "1");
  const fs::path at_central = folder_ / "central";
  central_ = std::make_unique<Station>("central", network_part + "1", "parking-discovery",
                                       write_central(at_central, central_address_),
                                       at_central / "discovery.sock");
  central_->launch();
  for (std::size_t i = 0; i < gate_count; ++i) {
    const std::string address = network_part + std::to_string(11 + i);
    network_.add(names.at(i), address);
    gates_.push_back(std::make_unique<GateStation>(names.at(i), names.at(i), address,
                                                   folder_ / names.at(i), central_address_, world_,
                                                   report_, random_()));
    gates_.back()->station.launch();
  }
  for (Station* station : stations()) station->program().await_answer();
  if (!agrees()) throw std::runtime_error("the site does not get into service:\n" + figures());
}

std::vector<GateStation*> Site::gates() {
  std::vector<GateStation*> all;
  all.reserve(gates_.size());
  for (const auto& gate : gates_) all.push_back(gate.get());
  return all;
}

std::vector<Station*> Site::stations() {
  std::vector<Station*> all{central_.get()};
  all.reserve(gates_.size() + 1);
  for (const auto& gate : gates_) all.push_back(&gate->station);
  return all;
}

std::unique_ptr<GateStation> Site::twin_of(const GateStation& original) {
  const std::string address = network_part + "21";
  network_.add("twin", address);
  return std::make_unique<GateStation>("twin", original.node(), address, folder_ / "twin",
                                       central_address_, world_, report_, random_());
}

void Site::list(const Deviation& deviation) {
  if (deviation.inside == 0) return;
  listed_inside_ += deviation.inside;
  report_.deviates(deviation);
}

void Site::start_traffic(const GateStation* without) {
  for (const auto& gate : gates_)
    if (gate.get() != without) gate->cars.start();
}

void Site::stop_traffic() {
  for (const auto& gate : gates_) gate->cars.stop();
}

void Site::await_moves(int moves) {
  const auto sum = [&] {
    int all = 0;
    for (const auto& gate : gates_) all += gate->cars.moves();
    return all;
  };
  const int goal = sum() + moves;
  if (!eventually(heals_within, [&] { return sum() >= goal; }))
    report_.wrong("no car moves any more:\n" + figures());
}

// `instead_of` may be anywhere; `stand_in` runs with its name.
bool Site::agrees_now(const GateStation* stand_in, const GateStation* instead_of) {
  std::vector<const Station*> all{central_.get()};
  all.reserve(gates_.size() + 1);
  for (const auto& gate : gates_)
    all.push_back(gate.get() == instead_of ? &stand_in->station : &gate->station);
  Count permits = 0;
  std::optional<Figures> first;
  for (const Station* station : all) {
    const json::value status = station->status();
    if (text(status, "/gate/state") != "in_service" || !hears_all(status)) return false;
    if (station != central_.get() && text(status, "/discovery/state") != "alive") return false;
    const Figures shown{number(status, "/lot/inside"), number(status, "/lot/pending"),
                        number(status, "/lot/free"), number(status, "/lot/stranded")};
    if (!first) first = shown;
    if (shown != *first) return false;
    permits += number(status, "/gate/permits");
  }
  const Count free = capacity - first->inside - first->pending;
  agreed_ = *first;
  return permits + first->stranded == free &&
         first->free == std::max<Count>(0, free - first->stranded);
}

bool Site::agrees() {
  return eventually(heals_within, [&] { return agrees_now(nullptr, nullptr); });
}

bool Site::agrees_with(const GateStation& stand_in, const GateStation& instead_of) {
  return eventually(heals_within, [&] { return agrees_now(&stand_in, &instead_of); });
}

bool Site::agrees_with_truth() {
  return eventually(heals_within, [&] {
    return agrees_now(nullptr, nullptr) && agreed_.pending == 0 &&
           agreed_.inside == world_.inside() + listed_inside_;
  });
}

bool Site::recount() {
  constexpr int wrong_usage = 2;
  const test_support::Ctl ctl(central_->program().socket());
  const auto done = [&](const std::vector<std::string>& command) {
    test_support::Outcome outcome;
    eventually(heals_within, [&] {
      outcome = ctl.run(command);
      return outcome.exit_code == 0 || outcome.exit_code == wrong_usage;
    });
    return outcome;
  };
  auto outcome = done({"recount", "begin"});
  if (outcome.exit_code == wrong_usage) return false;
  if (outcome.exit_code == 0)
    outcome = done({"recount", std::to_string(world_.inside()), "--reason", "counted"});
  if (outcome.exit_code != 0) throw std::runtime_error("recount: " + outcome.errors);
  listed_inside_ = 0;
  world_.recounted();
  if (!agrees_with_truth() || agreed_.stranded != 0)
    throw std::runtime_error("a recount does not set the figures right:\n" + figures());
  return true;
}

std::string Site::figures() {
  std::string all = "really inside " + std::to_string(world_.inside()) + ", listed deviations " +
                    std::to_string(listed_inside_) + '\n';
  for (Station* station : stations())
    all += station->node() + ": " + json::serialize(station->status()) + '\n';
  return all;
}

void Site::end() {
  for (const auto& gate : gates_) gate->station.end();
  central_->end();
}

void Site::write_logs(const fs::path& folder) {
  fs::create_directories(folder);
  std::ofstream(folder / "figures") << figures();
  for (Station* station : stations()) {
    std::ofstream(folder / (station->node() + ".log")) << station->program().log();
    const test_support::Ctl ctl(station->program().socket());
    std::ofstream(folder / (station->node() + ".history"))
        << ctl.run({"history", "--limit", "400", "--json"}).output;
  }
}

}  // namespace parking::faults
