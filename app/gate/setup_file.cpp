#include "app/gate/setup_file.hpp"

#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace parking::gate {
namespace {

/// A file descriptor that is closed at the end of its scope.
class File {
public:
  File(const std::filesystem::path& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] bool write(std::string_view text) const {
    while (!text.empty()) {
      const auto written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] bool sync() const { return ::fsync(descriptor_) == 0; }

private:
  int descriptor_;
};

std::unexpected<std::string> system_failure(const std::filesystem::path& path) {
  return std::unexpected("cannot store the setup in " + path.string() + ": " +
                         std::generic_category().message(errno) +
                         "; check that the folder is there and may be written");
}

std::string as_toml(const SetupValues& values) {
  // None of the values may contain a quote or a backslash, so that nothing needs escaping.
  return "# Stored by the setup page. An id in gate.toml comes before this file.\n[gate]\nid = \"" +
         values.id.text() + "\"\nlisten = \"" + to_string(values.listen) + "\"\ndiscovery = \"" +
         to_string(values.discovery) + "\"\n";
}

}  // namespace

std::filesystem::path setup_file(const std::filesystem::path& state_dir) {
  return state_dir / "setup.toml";
}

std::expected<std::optional<SetupValues>, config::FaultLines> load_setup(
    const std::filesystem::path& state_dir) {
  const auto file = setup_file(state_dir);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::nullopt;
  const auto text = config::read_file(file);
  if (!text) return std::unexpected(text.error());

  config::Reader reader(*text, file.string());
  auto root = reader.root();
  auto gate = root.table("gate");
  const auto need = [&](std::string_view key) {
    if (!gate.has(key)) gate.missing(key, "remove this file and fill in the setup page again");
  };
  SetupValues values;
  if (const auto name = gate.text("id")) {
    auto id = core::GateId::parse(*name);
    if (id)
      values.id = *std::move(id);
    else
      gate.wrong("id", std::move(id).error());
  }
  values.listen = gate.address("listen").value_or(values.listen);
  values.discovery = gate.address("discovery").value_or(values.discovery);
  for (const auto* key : {"id", "listen", "discovery"}) need(key);
  if (auto faults = reader.faults(); !faults.empty()) return std::unexpected(std::move(faults));
  return values;
}

std::expected<void, std::string> save_setup(const std::filesystem::path& state_dir,
                                            const SetupValues& values) {
  const auto file = setup_file(state_dir);
  std::error_code failed;
  std::filesystem::create_directories(state_dir, failed);  // what it cannot make, `open` tells
  auto beside = file;
  beside += ".new";
  {
    const File out(beside, O_WRONLY | O_CREAT | O_TRUNC);
    if (!out.is_open() || !out.write(as_toml(values)) || !out.sync()) return system_failure(beside);
  }
  if (std::rename(beside.c_str(), file.c_str()) != 0) return system_failure(file);
  const File folder(state_dir, O_RDONLY | O_DIRECTORY);
  if (!folder.is_open() || !folder.sync()) return system_failure(state_dir);
  return {};
}

}  // namespace parking::gate
