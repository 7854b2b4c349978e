#include "tests/structure/dependencies.hpp"

#include <algorithm>

namespace parking::structure {
namespace {

bool starts_with_any(std::string_view text, const std::vector<std::string_view>& beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view b) { return text.starts_with(b); });
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

/// The files of the reader that gate, discovery and kiosk share.
const std::vector<std::string_view> config_reader{
    "app/gate/toml_reader.hpp", "app/gate/host_port.hpp", "app/gate/network_rules.hpp"};

std::vector<std::string_view> with_config_reader(std::vector<std::string_view> folders) {
  folders.insert(folders.end(), config_reader.begin(), config_reader.end());
  return folders;
}

}  // namespace

const std::vector<Rule>& rules() {
  static const std::vector<Rule> table{
      {"app/core", {}, {}, false},
      {"app/wire", {"app/core/"}, {"google/protobuf/", "parking.pb.h", "local.pb.h"}, false},
      {"app/store", {"app/core/", "app/wire/"}, {"sqlite3.h"}},
      {"app/peer", {"app/core/", "app/wire/"}, {"boost/", "openssl/", "spdlog/"}},
      {"hw", {}, {"boost/", "gpiod.hpp"}},
      {"discovery",
       with_config_reader({"app/core/", "app/wire/", "app/store/", "app/peer/", "systemd/"}),
       {"boost/", "spdlog/", "CLI/"}},
      {"app/gate",
       {"app/core/", "app/wire/", "app/store/", "app/peer/", "hw/", "systemd/"},
       {"boost/", "spdlog/", "CLI/", "toml++/"}},
      {"app/kiosk",
       with_config_reader(
           {"app/wire/", "app/core/snapshot.hpp", "app/core/types.hpp", "qml/", "systemd/"}),
       {"Q", "CLI/", "toml++/"}},
      {"app/ctl", {"app/wire/", "app/core/snapshot.hpp", "app/core/types.hpp"}, {"boost/", "CLI/"}},
      {"qml", {"app/kiosk/"}, {"Q"}},
      {"systemd", {}, {"systemd/"}},
  };
  return table;
}

const Rule* rule_for(std::string_view path) {
  const Rule* innermost = nullptr;
  for (const Rule& rule : rules())
    if (is_below(path, rule.folder) &&
        (innermost == nullptr || rule.folder.size() > innermost->folder.size()))
      innermost = &rule;
  return innermost;
}

bool is_standard(std::string_view header) {
  return header.find('.') == std::string_view::npos && header.find('/') == std::string_view::npos &&
         std::ranges::all_of(header, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

bool is_system(std::string_view header) {
  static const std::vector<std::string_view> folders{"sys/", "arpa/", "netinet/", "net/", "linux/"};
  static const std::vector<std::string_view> files{"unistd.h", "fcntl.h",  "poll.h",  "signal.h",
                                                   "netdb.h",  "stdlib.h", "sched.h", "pwd.h",
                                                   "grp.h",    "termios.h"};
  return header.ends_with(".h") &&
         (starts_with_any(header, folders) || std::ranges::find(files, header) != files.end());
}

std::optional<std::string> objection(const Rule& rule, const SourceFile& file,
                                     const Include& include) {
  const std::string_view header = include.target;
  const auto refuse = [&](const std::string& why) {
    return file.path + ":" + std::to_string(include.line) + ": " + include.target + ": " + why;
  };
  if (include.quoted) {
    // Generated code stands beside its library and has no folder.
    const bool generated = header.ends_with(".pb.h") || header.ends_with(".moc");
    if (generated) return std::nullopt;
    if (header.find('/') == std::string_view::npos)
      return refuse("write the path from the root of the tree");
    if (is_below(header, rule.folder) || starts_with_any(header, rule.ours)) return std::nullopt;
    return refuse(std::string(rule.folder) + " may not depend on it");
  }
  const bool allowed = is_standard(header) || (rule.system && is_system(header)) ||
                       starts_with_any(header, rule.external);
  if (allowed) return std::nullopt;
  return refuse(std::string(rule.folder) + " may not use this library");
}

}  // namespace parking::structure
