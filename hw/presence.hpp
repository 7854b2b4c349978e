#pragma once

#include <functional>
#include <string_view>

#include "hw/clock.hpp"

namespace parking::hw {

/// `unknown` (nothing measured yet) and `fault` (the sensor does not work) are never `clear`.
enum class Presence { unknown, clear, present, fault };

[[nodiscard]] std::string_view to_string(Presence presence);

struct PresenceChange {
  Presence presence;
  /// When it became certain. Changes of one board's beams and inputs arrive in this order.
  Timestamp at;
  /// When it began: the edge or the first agreeing reading. Not later than `at`.
  Timestamp began;
};

/// What the layer above sees of any sensor.
class PresenceSensor {
public:
  using Handler = std::function<void(const PresenceChange&)>;

  PresenceSensor() = default;
  PresenceSensor(const PresenceSensor&) = delete;
  PresenceSensor& operator=(const PresenceSensor&) = delete;
  virtual ~PresenceSensor() = default;

  [[nodiscard]] Presence presence() const { return presence_; }
  /// Called at each change from then on; read `presence` for what is so already.
  void on_change(Handler handler) { handler_ = std::move(handler); }

protected:
  /// Does nothing when the presence stays the same.
  void report(const PresenceChange& change);

private:
  Presence presence_ = Presence::unknown;
  Handler handler_;
};

}  // namespace parking::hw
