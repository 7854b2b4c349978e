#include "app/gate/network_rules.hpp"

namespace parking::config {

SecurityReader::SecurityReader(TableReader& root) : table_(root.table("security")) {
  const auto word = table_.text("mode");
  settled_ = table_.has("mode");
  if (!word) return;
  if (*word == "plain")
    mode_ = SecurityMode::plain;
  else if (*word == "tls")
    table_.wrong("mode",
                 "\"tls\" is not available in this version; write \"plain\" and keep the "
                 "gates on a network of their own");
  else
    table_.wrong("mode", "\"" + *word + "\" is not one of \"plain\", \"tls\"");
}

void SecurityReader::require_for(const std::string& key, const HostPort& address) {
  if (settled_ || is_loopback(address.host)) return;
  settled_ = true;
  table_.missing("mode", security_fault(key, address));
}

ListenKeys read_listen(TableReader& table, SecurityReader& security, const HostPort& standard) {
  ListenKeys keys{table.address("listen").value_or(standard), std::nullopt};
  if (auto fault = listen_fault(keys.listen); !fault.empty()) table.wrong("listen", fault);
  security.require_for(table.path_of("listen"), keys.listen);

  // An empty text is the same as no key: the others dial `listen`.
  if (const auto written = table.text("advertise"); written && !written->empty()) {
    keys.advertise = table.address("advertise");
    if (keys.advertise && is_wildcard(keys.advertise->host))
      table.wrong("advertise", "nobody can dial \"" + *written +
                                   "\"; write this machine's own address, for example "
                                   "\"192.168.1.11:" +
                                   std::to_string(keys.listen.port) + "\"");
    if (keys.advertise) security.require_for(table.path_of("advertise"), *keys.advertise);
  } else if (!table.has("advertise") || written) {
    if (is_wildcard(keys.listen.host))
      table.missing("advertise", "listen = \"" + to_string(keys.listen) +
                                     "\" does not tell the others what to dial; add this "
                                     "machine's own address, for example \"192.168.1.11:" +
                                     std::to_string(keys.listen.port) + "\"");
  }
  return keys;
}

std::string listen_fault(const HostPort& address) {
  if (is_ip_address(address.host) || is_loopback(address.host)) return {};
  return "\"" + address.host +
         "\" is a name; listen on an address of this machine, such as \"192.168.1.11\"";
}

std::string security_fault(const std::string& key, const HostPort& address) {
  return key + " = \"" + to_string(address) +
         "\" reaches beyond this machine; set [security] mode to \"plain\" (unprotected, for a "
         "network of the gates' own) or \"tls\" (not available in this version)";
}

}  // namespace parking::config
