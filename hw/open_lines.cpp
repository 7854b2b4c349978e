#include "hw/open_lines.hpp"

#include <utility>

#include "hw/asio_clock.hpp"
#include "hw/gpiod_backend.hpp"
#include "hw/requested_lines.hpp"

namespace parking::hw {

std::expected<std::unique_ptr<Lines>, Error> open_gpiod_lines(boost::asio::any_io_executor executor,
                                                              const LinesSpec& spec) {
  if (const auto valid = check(spec); !valid) return std::unexpected(valid.error());
  const auto choice = choose_chip(gpiod_backend::scan_chips(), spec);
  if (!choice) return std::unexpected(choice.error());
  auto request = gpiod_backend::request(*choice, spec);
  if (!request) return std::unexpected(request.error());
  return std::make_unique<RequestedLines>(std::move(executor), std::move(*request),
                                          spec.inputs.size(), spec.outputs.size(), monotonic_now);
}

}  // namespace parking::hw
