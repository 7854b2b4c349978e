#include "tests/bench/proc_memory.hpp"

#include <fstream>
#include <sstream>

namespace parking::bench {
namespace {

std::ifstream open(pid_t process, const char* name) {
  return std::ifstream("/proc/" + std::to_string(process) + "/" + name);
}

void read_figures(std::ifstream file, std::map<std::string, long>& figures) {
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    std::string unit;
    long value = 0;
    if (words >> name >> value >> unit && unit == "kB" && name.ends_with(':'))
      figures[name.substr(0, name.size() - 1)] = value;
  }
}

}  // namespace

std::map<std::string, long> memory_of(pid_t process) {
  std::map<std::string, long> figures;
  read_figures(open(process, "status"), figures);
  read_figures(open(process, "smaps_rollup"), figures);
  return figures;
}

std::map<std::string, long> resident_by_mapping(pid_t process) {
  std::map<std::string, long> sizes;
  std::string mapping;
  auto file = open(process, "smaps");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string first;
    words >> first;
    if (first.ends_with(':')) {
      long size = 0;
      if (first == "Rss:" && words >> size) sizes[mapping] += size;
      continue;
    }
    // ADDRESSES PERMISSIONS OFFSET DEVICE INODE [NAME]
    std::string skipped;
    for (int i = 0; i < 4; ++i) words >> skipped;
    mapping = "(anonymous)";
    words >> mapping;
    if (const auto slash = mapping.rfind('/'); slash != std::string::npos)
      mapping.erase(0, slash + 1);
  }
  return sizes;
}

}  // namespace parking::bench
