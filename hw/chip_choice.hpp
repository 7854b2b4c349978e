#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "hw/lines.hpp"

namespace parking::hw {

struct LineInfo {
  std::string name{};  ///< Empty for a line without one.
  bool used = false;
  std::string consumer{};  ///< Who holds it; may be empty although it is used.
};

struct ChipInfo {
  std::filesystem::path device;
  std::string label;
  std::vector<LineInfo> lines;  ///< By offset.
};

/// What a look at all chips of the machine found.
struct ChipScan {
  std::vector<ChipInfo> chips{};
  std::vector<std::filesystem::path> denied{};  ///< Devices that this user may not open.
};

/// The chip that has the lines, and where they are on it, in the order of the LinesSpec.
struct ChipChoice {
  ChipInfo chip;
  std::vector<unsigned> input_offsets;
  std::vector<unsigned> output_offsets;
};

/// The devices `gpiochip*` in `directory`, each once. Some kernels keep a chip's former name as a
/// symbolic link, and the numbers in the names mean nothing.
[[nodiscard]] std::vector<std::filesystem::path> chip_devices(
    const std::filesystem::path& directory = "/dev");

/// Chooses by label, or with "auto" the only chip that has all the lines.
[[nodiscard]] std::expected<ChipChoice, Error> choose_chip(const ChipScan& scan,
                                                           const LinesSpec& spec);

/// What to tell when the kernel refused the request of `choice` with `error_number`. `now` is the
/// chip as it is after the refusal: it names who holds the lines.
[[nodiscard]] Error request_error(int error_number, const ChipChoice& choice, const ChipInfo& now);

}  // namespace parking::hw
