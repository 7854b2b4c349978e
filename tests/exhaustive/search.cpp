#include "tests/exhaustive/search.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "tests/exhaustive/fingerprints.hpp"

namespace parking::exhaustive {
namespace {

/// How a state was first reached: the first state's own parent is itself.
struct Origin {
  std::uint32_t parent = 0;
  std::uint16_t step = 0;  ///< place among the parent's successors
};

/// States of one level, packed one after another.
class Level {
public:
  void add(std::string_view bytes) {
    bytes_ += bytes;
    ends_.push_back(bytes_.size());
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(begin, ends_[index] - begin);
  }

private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

class Search {
public:
  explicit Search(const Scope& scope) : model_(scope) {}

  Result run() {
    const auto begin = std::chrono::steady_clock::now();
    Level level;
    State first = model_.initial();
    visit(first, {}, level);
    for (std::uint32_t base = 0; level.size() > 0 && !stopped();) {
      Level next;
      for (std::size_t i = 0; i < level.size() && !stopped(); ++i)
        expand(unpack(level[i], model_.nodes()), base + static_cast<std::uint32_t>(i), next);
      base += static_cast<std::uint32_t>(level.size());
      if (next.size() > 0) ++result_.depth;
      level = std::move(next);
    }
    result_.complete = !stopped();
    result_.states = origins_.size();
    result_.ledgers = model_.ledgers();
    result_.gates = model_.gates();
    result_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return std::move(result_);
  }

private:
  [[nodiscard]] bool stopped() const {
    return !result_.violation.empty() || origins_.size() >= model_.scope().most_states;
  }

  void expand(const State& state, std::uint32_t index, Level& next) {
    std::uint16_t step = 0;
    model_.successors(state, [&](const Step& what, const State& successor) {
      ++result_.transitions;
      ++result_.steps[what.what];
      visit(successor, {index, step++}, next);
    });
  }

  void visit(const State& state, Origin origin, Level& level) {
    if (stopped()) return;
    const std::string bytes = pack(state, model_.nodes());
    const std::uint64_t mark = fingerprint(bytes);
    if (!seen_.insert(mark)) return;
    origins_.push_back(origin);
    level.add(bytes);
    result_.violation = model_.violation(state);
    if (result_.violation.empty()) compare(state);
    if (!result_.violation.empty()) result_.trace = trace();
  }

  void compare(const State& state) {
    ++result_.agreements;
    result_.violation = model_.disagreement(state);
  }

  /// The way to the newest state, walked once more from the start.
  std::vector<std::string> trace() {
    std::vector<std::uint16_t> steps;
    for (std::uint32_t at = static_cast<std::uint32_t>(origins_.size() - 1); at != 0;
         at = origins_[at].parent)
      steps.push_back(origins_[at].step);
    std::ranges::reverse(steps);
    std::vector<std::string> texts;
    State state = model_.initial();
    for (const std::uint16_t wanted : steps) {
      std::uint16_t step = 0;
      std::optional<State> successor;
      model_.successors(state, [&](const Step& what, const State& next) {
        if (step++ != wanted) return;
        texts.push_back(model_.text_of(what));
        successor = next;
      });
      state = *successor;
    }
    return texts;
  }

  Model model_;
  Result result_;
  Fingerprints seen_;
  std::vector<Origin> origins_;
};

}  // namespace

Result search(const Scope& scope) {
  return Search(scope).run();
}

double chance_of_collision(std::size_t states) {
  const auto count = static_cast<double>(states);
  return count * (count - 1) / 2 / 18446744073709551616.0;
}

}  // namespace parking::exhaustive
