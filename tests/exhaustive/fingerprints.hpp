#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parking::exhaustive {

/// 64 well mixed bits of these bytes; never 0.
std::uint64_t fingerprint(std::string_view bytes);

/// A set of fingerprints in one piece of memory; twice as large whenever it is half full.
class Fingerprints {
public:
  Fingerprints() : places_(1U << 16U) {}
  /// False: it was there.
  bool insert(std::uint64_t fingerprint);

private:
  void grow();

  std::vector<std::uint64_t> places_;  ///< 0: free
  std::size_t count_ = 0;
};

}  // namespace parking::exhaustive
