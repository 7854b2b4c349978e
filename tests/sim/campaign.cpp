#include "tests/sim/campaign.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "tests/sim/command.hpp"
#include "tests/sim/shrink.hpp"
#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

constexpr std::size_t last_steps = 40;
constexpr std::size_t most_shrinking_runs = 150;
constexpr double progress_every_s = 10;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void add(Outcome& sum, const Outcome& one) {
  sum.simulated += one.simulated;
  for (auto field :
       {&Outcome::entries, &Outcome::exits, &Outcome::arrivals, &Outcome::gave_up,
        &Outcome::wrongly_refused, &Outcome::messages, &Outcome::oversold,
        &Outcome::oversold_unknowable, &Outcome::lost, &Outcome::listed, &Outcome::recounts,
        &Outcome::retirements, &Outcome::returns, &Outcome::leaves, &Outcome::imports,
        &Outcome::unknowable_images, &Outcome::uncontradicted, &Outcome::happenings})
    sum.*field += one.*field;
}

/// What several threads add to.
class Tally {
public:
  Tally(const Campaign& campaign) : campaign_(campaign) {}

  void work() {
    for (std::uint64_t i = next_++; i < campaign_.seeds; i = next_++) {
      const std::uint64_t seed = campaign_.first_seed + i;
      const Plan plan = draw_plan(seed, campaign_.wishes);
      take(seed, plan.cars.size(), Simulation(plan).run());
    }
  }

  Result finish() {
    std::ranges::sort(result_.failures, {}, &Failure::seed);
    result_.seconds = seconds_since(start_);
    return std::move(result_);
  }

private:
  void take(std::uint64_t seed, std::size_t cars, const Outcome& outcome) {
    const std::lock_guard guard(mutex_);
    ++result_.seeds;
    result_.cars += cars;
    add(result_.sum, outcome);
    if (outcome.violation) result_.failures.push_back({seed, *outcome.violation});
    const double now = seconds_since(start_);
    if (!campaign_.progress || now < told_ + progress_every_s) return;
    told_ = now;
    (void)std::fprintf(stderr, "%llu of %llu seeds, %.1f a second, %zu failed\n",
                       static_cast<unsigned long long>(result_.seeds),
                       static_cast<unsigned long long>(campaign_.seeds),
                       static_cast<double>(result_.seeds) / now, result_.failures.size());
  }

  const Campaign& campaign_;
  std::atomic<std::uint64_t> next_{0};
  std::mutex mutex_;
  Result result_;
  double told_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

class LastSteps : public Trace {
public:
  void line(Time at, const std::string& text) override {
    lines_.emplace_back(at, text);
    if (lines_.size() > last_steps) lines_.pop_front();
  }
  void print(std::FILE* out) const {
    for (const auto& [at, text] : lines_)
      (void)std::fprintf(out, "  %10.3f %s\n", static_cast<double>(at) / us_per_s, text.c_str());
  }

private:
  std::deque<std::pair<Time, std::string>> lines_;
};

double ratio(double a, double b) {
  return b > 0 ? a / b : 0;
}

}  // namespace

Result run(const Campaign& campaign) {
  Tally tally(campaign);
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < campaign.jobs; ++i) threads.emplace_back([&tally] { tally.work(); });
    tally.work();
  }
  return tally.finish();
}

void print(const Result& result, std::FILE* out) {
  const Outcome& sum = result.sum;
  const double hours = static_cast<double>(sum.simulated) / us_per_s / 3600;
  (void)std::fprintf(
      out,
      "seeds %llu (%.1f a second), simulated hours %.1f (%.2f a second), entries %llu, "
      "wrongly refused %.3f %%, messages per car %.1f, oversold %llu, "
      "oversold by unknowable stores %llu, lost %llu, listed %llu, failed %zu\n"
      "recounts %llu, retirements %llu, returns %llu, leaves %llu, imports %llu; nobody in reach "
      "could "
      "contradict %llu old images, %llu closed stores\n",
      static_cast<unsigned long long>(result.seeds),
      ratio(static_cast<double>(result.seeds), result.seconds), hours, ratio(hours, result.seconds),
      static_cast<unsigned long long>(sum.entries),
      100 * ratio(static_cast<double>(sum.wrongly_refused), static_cast<double>(sum.arrivals)),
      ratio(static_cast<double>(sum.messages), static_cast<double>(result.cars)),
      static_cast<unsigned long long>(sum.oversold),
      static_cast<unsigned long long>(sum.oversold_unknowable),
      static_cast<unsigned long long>(sum.lost), static_cast<unsigned long long>(sum.listed),
      result.failures.size(), static_cast<unsigned long long>(sum.recounts),
      static_cast<unsigned long long>(sum.retirements),
      static_cast<unsigned long long>(sum.returns), static_cast<unsigned long long>(sum.leaves),
      static_cast<unsigned long long>(sum.imports),
      static_cast<unsigned long long>(sum.unknowable_images),
      static_cast<unsigned long long>(sum.uncontradicted));
}

void explain(const Failure& failure, const Wishes& wishes, std::FILE* out) {
  (void)std::fprintf(out, "seed %llu broke \"%s\" at %.3f s: %s\n",
                     static_cast<unsigned long long>(failure.seed), failure.violation.rule.c_str(),
                     static_cast<double>(failure.violation.at) / us_per_s,
                     failure.violation.text.c_str());
  const Plan plan = draw_plan(failure.seed, wishes);
  const Shrunk smaller = shrink(plan, failure.violation.rule, most_shrinking_runs);
  LastSteps steps;
  const Outcome again = Simulation(smaller.plan, &steps).run();
  (void)std::fprintf(out, "shrunk in %zu runs to %s", smaller.runs, describe(smaller.plan).c_str());
  (void)std::fprintf(out, "there: %s\nthe last steps:\n",
                     again.violation ? again.violation->text.c_str() : "it did not break again");
  steps.print(out);
  (void)std::fprintf(out, "to see it again: %s\nthe whole: %s\n",
                     command_for(failure.seed, wishes, smaller.kept).c_str(),
                     command_for(failure.seed, wishes).c_str());
}

}  // namespace parking::sim
