#pragma once

#include <memory>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>

#include "hw/board_spec.hpp"
#include "hw/output.hpp"
#include "hw/presence.hpp"

namespace parking::hw {

/// Everything that one machine has on its pins, by name. Single-threaded.
///
/// Order of use: make the board, set the handlers, `start`. Until then sensors are `unknown`.
class Board {
public:
  using FailureHandler = std::function<void(const Error&)>;

  Board() = default;
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;
  virtual ~Board() = default;

  /// Null when the BoardSpec has none of that name. What they point to lives as long as the board.
  [[nodiscard]] virtual PresenceSensor* find_sensor(std::string_view name) = 0;
  [[nodiscard]] virtual PresenceSensor* find_input(std::string_view name) = 0;
  [[nodiscard]] virtual Output* find_output(std::string_view name) = 0;

  /// The same for names that are in the BoardSpec; throws std::out_of_range for any other.
  [[nodiscard]] PresenceSensor& sensor(std::string_view name);
  /// A plain input: `present` while its contact is active.
  [[nodiscard]] PresenceSensor& input(std::string_view name);
  [[nodiscard]] Output& output(std::string_view name);

  /// Called once when the hardware has stopped working; every sensor is in `fault` by then.
  virtual void on_failure(FailureHandler handler) = 0;
  /// Reads the levels and reports them as first changes, then follows them.
  virtual void start() = 0;
  /// Reports at once what has already happened on the pins. Who is about to decide by time alone
  /// calls this first, in case the process was late.
  virtual void poll() = 0;
};

/// Opens the real hardware. Errors are those of `check` and `open_gpiod_lines`.
[[nodiscard]] std::expected<std::unique_ptr<Board>, Error> open_gpiod_board(
    boost::asio::any_io_executor executor, const BoardSpec& spec);

}  // namespace parking::hw
