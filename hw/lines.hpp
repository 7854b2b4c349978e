#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "hw/clock.hpp"
#include "hw/error.hpp"

namespace parking::hw {

enum class Polarity { active_high, active_low };
enum class Bias { as_is, disabled, pull_up, pull_down };

/// `line` is the name that the kernel gives the line ("GPIO17"), never a number.
struct InputSpec {
  std::string line{};
  Polarity polarity = Polarity::active_high;
  Bias bias = Bias::as_is;
};

struct OutputSpec {
  std::string line{};
  Polarity polarity = Polarity::active_high;
};

/// One request. Inputs report both edges; outputs start inactive.
struct LinesSpec {
  /// "auto" takes the chip that has all the lines; otherwise the chip's label ("pinctrl-rp1").
  std::string chip = "auto";
  /// What other programs see as the holder of the lines (at most 31 characters).
  std::string consumer = "parking";
  std::vector<InputSpec> inputs{};
  std::vector<OutputSpec> outputs{};
};

/// Index into LinesSpec::inputs.
enum class InputId : std::size_t {};
/// Index into LinesSpec::outputs.
enum class OutputId : std::size_t {};

struct LineEvent {
  InputId line;
  bool active;  ///< Logical level after the edge, polarity already applied.
  Timestamp at;
  /// Rises by one with each event of the request; a gap means that the kernel dropped some.
  std::uint64_t sequence;
};

/// More than one request of the kernel's interface can hold.
inline constexpr std::size_t max_lines = 64;

/// Checks what needs no hardware: every line named, none used twice, not too many.
[[nodiscard]] std::expected<void, Error> check(const LinesSpec& spec);

/// A set of requested lines. Single-threaded: everything is called, and calls back, in one thread.
/// Destroying it drives every output inactive and releases the lines; a handler must not do that.
class Lines {
public:
  using EventHandler = std::function<void(const LineEvent&)>;
  using FailureHandler = std::function<void(const Error&)>;

  Lines() = default;
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  virtual ~Lines() = default;

  /// One handler per input; set it before `start`. Events arrive in the order of their time stamps.
  void watch(InputId line, EventHandler handler);
  /// Called once when the lines have stopped working (the chip has gone); no event follows.
  void on_failure(FailureHandler handler);

  virtual void start() = 0;
  /// Delivers at once what has already happened. A timer that is about to decide from the absence
  /// of an event calls this first, in case the process was late.
  virtual void poll() = 0;
  [[nodiscard]] virtual std::expected<bool, Error> read(InputId line) = 0;
  [[nodiscard]] virtual std::expected<void, Error> write(OutputId line, bool active) = 0;

protected:
  void deliver(const LineEvent& event);
  void fail(const Error& error);

private:
  std::vector<EventHandler> watchers_;
  std::vector<FailureHandler> failure_handlers_;
};

}  // namespace parking::hw
