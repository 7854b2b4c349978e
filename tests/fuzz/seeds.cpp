#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/wire/convert.hpp"
#include "app/wire/frame.hpp"
#include "app/wire/local.hpp"
#include "tests/unit/app/wire/samples.hpp"

/// Writes one file per sample of the unit tests, so that the fuzzers begin with what is sent.
namespace {

using namespace parking;

class Folder {
public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::create_directories(path_);
  }
  void add(char first_byte, const std::string& rest) {
    std::ofstream(path_ / std::to_string(++files_), std::ios::binary) << first_byte << rest;
  }

private:
  std::filesystem::path path_;
  int files_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: fuzz_seeds DIRECTORY\n";
    return 2;
  }
  const std::filesystem::path directory = argv[1];

  Folder message(directory / "message");
  std::string stream;
  for (const core::Message& sample : wire::samples::messages()) {
    const std::string one = wire::frame(wire::encode(sample)).value();
    message.add(7, one);
    stream += one;
  }
  message.add(100, stream);

  Folder local(directory / "local");
  for (const auto& request : wire::samples::local_requests()) local.add(0, wire::encode(request));
  local.add(1, wire::encode(wire::samples::local_reply()));

  Folder row(directory / "row");
  row.add(0, wire::encode_row(wire::samples::gate_row()));
  row.add(0, wire::encode_row(wire::samples::office_row()));
  row.add(3, wire::encode_peer_list(wire::samples::peer_list()));
  return 0;
}
