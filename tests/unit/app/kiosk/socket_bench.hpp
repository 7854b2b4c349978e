#pragma once

#include <QTest>
#include <chrono>
#include <utility>

#include "tests/support/fake_gate.hpp"
#include "tests/support/temp_dir.hpp"

namespace parking::kiosk {

/// Long enough for the slowest machine; nobody waits for it unless something is wrong.
inline constexpr int deadline_ms = 20'000;
/// A time limit that must not be reached in a test.
inline constexpr std::chrono::milliseconds never = std::chrono::minutes(10);

/// Runs the event loop until `condition` holds.
template <typename Condition>
[[nodiscard]] bool soon(Condition condition) {
  return QTest::qWaitFor(std::move(condition), deadline_ms);
}

/// A folder with the socket of a gate that is not started yet.
struct SocketBench {
  test_support::TempDir folder;
  QString path = QString::fromStdString((folder.path() / "gate.sock").string());
  test_support::FakeGate gate{path};
};

}  // namespace parking::kiosk
