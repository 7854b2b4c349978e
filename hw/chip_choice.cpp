#include "hw/chip_choice.hpp"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <optional>
#include <system_error>

namespace parking::hw {
namespace {

std::unexpected<Error> failure(ErrorKind kind, std::string message) {
  return std::unexpected(Error{kind, std::move(message)});
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string describe(const std::vector<const ChipInfo*>& chips) {
  std::vector<std::string> words;
  words.reserve(chips.size());
  for (const auto* chip : chips) words.push_back(chip->label + " (" + chip->device.string() + ")");
  return join(words);
}

std::string join(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::string> words;
  words.reserve(paths.size());
  for (const auto& path : paths) words.push_back(path.string());
  return join(words);
}

const char* const group_advice =
    "add the user of this program to the group gpio (usermod -aG gpio USER, then log in again or "
    "restart the service)";

std::optional<unsigned> offset_of(const ChipInfo& chip, const std::string& line) {
  const auto found = std::ranges::find(chip.lines, line, &LineInfo::name);
  if (found == chip.lines.end()) return std::nullopt;
  return static_cast<unsigned>(found - chip.lines.begin());
}

std::vector<std::string> missing_lines(const ChipInfo& chip, const LinesSpec& spec) {
  std::vector<std::string> missing;
  for (const auto& input : spec.inputs) {
    if (!offset_of(chip, input.line)) missing.push_back(input.line);
  }
  for (const auto& output : spec.outputs) {
    if (!offset_of(chip, output.line)) missing.push_back(output.line);
  }
  return missing;
}

ChipChoice choice_of(const ChipInfo& chip, const LinesSpec& spec) {
  ChipChoice choice{chip, {}, {}};
  for (const auto& input : spec.inputs) {
    choice.input_offsets.push_back(*offset_of(chip, input.line));
  }
  for (const auto& output : spec.outputs) {
    choice.output_offsets.push_back(*offset_of(chip, output.line));
  }
  return choice;
}

std::expected<void, Error> check_found(const ChipScan& scan) {
  if (!scan.chips.empty()) return {};
  if (!scan.denied.empty()) {
    return failure(ErrorKind::no_permission,
                   "no permission to open " + join(scan.denied) + ": " + group_advice);
  }
  return failure(ErrorKind::no_gpio,
                 "this machine has no GPIO chip (no /dev/gpiochip*): run on a Raspberry Pi whose "
                 "kernel has the GPIO character device, or use the simulated board");
}

/// Chips that the selector admits, before any line is looked at.
std::vector<const ChipInfo*> admitted(const ChipScan& scan, const std::string& selector) {
  std::vector<const ChipInfo*> chips;
  for (const auto& chip : scan.chips) {
    if (selector == "auto" || chip.label == selector) chips.push_back(&chip);
  }
  return chips;
}

std::unexpected<Error> no_such_line(const std::vector<const ChipInfo*>& searched,
                                    const ChipScan& scan, const LinesSpec& spec) {
  const auto fewest_missing = [&](const ChipInfo* a, const ChipInfo* b) {
    return missing_lines(*a, spec).size() < missing_lines(*b, spec).size();
  };
  const auto* nearest = *std::ranges::min_element(searched, fewest_missing);
  std::string message = "no line named " + join(missing_lines(*nearest, spec)) + " on " +
                        nearest->label + "; searched: " + describe(searched) +
                        ". All lines must be on one chip; gpioinfo lists their names";
  if (!scan.denied.empty()) {
    message += ". Could not look at " + join(scan.denied) + ": " + group_advice;
  }
  return failure(ErrorKind::line_not_found, message);
}

}  // namespace

std::vector<std::filesystem::path> chip_devices(const std::filesystem::path& directory) {
  namespace fs = std::filesystem;
  std::vector<fs::path> devices;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->path().filename().string().starts_with("gpiochip")) continue;
    std::error_code dangling;
    auto device = fs::canonical(entry->path(), dangling);
    if (!dangling) devices.push_back(std::move(device));
  }
  std::ranges::sort(devices);
  const auto repeated = std::ranges::unique(devices);
  devices.erase(repeated.begin(), repeated.end());
  return devices;
}

std::expected<ChipChoice, Error> choose_chip(const ChipScan& scan, const LinesSpec& spec) {
  if (const auto found = check_found(scan); !found) return std::unexpected(found.error());
  const auto searched = admitted(scan, spec.chip);
  if (searched.empty()) {
    std::vector<const ChipInfo*> all;
    all.reserve(scan.chips.size());
    for (const auto& chip : scan.chips) all.push_back(&chip);
    std::string message = "no GPIO chip has the label " + spec.chip +
                          "; there are: " + describe(all) +
                          ". Set chip to one of these labels or to auto";
    if (!scan.denied.empty()) {
      message += ". Could not look at " + join(scan.denied) + ": " + group_advice;
    }
    return failure(ErrorKind::chip_not_found, message);
  }
  std::vector<const ChipInfo*> fitting;
  std::ranges::copy_if(searched, std::back_inserter(fitting),
                       [&](const ChipInfo* chip) { return missing_lines(*chip, spec).empty(); });
  if (fitting.empty()) return no_such_line(searched, scan, spec);
  if (fitting.size() > 1) {
    return failure(ErrorKind::chip_not_found,
                   "more than one GPIO chip has all the lines: " + describe(fitting) +
                       ". Set chip to the label of the right one");
  }
  return choice_of(*fitting.front(), spec);
}

Error request_error(int error_number, const ChipChoice& choice, const ChipInfo& now) {
  const std::string where = choice.chip.label + " (" + choice.chip.device.string() + ")";
  if (error_number == EACCES || error_number == EPERM) {
    return {ErrorKind::no_permission, "no permission to use " + where + ": " + group_advice};
  }
  const std::string reason = std::generic_category().message(error_number);
  if (error_number != EBUSY) {
    const bool refused = error_number == EINVAL || error_number == ENXIO ||
                         error_number == ENOTTY || error_number == EOPNOTSUPP;
    return {
        refused ? ErrorKind::unsupported : ErrorKind::io,
        "cannot request the lines of " + where + ": " + reason +
            (refused ? "; the chip or kernel may not support a bias or edges on one of them" : "")};
  }
  std::vector<std::string> held;
  for (const auto* offsets : {&choice.input_offsets, &choice.output_offsets}) {
    for (const unsigned offset : *offsets) {
      if (offset >= now.lines.size() || !now.lines[offset].used) continue;
      const auto& line = now.lines[offset];
      held.push_back(line.name + " is held by " +
                     (line.consumer.empty() ? "the kernel" : '"' + line.consumer + '"'));
    }
  }
  return {ErrorKind::busy, "lines of " + where + " are in use" +
                               (held.empty() ? std::string() : ": " + join(held)) +
                               ". Stop the other program, disable the kernel driver that uses "
                               "them, or name other lines"};
}

}  // namespace parking::hw
