#include <iostream>
#include <string>
#include <vector>

#include "app/ctl/options.hpp"
#include "app/ctl/run.hpp"

int main(int count, char** words) {
  using namespace parking::ctl;
  const auto options =
      parse_options(std::vector<std::string>(words + 1, words + count), PARKING_VERSION);
  if (options) return run(*options, std::cout, std::cerr);
  const Stop& stop = options.error();
  (stop.exit_code == exit_done ? std::cout : std::cerr) << stop.text;
  std::cout << stop.json;
  return stop.exit_code;
}
