#include "tests/faults/network.hpp"

#include "tests/faults/shell.hpp"

namespace parking::faults {
namespace {

const std::string lan = "lan";

std::string port_of(const std::string& node) {
  return "to-" + node;
}

// Nobody has this hardware address: what is sent to it is silently lost.
constexpr const char* nobody = "02:00:00:00:00:01";

}  // namespace

Network::Network() {
  shell("ip netns add " + lan + " && ip -n " + lan + " link add br0 type bridge && ip -n " + lan +
        " link set br0 up");
}

std::string Network::namespace_of(const std::string& node) {
  return "node-" + node;
}

void Network::add(const std::string& node, const std::string& address) {
  if (!nodes_.insert(node).second) return;
  const std::string own = namespace_of(node);
  const std::string port = port_of(node);
  shell("ip netns add " + own + " && ip -n " + lan + " link add " + port +
        " type veth peer name eth0 netns " + own + " && ip -n " + lan + " link set " + port +
        " master br0 up && ip -n " + own + " link set lo up && ip -n " + own + " addr add " +
        address + "/24 dev eth0 && ip -n " + own + " link set eth0 up");
}

void Network::cut(const std::string& node) {
  const std::string link = "ip -n " + lan + " link set " + port_of(node);
  undo_.insert(link + " up");
  shell(link + " down");
}

// A queue without room drops everything; unlike netem it is in every kernel.
void Network::deafen(const std::string& node) {
  const std::string at = " dev " + port_of(node) + " root";
  undo_.insert("tc -n " + lan + " qdisc del" + at);
  shell("tc -n " + lan + " qdisc add" + at + " pfifo limit 0");
}

void Network::mute(const std::string& node) {
  const std::string own = namespace_of(node);
  undo_.insert("tc -n " + own + " qdisc del dev eth0 root");
  shell("tc -n " + own + " qdisc add dev eth0 root pfifo limit 0");
}

void Network::part(const std::string& from, const std::string& from_address, const std::string& to,
                   const std::string& to_address) {
  const auto lose = [&](const std::string& node, const std::string& address) {
    const std::string neighbour = "ip -n " + namespace_of(node) + " neigh ";
    undo_.insert(neighbour + "del " + address + " dev eth0");
    shell(neighbour + "replace " + address + " lladdr " + nobody + " nud permanent dev eth0");
  };
  lose(from, to_address);
  lose(to, from_address);
}

// Connections that were not closed in time keep their namespace alive; without its cable it does no
// harm.
void Network::reboot(const std::string& node, const std::string& address) {
  shell("ip -n " + lan + " link del " + port_of(node) + " && ip netns del " + namespace_of(node));
  nodes_.erase(node);
  add(node, address);
}

void Network::mend() {
  for (const std::string& line : undo_) shell(line);
  undo_.clear();
}

}  // namespace parking::faults
