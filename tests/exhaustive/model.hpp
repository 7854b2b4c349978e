#pragma once

#include <functional>
#include <optional>

#include "app/core/closing.hpp"
#include "tests/exhaustive/gates.hpp"
#include "tests/exhaustive/scope.hpp"
#include "tests/exhaustive/views.hpp"

namespace parking::exhaustive {

/// The small car park without time: whatever may happen next, does, in one of the successors. What
/// the ledger rules decide is decided by the classes of app/core; this class is the world around
/// them, and the order of steps in which gate and office use them.
class Model {
public:
  using Emit = std::function<void(const Step&, const State&)>;

  explicit Model(Scope scope);

  State initial();
  void successors(const State& state, const Emit& emit);
  /// What is wrong with the state; empty: nothing.
  std::string violation(const State& state);
  /// With everything delivered, whether the programs show different figures.
  std::string disagreement(const State& state);

  [[nodiscard]] const Scope& scope() const { return scope_; }
  [[nodiscard]] std::size_t nodes() const { return scope_.gates + 1; }
  [[nodiscard]] const Rows& rows() const { return rows_; }
  [[nodiscard]] std::size_t ledgers() const { return views_.size(); }
  [[nodiscard]] std::size_t gates() const { return gates_.size(); }
  [[nodiscard]] ViewKey key_of(const State& state, std::size_t node) const;
  [[nodiscard]] std::string name_of_slot(std::size_t slot) const;
  [[nodiscard]] std::string text_of(const Step& step) const;
  [[nodiscard]] std::string text_of(const State& state);

  [[nodiscard]] bool may_admit(const State& state, std::size_t node);

private:
  // Rows.
  const core::Row& newest(const State& state, std::size_t slot) const;
  const core::Row& newest_of(const State& state, std::size_t node) const;
  /// False: the bound on versions is reached.
  bool write(State& state, std::size_t slot, const std::function<void(core::Row&)>& change);
  bool may_write(const State& state, std::size_t slot) const;
  const View& view(const State& state, std::size_t node);
  /// Every copy of that row which may reach somebody.
  std::vector<RowId> copies_of(const State& state, std::size_t slot) const;
  void tidy(State& state);
  void trim(State& state, std::size_t slot) const;
  void send(const Step& step, State& next, const Emit& emit);

  // Cars: steps_cars.cpp.
  void cars(const State& state, std::size_t node, const Emit& emit);
  void lane(const State& state, std::size_t node, const Emit& emit);
  void crossings(const State& state, std::size_t node, const Emit& emit);
  void settlements(const State& state, std::size_t node, const Emit& emit);
  void gifts(const State& state, std::size_t node, const Emit& emit);
  bool may_spend(const State& state, std::size_t node);
  static void drift(State& state, int cars);

  // Stores and the network: steps_store.cpp.
  void persist(const State& state, std::size_t node, const Emit& emit);
  static void make_durable(Node& node, Chain& chain);
  void crash(const State& state, std::size_t node, const Emit& emit);
  void stop(State& state, std::size_t node) const;
  void start(const State& state, std::size_t node, const Emit& emit);
  void deliveries(const State& state, std::size_t node, const Emit& emit);
  void learn(State& state, std::size_t node, RowId copy);
  void contacts(const State& state, std::size_t node, const Emit& emit);
  void contact(State& state, std::size_t node, std::size_t with);
  [[nodiscard]] bool ends_identity(const State& state, std::size_t slot, RowId held) const;
  void stores(const State& state, std::size_t node, const Emit& emit);
  void lose_store(State& state, std::size_t node) const;
  void lists(const State& state, std::size_t node, const Emit& emit);

  // Leaving and coming back: steps_ends.cpp.
  void ends(const State& state, std::size_t node, const Emit& emit);
  void leaving(const State& state, std::size_t node, const Emit& emit);
  void take_back(const State& state, std::size_t node, const Emit& emit);

  // The office's acts: steps_office.cpp, steps_acts.cpp.
  void commands(const State& state, const Emit& emit);
  void recount_commands(const State& state, const Emit& emit);
  void orders(const State& state, std::size_t node, const Emit& emit);
  void answer(State& state, std::size_t node);
  void hear(State& state, std::size_t node);
  void work(State& state);
  void begin_by_itself(State& state);
  Bits live_rows(const State& state);
  Bits asked(const State& state);
  Bits stopped_rows(const State& state);
  bool taken_over(const State& state) const;
  bool round_is_complete(const State& state);
  void complete(const State& state, const Emit& emit);
  bool complete_import(State& next);
  bool complete_count(State& next, Bits asked_rows);
  bool close(State& next, Bits rows, const std::function<void(core::OfficePart&)>& also);
  static void forget_held(State& next, Bits closing);

  // check.cpp
  Copies true_rows(const State& state) const;
  Bits closed_rows(const State& state) const;

  Scope scope_;
  Rows rows_;
  Views views_;
  Gates gates_;
};

}  // namespace parking::exhaustive
