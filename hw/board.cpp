#include "hw/board.hpp"

#include <stdexcept>
#include <utility>

#include "hw/asio_clock.hpp"
#include "hw/open_lines.hpp"
#include "hw/wired_board.hpp"

namespace parking::hw {
namespace {

template <typename T>
T& existing(T* found, std::string_view name) {
  if (found == nullptr) throw std::out_of_range("the board has no " + std::string(name));
  return *found;
}

}  // namespace

PresenceSensor& Board::sensor(std::string_view name) {
  return existing(find_sensor(name), name);
}

PresenceSensor& Board::input(std::string_view name) {
  return existing(find_input(name), name);
}

Output& Board::output(std::string_view name) {
  return existing(find_output(name), name);
}

std::expected<std::unique_ptr<Board>, Error> open_gpiod_board(boost::asio::any_io_executor executor,
                                                              const BoardSpec& spec) {
  if (const auto valid = check(spec); !valid) return std::unexpected(valid.error());
  auto lines = open_gpiod_lines(executor, lines_of(spec));
  if (!lines) return std::unexpected(lines.error());
  return std::make_unique<WiredBoard>(std::make_unique<AsioClock>(std::move(executor)),
                                      std::move(*lines), spec);
}

}  // namespace parking::hw
