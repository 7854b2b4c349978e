#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

namespace parking::test_support {

/// What one call of a program left behind.
struct Outcome {
  int exit_code = -1;  ///< -1: it was killed because it did not end within 10 s
  std::string output;
  std::string errors;
};

Outcome run(const std::filesystem::path& program, const std::vector<std::string>& arguments);

/// `parkingctl` on one socket.
class Ctl {
public:
  explicit Ctl(std::filesystem::path socket) : socket_(std::move(socket)) {}

  [[nodiscard]] Outcome run(std::vector<std::string> arguments) const;
  /// The object that `… --json` prints; null when the command fails or prints no JSON.
  [[nodiscard]] boost::json::value json(std::vector<std::string> arguments) const;
  /// The same for commands that print one object a line; empty when the command fails.
  [[nodiscard]] std::vector<boost::json::value> json_lines(
      std::vector<std::string> arguments) const;
  [[nodiscard]] boost::json::value status() const { return json({"status"}); }

private:
  std::filesystem::path socket_;
};

/// The value at a path such as `/lot/free` (RFC 6901); null when there is none.
boost::json::value at(const boost::json::value& value, std::string_view pointer);

}  // namespace parking::test_support
