#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/core/effects.hpp"
#include "app/core/messages.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// What is known of one other gate (or the office) as a partner in the exchange.
struct Peer {
  GateId gate;
  Incarnation incarnation;  ///< welcomed on the current connection, else as listed
  std::string address;      ///< empty: never listed
  bool has_entry = false;
  std::optional<LinkId> link;   ///< present: welcomed on it
  bool answered_start = false;  ///< has told which version of our row it knows (ledger rule 9)
  bool listed = false;          ///< in the registry's last list, and not as retired
  bool retired = false;         ///< listed as retired
  bool lease_ended = false;     ///< it says that the gate has stopped, or has not been heard
  PeerStatus status = PeerStatus::joining;
  Instant heard;              ///< last message; the start before the first one
  Version acked = 0;          ///< of our row
  bool told_leaving = false;  ///< it has answered that we leave
  bool said_leaving = false;  ///< it leaves
  Version pushed = 0;
  Instant pushed_at;
};

/// One connection on its way to being useful.
struct Link {
  GateId dialled;              ///< whom we dialled; empty when the other side did
  std::optional<GateId> peer;  ///< welcomed as this one
  Instant opened;
  Instant heard;
};

/// Who else is in the lot and over which connection they are reached.
class Peers {
public:
  explicit Peers(Instant start) : start_(start) {}

  /// The entry of that gate, made when there is none; nullptr when the lot is full of gates.
  Peer* obtain(const GateId& gate);
  Peer* find(const GateId& gate);
  [[nodiscard]] const Peer* find(const GateId& gate) const;
  [[nodiscard]] const std::map<GateId, Peer>& all() const { return peers_; }
  std::map<GateId, Peer>& all() { return peers_; }
  /// Whoever is welcomed on a connection now.
  [[nodiscard]] std::set<GateId> reachable() const;
  void drop_unlisted();

  void open(LinkId id, const GateId& dialled, Instant now);
  void close(LinkId id);
  Link* link(LinkId id);
  [[nodiscard]] const std::map<LinkId, Link>& links() const { return links_; }
  /// The peer welcomed on `id`, or nullptr.
  Peer* on(LinkId id);

private:
  Instant start_;
  std::map<GateId, Peer> peers_;
  std::map<LinkId, Link> links_;
};

}  // namespace parking::core
