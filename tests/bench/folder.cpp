#include "tests/bench/folder.hpp"

#include <stdexcept>

#include <stdlib.h>

namespace parking::bench {

Folder::Folder(const std::filesystem::path& parent) {
  std::string name = (std::filesystem::absolute(parent) / "parking-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw std::runtime_error("cannot make a folder in " + parent.string());
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace parking::bench
