#pragma once

#include "app/store/ledger_file.hpp"
#include "tests/support/forgetting_disk.hpp"
#include "tests/support/forgetting_vfs.hpp"

namespace parking::test_support {

/// Puts a ledger file on that disk. Both must outlive what it is given to.
store::FileLayer ledger_layer(ForgettingDisk& disk, const ForgettingVfs& vfs);

}  // namespace parking::test_support
