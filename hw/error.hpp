#pragma once

#include <string>

namespace parking::hw {

enum class ErrorKind {
  invalid_spec,    ///< The description of lines or of the board contradicts itself.
  no_gpio,         ///< The machine has no GPIO character device.
  chip_not_found,  ///< No chip has the wanted label, or more than one fits.
  line_not_found,  ///< The chip has no line of the wanted name.
  busy,            ///< Another program or the kernel holds a line.
  no_permission,   ///< The user may not open the device.
  unsupported,     ///< The chip, the kernel or this kind of output cannot do it.
  io,              ///< The kernel reported an error while a line was in use.
};

/// `message` is one line for the operator and says what to do.
struct Error {
  ErrorKind kind;
  std::string message;
};

}  // namespace parking::hw
