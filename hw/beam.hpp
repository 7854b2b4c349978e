#pragma once

#include <memory>
#include <vector>

#include "hw/beam_filter.hpp"
#include "hw/lines.hpp"

namespace parking::hw {

/// All debounced inputs of one set of lines: break-beams, reflective sensors, plain contacts. They
/// share one timer, so that changes of different sensors are reported in the order in which they
/// became certain, however late the process gets to look at the events.
class BeamBank {
public:
  /// `lines` and `clock` must outlive the bank.
  BeamBank(Lines& lines, Clock& clock);
  ~BeamBank();

  /// The sensor lives as long as the bank. Add all before `start`.
  PresenceSensor& add(InputId line, std::chrono::milliseconds debounce);
  /// Reads the levels; after this every sensor is `clear`, `present` or, if unreadable, `fault`.
  void start();
  /// Takes the edges that have happened and decides what they and the time by now decide.
  void poll();
  /// The lines have stopped working: every sensor is in `fault` from now on.
  void fail();

private:
  class Beam;
  void advance(Timestamp now);
  void arm();

  Lines& lines_;
  Clock& clock_;
  std::unique_ptr<Alarm> alarm_;
  std::vector<std::unique_ptr<Beam>> beams_;
};

}  // namespace parking::hw
