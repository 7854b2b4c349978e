#include "tests/bench/comparison.hpp"

#include <cstdio>

namespace parking::bench {
namespace {

double microseconds(Nanoseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

void print_times(const char* label, const std::string& what, const Samples& samples) {
  std::printf("  %-8s %-52s p10 %9.1f us   p50 %9.1f us   p99 %9.1f us   n %zu\n", label,
              what.c_str(), microseconds(samples.at(0.1)), microseconds(samples.p50()),
              microseconds(samples.p99()), samples.size());
}

}  // namespace

void print_heading(const std::string& text) {
  std::printf("\n%s\n", text.c_str());
  std::fflush(stdout);
}

void print(const Comparison& comparison) {
  if (comparison.measured.size() == 0 || comparison.baseline.size() == 0) {
    std::printf("  measured %s: no round could be counted\n", comparison.what.c_str());
    return;
  }
  print_times("measured", comparison.what, comparison.measured);
  print_times("against", comparison.against, comparison.baseline);
  const double medians = ratio(comparison.measured.p50(), comparison.baseline.p50());
  // A tenth of the rounds is left alone even on a machine that has other work.
  std::printf("  ratio    p10 %.2f   p50 %.2f   p99 %.2f",
              ratio(comparison.measured.at(0.1), comparison.baseline.at(0.1)), medians,
              ratio(comparison.measured.p99(), comparison.baseline.p99()));
  if (comparison.goal)
    std::printf("   goal %.1f: %s", *comparison.goal,
                medians <= *comparison.goal ? "met" : "missed");
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace parking::bench
