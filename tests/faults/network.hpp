#pragma once

#include <set>
#include <string>

namespace parking::faults {

/// One switch and a machine's end of a cable to it for each node, all in network namespaces.
class Network {
public:
  Network();

  /// A node with one address in 10.77.0.0/24. Throws std::runtime_error when it cannot be made.
  void add(const std::string& node, const std::string& address);
  /// The namespace that a node's programs run in.
  static std::string namespace_of(const std::string& node);

  /// The cable is pulled.
  void cut(const std::string& node);
  /// Nothing that is sent to the node arrives.
  void deafen(const std::string& node);
  /// Nothing that the node sends arrives.
  void mute(const std::string& node);
  /// `from` and `to` lose what they send to each other, and everybody else hears both.
  void part(const std::string& from, const std::string& from_address, const std::string& to,
            const std::string& to_address);
  /// The node's machine starts anew, with nothing left in its kernel of what its programs sent.
  /// None of them may run.
  void reboot(const std::string& node, const std::string& address);
  /// Whatever was done to nodes is undone.
  void mend();

private:
  std::set<std::string> nodes_;
  std::set<std::string> undo_;
};

}  // namespace parking::faults
