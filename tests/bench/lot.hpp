#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "app/core/types.hpp"
#include "tests/bench/central.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/finish_line.hpp"
#include "tests/bench/folder.hpp"
#include "tests/bench/gate.hpp"
#include "tests/bench/raw_fan_out.hpp"

namespace parking::bench {

/// A car park on one machine. The measured gate lives in this process, on a processor of its own;
/// each of its peers is a process, and all of these share the other processor with the central
/// service. Each peer's process has a raw receiver too, for the baseline.
class Lot {
public:
  Lot(const std::filesystem::path& parent, core::Count capacity, std::size_t peers);
  ~Lot();
  Lot(const Lot&) = delete;
  Lot& operator=(const Lot&) = delete;

  /// Connects the measured gate and waits until the lot is whole and the permits are handed out.
  void open(Gate::Hooks hooks);

  boost::asio::io_context& io() { return io_; }
  Gate& gate() { return *gate_; }
  RawSender& raw() { return *raw_; }
  /// Whether the first raw receiver has answered; to be set to false before it is asked.
  bool& first_answered() { return first_answered_; }
  FinishLine& finish() { return finish_; }
  [[nodiscard]] int peers() const { return static_cast<int>(peers_.size()); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  /// A car leaves at the first peer, which so has a permit to give.
  void drive_out_at_donor() const { peers_.front().tell('o'); }
  /// Waits until everything of the measured gate is durable and acknowledged.
  void settle();

private:
  Folder folder_;
  boost::asio::io_context io_{1};
  FinishLine finish_;  // after io_, which its waker lives in
  Central central_;
  core::Count capacity_;
  std::vector<std::uint16_t> raw_ports_;
  std::vector<Child> peers_;
  std::unique_ptr<Gate> gate_;
  std::unique_ptr<RawSender> raw_;
  bool first_answered_ = false;
};

}  // namespace parking::bench
