#include "tests/bench/throughput.hpp"

#include <algorithm>
#include <cstdio>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

#include <sys/mman.h>

#include "tests/bench/busy_gate.hpp"
#include "tests/bench/central.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/comparison.hpp"
#include "tests/bench/folder.hpp"
#include "tests/bench/port.hpp"
#include "tests/bench/processor.hpp"
#include "tests/support/eventually.hpp"

namespace parking::bench {
namespace {

constexpr core::Count plenty = 100'000;
/// For sixteen gates to find each other, and for a phase's last cars to be counted.
constexpr std::chrono::seconds patience{60};
constexpr std::chrono::milliseconds until_quiet{500};

/// Counts of all busy processes, in memory that they share.
class Counts {
public:
  explicit Counts(std::size_t processes) : size_(processes) {
    void* memory = ::mmap(nullptr, size_ * sizeof(BusyCount), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("no memory can be shared");
    counts_ = static_cast<BusyCount*>(memory);
    for (std::size_t i = 0; i < size_; ++i) new (counts_ + i) BusyCount;
  }
  ~Counts() { ::munmap(counts_, size_ * sizeof(BusyCount)); }
  Counts(const Counts&) = delete;
  Counts& operator=(const Counts&) = delete;

  BusyCount& of(std::size_t process) { return counts_[process]; }
  [[nodiscard]] bool all_ready() const {
    return std::all_of(counts_, counts_ + size_,
                       [](const BusyCount& count) { return count.ready.load(); });
  }
  [[nodiscard]] std::int64_t entries() const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < size_; ++i) sum += counts_[i].entries;
    return sum;
  }

private:
  std::size_t size_;
  BusyCount* counts_ = nullptr;
};

/// The busy processes of one lot, half of them on each processor.
class BusyLot {
public:
  BusyLot(const Options& options)
      : folder_(options.folder),
        counts_(options.busy_gates),
        central_(folder_.path() / "central", plenty) {
    for (std::size_t i = 0; i < options.busy_gates; ++i) start(i, options.busy_gates);
    if (!test_support::eventually(patience, [this] { return counts_.all_ready(); }))
      throw std::runtime_error("the busy gates do not find each other");
  }

  /// Entries a second while all do `what`.
  double rate(char what, double seconds) {
    tell(what);
    const std::int64_t before = counts_.entries();
    const Nanoseconds start = now();
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    const std::int64_t entries = counts_.entries() - before;
    const double took = std::chrono::duration<double>(now() - start).count();
    tell(rest);
    std::this_thread::sleep_for(until_quiet);
    return static_cast<double>(entries) / took;
  }

private:
  void start(std::size_t number, std::size_t gates) {
    const std::string id = "g" + std::to_string(100 + number);
    const Gate::Settings settings{.id = id,
                                  .port = quiet_port(),
                                  .discovery = central_.address(),
                                  .folder = folder_.path() / id};
    gates_.emplace_back([&](int control) {
      pin_to(number % 2 == 0 ? measured_processor : others_processor);
      BusyGate(settings, gates, counts_.of(number), control).run();
      return 0;
    });
  }
  void tell(char what) {
    for (const Child& gate : gates_) gate.tell(what);
  }

  Folder folder_;
  Counts counts_;
  Central central_;
  std::vector<Child> gates_;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

void measure_throughput(const Options& options) {
  print_heading("Entries a second, " + std::to_string(options.busy_gates) +
                " gates of one lot at once, one disk");
  BusyLot lot(options);
  std::vector<double> gates;
  std::vector<double> bare;
  std::vector<double> ratios;
  for (std::size_t i = 0; i < options.phases; ++i) {
    gates.push_back(lot.rate(let_cars_in, options.phase_s));
    bare.push_back(lot.rate(commit_bare, options.phase_s));
    ratios.push_back(gates.back() / bare.back());
  }
  std::printf(
      "  measured cars let in and counted, each told to all others   median %8.0f a second\n"
      "  against  two bare commits a car, by as many processes       median %8.0f a second\n"
      "  ratio    %.2f (median of %zu pairs of %.1f s)\n",
      median(gates), median(bare), median(ratios), ratios.size(), options.phase_s);
  std::fflush(stdout);
}

}  // namespace parking::bench
