#include "tests/integration/configuration.hpp"

#include <fstream>

#include "tests/support/port.hpp"

namespace parking::integration {
namespace {

std::filesystem::path write_file(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

// Quick: no debounce, short windows, and no second pulse that a count of openings would see.
std::string lane(const std::string& name, const std::string& direction) {
  return "[[lane]]\nname = \"" + name + "\"\ndirection = \"" + direction +
         "\"\n"
         "approach = { kind = \"beam\", debounce_ms = 0 }\n"
         "passage = { kind = \"beam\", debounce_ms = 0 }\n"
         "barrier = { kind = \"pulse\", milliseconds = 50, repeat_s = 0 }\n"
         "pass_window_s = 1\nmerge_ms = 50\n";
}

}  // namespace

std::string CentralConfiguration::text() const {
  return "[lot]\nname = \"Riverside\"\ncapacity = " + std::to_string(capacity) +
         "\n[discovery]\nlisten = \"" + listen + "\"\nstate_dir = \"" +
         (folder / "state").string() + "\"\nsocket = \"" + socket().string() +
         "\"\nlease_seconds = " + std::to_string(lease.count()) + "\n[http]\nlisten = \"" +
         test_support::free_address() + "\"\n";
}

std::filesystem::path CentralConfiguration::write() const {
  return write_file(folder / "discovery.toml", text());
}

std::string GateConfiguration::text() const {
  std::string text = "[gate]\n";
  if (!id.empty()) text += "id = \"" + id + "\"\n";
  text += "listen = \"" + listen + "\"\ndiscovery = \"" + discovery + "\"\nstate_dir = \"" +
          state().string() + "\"\nsocket = \"" + socket().string() +
          "\"\n[board]\nkind = \"simulated\"\n";
  if (has_entry) text += lane("in", "entry");
  if (has_exit) text += lane("out", "exit");
  return text;
}

std::filesystem::path GateConfiguration::write() const {
  return write_file(folder / "gate.toml", text());
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace parking::integration
