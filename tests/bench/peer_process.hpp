#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "tests/bench/bare_store.hpp"
#include "tests/bench/finish_line.hpp"
#include "tests/bench/gate.hpp"
#include "tests/bench/raw_fan_out.hpp"

namespace parking::bench {

/// The first byte of a raw message: what its receiver is to do.
inline constexpr char raw_push = 'p';         ///< note that it came
inline constexpr char raw_acknowledge = 'k';  ///< answer, then note that it came
inline constexpr char raw_ask = 'a';          ///< note that it came, commit a record, answer

/// What runs in the process of a peer: its gate, and the raw receiver beside it.
class PeerProcess {
public:
  struct Settings {
    Gate::Settings gate;
    std::uint16_t raw_port = 0;
    std::size_t others = 0;  ///< gates and office that it is to be connected with
  };

  PeerProcess(const Settings& settings, FinishLine& finish, int control);
  /// Until the control stream ends.
  void run() { io_.run(); }

private:
  void look();
  void received_raw(const std::string& message);
  void obey();

  boost::asio::io_context io_{1};
  FinishLine& finish_;
  std::size_t others_;
  std::filesystem::path folder_;
  bool told_whole_ = false;
  core::Count inside_ = 0;
  core::Count reported_ = 0;
  BareStore::Prepared record_;
  std::unique_ptr<BareStore> bare_;
  boost::asio::posix::stream_descriptor control_;
  char command_ = 0;
  RawReceiver raw_;
  Gate gate_;
};

}  // namespace parking::bench
