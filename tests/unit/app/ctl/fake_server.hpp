#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "app/wire/local.hpp"
#include "tests/support/temp_dir.hpp"

namespace parking::ctl {

/// A program on a Unix socket that takes one connection and treats it as the test says.
class FakeServer {
public:
  /// One connection, seen from the server.
  class Caller {
  public:
    explicit Caller(int descriptor) : descriptor_(descriptor) {}
    /// The next request; nothing when the caller has gone.
    [[nodiscard]] std::optional<wire::LocalRequest> request() const;
    void send(const wire::LocalReply& reply) const;
    void send(const std::string& bytes) const;

  private:
    int descriptor_;
  };

  explicit FakeServer(std::function<void(Caller)> treat);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  [[nodiscard]] std::filesystem::path socket() const { return folder_.path() / "gate.sock"; }

private:
  test_support::TempDir folder_;
  int listener_;
  std::thread thread_;
};

}  // namespace parking::ctl
