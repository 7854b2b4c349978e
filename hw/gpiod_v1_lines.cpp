#include <cerrno>
#include <cstdio>
#include <optional>
#include <system_error>
#include <utility>

#include <gpiod.hpp>
#include <poll.h>
#include <sys/utsname.h>

#include "hw/gpiod_backend.hpp"

namespace parking::hw::gpiod_backend {
namespace {

/// What the kernel's first GPIO interface keeps for each line. When full it drops the newest.
constexpr std::size_t kernel_buffer = 16;

std::bitset<32> flags_of(Polarity polarity, Bias bias = Bias::as_is) {
  std::bitset<32> flags;
  if (polarity == Polarity::active_low) flags |= gpiod::line_request::FLAG_ACTIVE_LOW;
  switch (bias) {
    case Bias::as_is:
      break;
    case Bias::disabled:
      flags |= gpiod::line_request::FLAG_BIAS_DISABLE;
      break;
    case Bias::pull_up:
      flags |= gpiod::line_request::FLAG_BIAS_PULL_UP;
      break;
    case Bias::pull_down:
      flags |= gpiod::line_request::FLAG_BIAS_PULL_DOWN;
      break;
  }
  return flags;
}

ChipInfo info_of(const std::filesystem::path& device) {
  const gpiod::chip chip(device.string(), gpiod::chip::OPEN_BY_PATH);
  ChipInfo info{device, chip.label(), {}};
  for (unsigned offset = 0; offset < chip.num_lines(); ++offset) {
    const auto line = chip.get_line(offset);
    info.lines.push_back({line.name(), line.is_used(), line.consumer()});
  }
  return info;
}

Error io_error(const std::exception& error) {
  return {ErrorKind::io, std::string("the GPIO chip no longer answers: ") + error.what()};
}

/// Before Linux 5.7 this interface stamps events with the wall clock, which may jump.
std::expected<void, Error> check_kernel() {
  utsname name{};
  int major = 0;
  int minor = 0;
  if (::uname(&name) != 0 || std::sscanf(name.release, "%d.%d", &major, &minor) != 2) return {};
  if (std::pair(major, minor) >= std::pair(5, 7)) return {};
  return std::unexpected(Error{ErrorKind::unsupported,
                               std::string("Linux ") + name.release +
                                   " stamps line events with the wall clock; use 5.7 or newer"});
}

/// Each line is a request of its own here: this interface has one file descriptor for each input
/// and one set of flags for all lines of a request.
class V1Request final : public LineRequest {
public:
  V1Request(const ChipChoice& choice, const LinesSpec& spec)
      : chip_(choice.chip.device.string(), gpiod::chip::OPEN_BY_PATH) {
    // Outputs first: they are to be inactive as early as possible.
    for (std::size_t i = 0; i < spec.outputs.size(); ++i) {
      const auto& line = outputs_.emplace_back(chip_.get_line(choice.output_offsets[i]));
      line.request({spec.consumer, gpiod::line_request::DIRECTION_OUTPUT,
                    flags_of(spec.outputs[i].polarity)},
                   0);
    }
    for (std::size_t i = 0; i < spec.inputs.size(); ++i) {
      const auto& line = inputs_.emplace_back(chip_.get_line(choice.input_offsets[i]));
      line.request({spec.consumer, gpiod::line_request::EVENT_BOTH_EDGES,
                    flags_of(spec.inputs[i].polarity, spec.inputs[i].bias)});
      polled_.push_back({line.event_get_fd(), POLLIN, 0});
    }
  }

  [[nodiscard]] std::vector<int> event_fds() const override {
    std::vector<int> fds;
    fds.reserve(polled_.size());
    for (const auto& polled : polled_) fds.push_back(polled.fd);
    return fds;
  }

  [[nodiscard]] std::expected<Drained, Error> drain() override {
    Drained drained;
    try {
      while (any_readable()) {
        for (std::size_t i = 0; i < inputs_.size(); ++i) {
          // Only when readable: reading when there is nothing would block.
          if (polled_[i].revents != 0) take(i, drained);
        }
      }
    } catch (const std::exception& error) {
      return std::unexpected(io_error(error));
    }
    return drained;
  }

  [[nodiscard]] std::expected<bool, Error> read(InputId line) override {
    try {
      return inputs_.at(static_cast<std::size_t>(line)).get_value() != 0;
    } catch (const std::exception& error) {
      return std::unexpected(io_error(error));
    }
  }

  [[nodiscard]] std::expected<void, Error> write(OutputId line, bool active) override {
    try {
      outputs_.at(static_cast<std::size_t>(line)).set_value(active ? 1 : 0);
      return {};
    } catch (const std::exception& error) {
      return std::unexpected(io_error(error));
    }
  }

private:
  bool any_readable() {
    if (polled_.empty()) return false;
    const int ready = ::poll(polled_.data(), polled_.size(), 0);
    if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category());
    return ready > 0;
  }

  void take(std::size_t input, Drained& drained) {
    const auto events = inputs_[input].event_read_multiple();
    if (events.size() >= kernel_buffer) drained.lost = true;
    for (const auto& event : events) {
      drained.events.push_back(
          {InputId{input}, event.event_type == gpiod::line_event::RISING_EDGE, event.timestamp});
    }
  }

  gpiod::chip chip_;
  std::vector<gpiod::line> outputs_;
  std::vector<gpiod::line> inputs_;
  std::vector<pollfd> polled_;
};

/// The chip as it is now; as it was if it cannot be looked at again.
ChipInfo look_again(const ChipChoice& choice) {
  try {
    return info_of(choice.chip.device);
  } catch (const std::exception&) {
    return choice.chip;
  }
}

}  // namespace

ChipScan scan_chips() {
  ChipScan scan;
  for (const auto& device : chip_devices()) {
    try {
      scan.chips.push_back(info_of(device));
    } catch (const std::system_error& error) {
      const bool denied = error.code() == std::errc::permission_denied ||
                          error.code() == std::errc::operation_not_permitted;
      // Whatever else cannot be opened is no GPIO chip, or has just gone.
      if (denied) scan.denied.push_back(device);
    }
  }
  return scan;
}

std::expected<std::unique_ptr<LineRequest>, Error> request(const ChipChoice& choice,
                                                           const LinesSpec& spec) {
  if (const auto supported = check_kernel(); !supported) {
    return std::unexpected(supported.error());
  }
  try {
    return std::make_unique<V1Request>(choice, spec);
  } catch (const std::system_error& error) {
    return std::unexpected(request_error(error.code().value(), choice, look_again(choice)));
  } catch (const std::exception& error) {
    return std::unexpected(io_error(error));
  }
}

}  // namespace parking::hw::gpiod_backend
