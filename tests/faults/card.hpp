#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace parking::faults {

struct GateStation;

/// What somebody does to the files of a gate's store while its program is not running.
class Card {
public:
  explicit Card(const GateStation& gate);

  void clear() const;
  void remove(const std::string& file) const;
  /// Cut off at a random length below its own; nothing when there is no such file.
  void truncate(const std::string& file, std::mt19937_64& random) const;
  /// Where the copy is: a folder beside the card.
  [[nodiscard]] std::filesystem::path copy() const;
  void restore(const std::filesystem::path& copy) const;

private:
  std::filesystem::path at_;
  std::filesystem::path copies_;
};

}  // namespace parking::faults
