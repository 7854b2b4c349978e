#include <optional>
#include <system_error>
#include <utility>

#include <gpiod.hpp>

#include "hw/gpiod_backend.hpp"

namespace parking::hw::gpiod_backend {
namespace {

/// The most that the kernel grants (16 for each of 64 lines): room for a storm of contact bounce.
constexpr std::size_t kernel_buffer = 1024;
/// Events fetched with one system call.
constexpr std::size_t read_size = 64;

gpiod::line::bias bias_of(Bias bias) {
  switch (bias) {
    case Bias::as_is:
      return gpiod::line::bias::AS_IS;
    case Bias::disabled:
      return gpiod::line::bias::DISABLED;
    case Bias::pull_up:
      return gpiod::line::bias::PULL_UP;
    case Bias::pull_down:
      return gpiod::line::bias::PULL_DOWN;
  }
  return gpiod::line::bias::AS_IS;
}

gpiod::line_settings settings_of(const InputSpec& input) {
  gpiod::line_settings settings;
  settings.set_direction(gpiod::line::direction::INPUT)
      .set_edge_detection(gpiod::line::edge::BOTH)
      .set_event_clock(gpiod::line::clock::MONOTONIC)
      .set_bias(bias_of(input.bias))
      .set_active_low(input.polarity == Polarity::active_low);
  return settings;
}

gpiod::line_settings settings_of(const OutputSpec& output) {
  gpiod::line_settings settings;
  settings.set_direction(gpiod::line::direction::OUTPUT)
      .set_active_low(output.polarity == Polarity::active_low)
      .set_output_value(gpiod::line::value::INACTIVE);
  return settings;
}

ChipInfo info_of(const gpiod::chip& chip) {
  const auto chip_info = chip.get_info();
  ChipInfo info{chip.path(), chip_info.label(), {}};
  for (unsigned offset = 0; offset < chip_info.num_lines(); ++offset) {
    const auto line = chip.get_line_info(offset);
    info.lines.push_back({line.name(), line.used(), line.consumer()});
  }
  return info;
}

Error io_error(const std::exception& error) {
  return {ErrorKind::io, std::string("the GPIO chip no longer answers: ") + error.what()};
}

class V2Request final : public LineRequest {
public:
  V2Request(gpiod::line_request request, const ChipChoice& choice)
      : request_(std::move(request)),
        input_offsets_(choice.input_offsets),
        output_offsets_(choice.output_offsets) {
    for (std::size_t i = 0; i < input_offsets_.size(); ++i) {
      if (input_offsets_[i] >= by_offset_.size()) by_offset_.resize(input_offsets_[i] + 1);
      by_offset_[input_offsets_[i]] = InputId{i};
    }
  }

  [[nodiscard]] std::vector<int> event_fds() const override {
    if (input_offsets_.empty()) return {};
    return {request_.fd()};
  }

  [[nodiscard]] std::expected<Drained, Error> drain() override {
    Drained drained;
    if (input_offsets_.empty()) return drained;
    try {
      // Asked before each read: reading when there is nothing would block.
      while (request_.wait_edge_events(std::chrono::nanoseconds(0))) {
        request_.read_edge_events(buffer_);
        for (const auto& event : buffer_) take(event, drained);
      }
    } catch (const std::exception& error) {
      return std::unexpected(io_error(error));
    }
    return drained;
  }

  [[nodiscard]] std::expected<bool, Error> read(InputId line) override {
    try {
      const auto offset = input_offsets_.at(static_cast<std::size_t>(line));
      return request_.get_value(offset) == gpiod::line::value::ACTIVE;
    } catch (const std::exception& error) {
      return std::unexpected(io_error(error));
    }
  }

  [[nodiscard]] std::expected<void, Error> write(OutputId line, bool active) override {
    try {
      const auto offset = output_offsets_.at(static_cast<std::size_t>(line));
      request_.set_value(offset,
                         active ? gpiod::line::value::ACTIVE : gpiod::line::value::INACTIVE);
      return {};
    } catch (const std::exception& error) {
      return std::unexpected(io_error(error));
    }
  }

private:
  void take(const gpiod::edge_event& event, Drained& drained) {
    // The kernel numbers what it drops too.
    if (event.global_seqno() != last_seqno_ + 1) drained.lost = true;
    last_seqno_ = event.global_seqno();
    drained.events.push_back({by_offset_.at(event.line_offset()),
                              event.type() == gpiod::edge_event::event_type::RISING_EDGE,
                              Timestamp(event.timestamp_ns().ns())});
  }

  gpiod::line_request request_;
  std::vector<unsigned> input_offsets_;
  std::vector<unsigned> output_offsets_;
  std::vector<InputId> by_offset_;
  gpiod::edge_event_buffer buffer_{read_size};
  unsigned long last_seqno_ = 0;
};

/// The chip as it is now; as it was if it cannot be looked at again.
ChipInfo look_again(const ChipChoice& choice) {
  try {
    return info_of(gpiod::chip(choice.chip.device));
  } catch (const std::exception&) {
    return choice.chip;
  }
}

}  // namespace

ChipScan scan_chips() {
  ChipScan scan;
  for (const auto& device : chip_devices()) {
    try {
      scan.chips.push_back(info_of(gpiod::chip(device)));
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
  try {
    gpiod::chip chip(choice.chip.device);
    auto builder = chip.prepare_request();
    builder.set_consumer(spec.consumer).set_event_buffer_size(kernel_buffer);
    for (std::size_t i = 0; i < spec.inputs.size(); ++i) {
      builder.add_line_settings(choice.input_offsets[i], settings_of(spec.inputs[i]));
    }
    for (std::size_t i = 0; i < spec.outputs.size(); ++i) {
      builder.add_line_settings(choice.output_offsets[i], settings_of(spec.outputs[i]));
    }
    return std::make_unique<V2Request>(builder.do_request(), choice);
  } catch (const std::system_error& error) {
    return std::unexpected(request_error(error.code().value(), choice, look_again(choice)));
  } catch (const std::exception& error) {
    return std::unexpected(io_error(error));
  }
}

}  // namespace parking::hw::gpiod_backend
