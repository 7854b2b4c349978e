#pragma once

#include <QObject>
#include <string_view>

#include <QtQml/qqmlregistration.h>

namespace parking::kiosk {

namespace setup {
Q_NAMESPACE
QML_NAMED_ELEMENT(Setup)

enum class Field { Name, Address, Port, DiscoveryAddress, DiscoveryPort };
Q_ENUM_NS(Field)

/// What is wrong with a field; the words are the screens'.
enum class Problem {
  None,
  Empty,
  NameWrong,     ///< not 1 to 32 of a-z 0-9 - _ starting with a letter or digit
  NameReserved,  ///< "office" is the central computer
  AddressWrong,  ///< neither an IPv4 address nor a host name
  PortWrong      ///< not a number from 1 to 65535
};
Q_ENUM_NS(Problem)
}  // namespace setup

/// Whether the gate could take this; what only the gate can know (an address in use) it says.
setup::Problem check_field(setup::Field field, std::string_view text);

}  // namespace parking::kiosk
