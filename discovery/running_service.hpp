#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/peer/local_server.hpp"
#include "app/peer/node.hpp"
#include "app/peer/server.hpp"
#include "app/peer/side_thread.hpp"
#include "app/store/store.hpp"
#include "discovery/office.hpp"
#include "discovery/registry.hpp"
#include "discovery/service.hpp"

namespace parking::discovery {

/// What Service::start makes; a header of its own only because its parts fill two sources.
class RunningService final : public Service {
public:
  /// A gate says who it is at once and renews each second; five times nothing is a dead connection.
  /// Its lease goes on without it.
  static constexpr std::chrono::milliseconds usual_silence{5000};

  RunningService(const boost::asio::any_io_executor& executor, DiscoveryConfig config,
                 std::string version, Hooks hooks,
                 std::chrono::milliseconds silent_for = usual_silence);
  ~RunningService() override;

  std::expected<void, std::string> open();
  void stop() override;

private:
  using SessionPtr = std::shared_ptr<peer::Session>;

  std::expected<void, std::string> open_store();
  void start_rules();
  std::expected<void, std::string> open_sockets();
  void committed(const std::expected<core::RecordNumber, store::Error>& result);
  void store_failed(const store::Error& error);
  /// Ledger rule 9: the store's life has ended. Nothing is said to any gate any more; the operator
  /// is told what to do for as long as the program runs.
  void part_from_gates(const std::string& why);

  void accepted(std::unique_ptr<peer::Stream> stream);
  void first_message(const SessionPtr& session, const std::string& payload);
  void registry_message(const SessionPtr& session, const std::string& payload);
  void announced(const SessionPtr& session, const core::Register& request);
  void refuse(const SessionPtr& session, const core::Refusal& refusal);
  void forget(const SessionPtr& session);
  /// A retired gate may not register, and is listed as retired.
  void follow_retirements();
  /// The registry or the lot's id may have changed: remember the list, then tell the gates.
  void publish();
  void tell_gates();
  [[nodiscard]] core::PeerList list() const;

  using LocalAnswer = std::function<void(wire::LocalReply)>;
  void answer(const wire::LocalRequest& request, const LocalAnswer& reply);
  void import_store(const wire::ImportRequest& request, const LocalAnswer& reply);
  [[nodiscard]] core::Snapshot snapshot() const;

  boost::asio::any_io_executor executor_;
  DiscoveryConfig config_;
  std::string version_;
  Hooks hooks_;
  std::chrono::milliseconds silent_for_;
  core::Random random_;
  /// Outlived by callbacks from the store's thread that are still on their way.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  bool store_failed_ = false;
  bool ended_ = false;
  std::unique_ptr<store::Store> store_;
  std::optional<Office> office_;
  std::optional<Registry> registry_;
  std::optional<peer::Node> node_;
  std::unique_ptr<peer::Server> server_;
  std::unique_ptr<peer::LocalServer> local_;
  std::map<SessionPtr, std::optional<core::Register>> sessions_;  ///< what each has announced
  std::map<core::GateId, std::string> last_refused_;  ///< so that each reason is logged once
  std::size_t retirements_followed_ = 0;
  core::PeerList published_;
  core::RecordNumber last_record_ = 0;
  core::RecordNumber durable_ = 0;
  std::optional<core::RecordNumber> tell_after_;
  peer::SideThread side_;  ///< reads the history, and stores that are imported
};

}  // namespace parking::discovery
