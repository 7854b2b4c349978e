#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace parking::ctl {

/// Rows of words in columns that stand below each other.
class Table {
public:
  explicit Table(std::vector<std::string> heading) { rows_.push_back(std::move(heading)); }
  /// As many cells as the heading has. Control characters in them do no harm.
  void add(std::vector<std::string> cells);
  void print(std::ostream& out) const;

private:
  std::vector<std::vector<std::string>> rows_;
};

/// How many places `text` (UTF-8) takes on a terminal, as far as every character takes one.
std::size_t width(const std::string& text);

}  // namespace parking::ctl
