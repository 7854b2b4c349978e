#pragma once

#include <expected>
#include <memory>

#include "hw/chip_choice.hpp"
#include "hw/line_request.hpp"

/// What a version of libgpiod has to provide. CMake compiles gpiod_v1_lines.cpp or
/// gpiod_v2_lines.cpp, whichever fits the library that is installed.
namespace parking::hw::gpiod_backend {

[[nodiscard]] ChipScan scan_chips();

[[nodiscard]] std::expected<std::unique_ptr<LineRequest>, Error> request(const ChipChoice& choice,
                                                                         const LinesSpec& spec);

}  // namespace parking::hw::gpiod_backend
