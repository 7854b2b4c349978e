#include "app/ctl/table.hpp"

#include <algorithm>

#include "app/wire/text.hpp"

namespace parking::ctl {

std::size_t width(const std::string& text) {
  // The bytes of a character after its first are 10xxxxxx.
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

void Table::add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = wire::harmless(cell);
  rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out) const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_)
    for (std::size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], width(row[column]));
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
      constexpr std::size_t gap = 2;
      line += row[column] + std::string(widths[column] - width(row[column]) + gap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

}  // namespace parking::ctl
