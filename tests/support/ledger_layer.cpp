#include "tests/support/ledger_layer.hpp"

namespace parking::test_support {

store::FileLayer ledger_layer(ForgettingDisk& disk, const ForgettingVfs& vfs) {
  using Done = std::expected<void, store::Error>;
  return {.vfs = vfs.name(), .sync_directory = [&disk](const std::filesystem::path&) -> Done {
            if (disk.sync_directory()) return {};
            return std::unexpected(store::Error{store::Error::Kind::io, "the disk failed"});
          }};
}

}  // namespace parking::test_support
