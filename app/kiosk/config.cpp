#include "app/kiosk/config.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include <toml++/toml.h>

namespace parking::kiosk {
namespace {

constexpr std::array<std::string_view, 5> known_keys{"gate", "lane", "language", "theme",
                                                     "rotation"};

/// Collects what is wrong while the values are read.
class Reader {
public:
  Reader(const toml::table& table, std::string_view file) : table_(table), file_(file) {}

  void not_a_section(const toml::key& key) {
    unknown_.push_back(line(key.source().begin.line, std::string(key.str()),
                            "must be a section. Write [kiosk] on a line of its own"));
  }

  void unknown(const toml::key& key, const std::string& path, std::string_view known) {
    unknown_.push_back(
        line(key.source().begin.line, path,
             "there is no such key. Remove it, or use one of: " + std::string(known)));
  }

  void text(std::string_view key, std::string& target) {
    const auto* node = table_.get(key);
    if (node == nullptr) return;
    if (const auto value = node->value_exact<std::string>())
      target = *value;
    else
      wrong(key, "must be a text in double quotes");
  }

  std::optional<std::int64_t> number(std::string_view key) {
    const auto* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    if (!value) wrong(key, "must be a whole number, without quotes");
    return value;
  }

  void wrong(std::string_view key, const std::string& what) {
    const auto* node = table_.get(key);
    wrong_.push_back(
        line(node == nullptr ? 1 : node->source().begin.line, "kiosk." + std::string(key), what));
  }

  [[nodiscard]] std::vector<std::string> faults() const {
    auto all = unknown_;
    all.insert(all.end(), wrong_.begin(), wrong_.end());
    return all;
  }

private:
  [[nodiscard]] std::string line(std::uint32_t number, const std::string& key,
                                 const std::string& what) const {
    std::ostringstream out;
    out << file_ << ':' << number << ": " << key << ": " << what;
    return out.str();
  }

  const toml::table& table_;
  std::string file_;
  std::vector<std::string> unknown_;
  std::vector<std::string> wrong_;
};

void find_unknown(const toml::table& root, const toml::table& kiosk, Reader& reader) {
  for (const auto& [key, node] : root) {
    if (key.str() != "kiosk")
      reader.unknown(key, std::string(key.str()), "[kiosk]");
    else if (!node.is_table())
      reader.not_a_section(key);
  }
  for (const auto& [key, node] : kiosk)
    if (std::ranges::find(known_keys, key.str()) == known_keys.end())
      reader.unknown(key, "kiosk." + std::string(key.str()),
                     "gate, lane, language, theme, rotation");
}

void read_theme(Reader& reader, ThemeChoice& theme) {
  std::string name = "auto";
  reader.text("theme", name);
  if (name == "day")
    theme = ThemeChoice::day;
  else if (name == "night")
    theme = ThemeChoice::night;
  else if (name == "auto")
    theme = ThemeChoice::automatic;
  else
    reader.wrong("theme", "\"" + name + "\" is no theme. Use \"day\", \"night\" or \"auto\"");
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

Config read(Reader& reader) {
  Config config;
  reader.text("gate", config.gate);
  if (config.gate.empty())
    reader.wrong("gate", "is empty. Give the path of the gate's socket, or remove the line");
  reader.text("lane", config.lane);
  reader.text("language", config.language);
  if (std::ranges::find(languages(), config.language) == languages().end())
    reader.wrong("language", "there are no texts in \"" + config.language +
                                 "\". Use one of: " + joined(languages()));
  read_theme(reader, config.theme);
  if (const auto degrees = reader.number("rotation")) {
    if (*degrees == 0 || *degrees == 90 || *degrees == 180 || *degrees == 270)
      config.rotation = static_cast<int>(*degrees);
    else
      reader.wrong("rotation",
                   std::to_string(*degrees) + " is not possible. Use 0, 90, 180 or 270");
  }
  return config;
}

}  // namespace

const std::vector<std::string>& languages() {
  static const std::vector<std::string> all{"en"};
  return all;
}

std::expected<Config, std::vector<std::string>> parse_config(std::string_view text,
                                                             std::string_view file) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    std::ostringstream out;
    out << file << ':' << error.source().begin.line << ": syntax: " << error.description()
        << ". Correct the line";
    return std::unexpected(std::vector{out.str()});
  }
  static const toml::table nothing;
  const auto* kiosk = root.get_as<toml::table>("kiosk");
  Reader reader(kiosk == nullptr ? nothing : *kiosk, file);
  find_unknown(root, kiosk == nullptr ? nothing : *kiosk, reader);
  Config config = read(reader);
  if (auto faults = reader.faults(); !faults.empty()) return std::unexpected(std::move(faults));
  return config;
}

std::expected<Config, std::vector<std::string>> load_config(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream text;
  // An empty file sets failbit as well; a folder opens, and only reading it fails.
  if (in.is_open() && in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (!in.is_open() || in.bad())
    return std::unexpected(
        std::vector{file + ":1: file: cannot be read. Check that it exists and who may read it"});
  return parse_config(text.str(), file);
}

}  // namespace parking::kiosk
