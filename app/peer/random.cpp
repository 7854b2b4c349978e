#include "app/peer/random.hpp"

#include <memory>
#include <random>

namespace parking::peer {

core::Random strong_random() {
  return [device = std::make_shared<std::random_device>()] {
    return (std::uint64_t{(*device)()} << 32U) | (*device)();
  };
}

}  // namespace parking::peer
