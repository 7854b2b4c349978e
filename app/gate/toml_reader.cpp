#include "app/gate/toml_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

#include <sys/un.h>

namespace parking::config {
namespace {

/// A configuration is a few kilobytes; anything beyond this is the wrong file.
constexpr std::uintmax_t largest_file_bytes = 1024 * 1024;

std::string join(const std::set<std::string, std::less<>>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string shown(double number) {
  std::ostringstream stream;
  stream << number;
  return stream.str();
}

/// One line, whatever the file's keys and values contain.
std::string line_for(const std::string& file, const Fault& fault) {
  std::string line = file + ":" + std::to_string(fault.line) + ": " + fault.key + ": " + fault.text;
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return line;
}

}  // namespace

TableReader::TableReader(Reader& reader, const TomlNode* node, std::string path, std::uint32_t line)
    : reader_(&reader), path_(std::move(path)), line_(line) {
  if (node == nullptr) return;
  table_ = std::get_if<TomlNode::Table>(&node->value);
  if (table_ == nullptr) return;
  reader_->asked_[table_];
}

std::string TableReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

const TomlNode* TableReader::ask(std::string_view key) {
  if (table_ == nullptr) return nullptr;
  reader_->asked_[table_].emplace(key);
  const auto found = table_->find(key);
  return found == table_->end() ? nullptr : &found->second;
}

bool TableReader::has(std::string_view key) const {
  return table_ != nullptr && table_->contains(key);
}

std::optional<std::string> TableReader::text(std::string_view key) {
  const TomlNode* node = ask(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = std::get_if<std::string>(&node->value)) return *value;
  wrong(key, "is not a text; put it in double quotes");
  return std::nullopt;
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, std::int64_t lowest,
                                                 std::int64_t highest) {
  const TomlNode* node = ask(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = std::get_if<std::int64_t>(&node->value);
  if (value != nullptr && *value >= lowest && *value <= highest) return *value;
  wrong(key, (value != nullptr ? std::to_string(*value) + " is out of range"
                               : std::string("is not a whole number")) +
                 "; write one from " + std::to_string(lowest) + " to " + std::to_string(highest));
  return std::nullopt;
}

std::optional<double> TableReader::number(std::string_view key, double lowest, double highest) {
  const TomlNode* node = ask(key);
  if (node == nullptr) return std::nullopt;
  double value = std::nan("");
  if (const auto* real = std::get_if<double>(&node->value)) value = *real;
  if (const auto* whole = std::get_if<std::int64_t>(&node->value))
    value = static_cast<double>(*whole);
  if (value >= lowest && value <= highest) return value;
  wrong(key,
        (std::isnan(value) ? std::string("is not a number") : shown(value) + " is out of range") +
            "; write one from " + shown(lowest) + " to " + shown(highest));
  return std::nullopt;
}

std::optional<HostPort> TableReader::address(std::string_view key) {
  const auto written = text(key);
  if (!written) return std::nullopt;
  auto parsed = parse_host_port(*written);
  if (parsed) return *std::move(parsed);
  wrong(key, std::move(parsed).error());
  return std::nullopt;
}

std::optional<std::filesystem::path> TableReader::absolute_path(std::string_view key) {
  const auto written = text(key);
  if (!written) return std::nullopt;
  if (written->starts_with('/')) return std::filesystem::path(*written);
  wrong(key, "\"" + *written + "\" is not an absolute path; begin it with /");
  return std::nullopt;
}

std::optional<std::filesystem::path> TableReader::socket_path(std::string_view key) {
  auto path = absolute_path(key);
  if (!path || path->native().size() < sizeof(sockaddr_un::sun_path)) return path;
  wrong(key, "is longer than the 107 bytes of a Unix socket's address; use a shorter path");
  return std::nullopt;
}

TableReader TableReader::table(std::string_view key) {
  const TomlNode* node = ask(key);
  if (node != nullptr && !std::holds_alternative<TomlNode::Table>(node->value))
    wrong(key,
          "is not a table; write [" + path_of(key) + "] or " + std::string(key) + " = { ... }");
  return {*reader_, node, path_of(key), node != nullptr ? node->line : line_};
}

std::vector<TableReader> TableReader::tables(std::string_view key, std::size_t most) {
  const TomlNode* node = ask(key);
  std::vector<TableReader> result;
  if (node == nullptr) return result;
  const auto* array = std::get_if<TomlNode::Array>(&node->value);
  const auto is_table = [](const TomlNode& entry) {
    return std::holds_alternative<TomlNode::Table>(entry.value);
  };
  if (array == nullptr || !std::ranges::all_of(*array, is_table)) {
    wrong(key, "is not a list of tables; write [[" + path_of(key) + "]] with two brackets");
    return result;
  }
  if (array->size() > most)
    wrong(key, std::to_string(array->size()) + " are too many; at most " + std::to_string(most));
  for (const auto& entry : *array) {
    const std::string path = path_of(key) + "[" + std::to_string(result.size() + 1) + "]";
    result.push_back(TableReader(*reader_, &entry, path, entry.line));
  }
  return result;
}

void TableReader::accept_every_key() {
  if (table_ == nullptr) return;
  for (const auto& entry : *table_) reader_->asked_[table_].insert(entry.first);
}

void TableReader::wrong(std::string_view key, std::string text) {
  const TomlNode* node = ask(key);
  reader_->note({FaultKind::wrong_value, node != nullptr ? node->line : line_, path_of(key),
                 std::move(text)});
}

void TableReader::missing(std::string_view key, std::string text) {
  reader_->note({FaultKind::missing, line_, path_of(key), std::move(text)});
}

Reader::Reader(std::string_view text, std::string file) : file_(std::move(file)) {
  if (auto parsed = parse_toml(text))
    root_ = *std::move(parsed);
  else
    syntax_ = std::move(parsed).error();
  root_.line = 1;
}

TableReader Reader::root() {
  return {*this, &root_, "", 1};
}

void Reader::collect_unknown(const TomlNode::Table& table, const std::string& path,
                             std::vector<Fault>& into) const {
  const auto asked = asked_.find(&table);
  if (asked == asked_.end()) return;  // its own key is reported, or its kind is wrong
  for (const auto& [key, node] : table) {
    const std::string full = path.empty() ? key : path + "." + key;
    if (!asked->second.contains(key)) {
      into.push_back({FaultKind::unknown_key, node.line, full,
                      "unknown key; use one of: " + join(asked->second)});
    } else if (const auto* inner = std::get_if<TomlNode::Table>(&node.value)) {
      collect_unknown(*inner, full, into);
    } else if (const auto* array = std::get_if<TomlNode::Array>(&node.value)) {
      for (std::size_t i = 0; i < array->size(); ++i)
        if (const auto* entry = std::get_if<TomlNode::Table>(&(*array)[i].value))
          collect_unknown(*entry, full + "[" + std::to_string(i + 1) + "]", into);
    }
  }
}

FaultLines Reader::faults() const {
  if (syntax_)
    return {line_for(file_, {FaultKind::wrong_value, syntax_->line, "syntax",
                             syntax_->text + "; mend the file, nothing of it was used"})};
  std::vector<Fault> all = faults_;
  collect_unknown(std::get<TomlNode::Table>(root_.value), "", all);
  std::ranges::stable_sort(all, [](const Fault& a, const Fault& b) {
    return std::pair(a.kind, a.line) < std::pair(b.kind, b.line);
  });
  FaultLines lines;
  std::ranges::transform(all, std::back_inserter(lines),
                         [&](const Fault& fault) { return line_for(file_, fault); });
  return lines;
}

std::expected<std::string, FaultLines> read_file(const std::filesystem::path& file) {
  const auto refuse = [&](const std::string& why) {
    return std::unexpected(FaultLines{line_for(
        file.string(), {FaultKind::wrong_value, 1, "file",
                        "cannot be read (" + why + "); name another one with --config FILE"})});
  };
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) return refuse("there is no such file");
  if (std::filesystem::is_directory(status)) return refuse("it is a directory");
  const auto size = std::filesystem::file_size(file, error);
  if (!error && size > largest_file_bytes) return refuse("it is larger than 1 MiB");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return refuse(std::generic_category().message(errno));
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (stream.bad()) return refuse("reading it failed");
  return text;
}

}  // namespace parking::config
