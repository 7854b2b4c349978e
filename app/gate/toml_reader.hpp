#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/gate/host_port.hpp"
#include "app/gate/toml_document.hpp"

/// Reads a configuration file key by key and notes every fault on the way, so that all of them can
/// be told at once. What was never asked for is an unknown key.
namespace parking::config {

/// In the order in which faults are listed.
enum class FaultKind : std::uint8_t { unknown_key, wrong_value, missing };

struct Fault {
  FaultKind kind = FaultKind::wrong_value;
  std::uint32_t line = 1;
  std::string key;   ///< with its tables: `gate.listen`, `lane[1].approach.line`
  std::string text;  ///< what is wrong and what to do
};

/// Lines for people: `FILE:LINE: KEY: what is wrong and what to do`.
using FaultLines = std::vector<std::string>;

class Reader;

/// One table of the file, or one that is absent: then every key has its default.
class TableReader {
public:
  [[nodiscard]] bool present() const { return table_ != nullptr; }
  [[nodiscard]] bool has(std::string_view key) const;
  /// The key with its tables, as it stands in messages.
  [[nodiscard]] std::string path_of(std::string_view key) const;

  // Each returns nothing when the key is absent or wrong; wrong values are noted.
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t lowest,
                                      std::int64_t highest);
  std::optional<double> number(std::string_view key, double lowest, double highest);
  std::optional<HostPort> address(std::string_view key);
  std::optional<std::filesystem::path> absolute_path(std::string_view key);
  /// An absolute path of at most 107 bytes, which is what a Unix socket's address holds.
  std::optional<std::filesystem::path> socket_path(std::string_view key);

  /// Sets `value` when the key is there and right, else leaves it as it is.
  template <typename Unit>
  void duration(std::string_view key, Unit lowest, Unit highest, Unit& value) {
    if (const auto read = integer(key, lowest.count(), highest.count()))
      value = Unit(static_cast<typename Unit::rep>(*read));
  }

  /// One of a few words.
  template <typename Enum>
  std::optional<Enum> choice(std::string_view key,
                             std::initializer_list<std::pair<std::string_view, Enum>> choices) {
    const auto word = text(key);
    if (!word) return std::nullopt;
    std::string known;
    for (const auto& [name, value] : choices) {
      if (name == *word) return value;
      known += (known.empty() ? "\"" : ", \"") + std::string(name) + "\"";
    }
    wrong(key, "\"" + *word + "\" is not one of " + known);
    return std::nullopt;
  }

  TableReader table(std::string_view key);
  /// `[[key]]`, in the order of the file.
  std::vector<TableReader> tables(std::string_view key, std::size_t most);

  /// For a table that cannot be understood as a whole: none of its keys is called unknown.
  void accept_every_key();

  void wrong(std::string_view key, std::string text);
  /// Noted at the table's own line.
  void missing(std::string_view key, std::string text);

private:
  friend class Reader;
  TableReader(Reader& reader, const TomlNode* node, std::string path, std::uint32_t line);
  const TomlNode* ask(std::string_view key);

  Reader* reader_;
  const TomlNode::Table* table_ = nullptr;
  std::string path_;
  std::uint32_t line_;
};

/// One file. Outlives the TableReaders it hands out.
class Reader {
public:
  Reader(std::string_view text, std::string file);
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  TableReader root();
  /// Everything noted so far and the unknown keys; empty when the file is right. With a syntax
  /// error it is the only line: a half-read file would report keys as missing that are there.
  [[nodiscard]] FaultLines faults() const;

private:
  friend class TableReader;
  void note(Fault fault) { faults_.push_back(std::move(fault)); }
  void collect_unknown(const TomlNode::Table& table, const std::string& path,
                       std::vector<Fault>& into) const;

  std::string file_;
  TomlNode root_;
  std::optional<SyntaxError> syntax_;
  std::vector<Fault> faults_;
  std::map<const TomlNode::Table*, std::set<std::string, std::less<>>> asked_;
};

/// The file's text. Error: the one line that says why it cannot be read.
std::expected<std::string, FaultLines> read_file(const std::filesystem::path& file);

}  // namespace parking::config
