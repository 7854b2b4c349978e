#include "app/wire/local_commands.hpp"

namespace parking::wire {
namespace {

enum class For : std::uint8_t { gate, central, both };

struct Addressee {
  For operator()(const StatusRequest&) const { return For::both; }
  For operator()(const WatchRequest&) const { return For::both; }
  For operator()(const HistoryRequest&) const { return For::both; }
  For operator()(const SensorRequest&) const { return For::gate; }
  For operator()(const SettleRequest&) const { return For::gate; }
  For operator()(const SetupRequest&) const { return For::gate; }
  For operator()(const EntriesRequest&) const { return For::gate; }
  For operator()(const StoreTrustRequest&) const { return For::gate; }
  For operator()(const CapacityRequest&) const { return For::central; }
  For operator()(const RecountBeginRequest&) const { return For::both; }
  For operator()(const RecountCountRequest&) const { return For::both; }
  For operator()(const RecountCancelRequest&) const { return For::both; }
  For operator()(const RetireRequest&) const { return For::central; }
  For operator()(const ImportRequest&) const { return For::central; }
  For operator()(const TakeOverRequest&) const { return For::central; }
  For operator()(const DismissLotRequest&) const { return For::central; }
  For operator()(const LeaveRequest&) const { return For::gate; }
  For operator()(const StoreRenewRequest&) const { return For::gate; }
};

struct Command {
  using Result = std::optional<core::Input>;

  Result operator()(const SettleRequest& settle) const {
    return core::Settle{settle.lane,
                        settle.outcome == Settlement::entered ? core::Settlement::entered
                                                              : core::Settlement::backed_out,
                        settle.reason};
  }
  Result operator()(const EntriesRequest& entries) const {
    return core::AllowEntries{entries.allowed, entries.reason};
  }
  Result operator()(const StoreTrustRequest& trust) const { return core::TrustStore{trust.reason}; }
  Result operator()(const CapacityRequest& capacity) const {
    return core::SetCapacity{capacity.capacity, capacity.reason};
  }
  Result operator()(const RecountBeginRequest& begin) const {
    return core::RecountBegin{begin.reason};
  }
  Result operator()(const RecountCountRequest& count) const {
    return core::RecountCount{count.inside, count.reason};
  }
  Result operator()(const RecountCancelRequest& cancel) const {
    return core::RecountCancel{cancel.reason};
  }
  Result operator()(const RetireRequest& retire) const {
    return core::Retire{retire.gates, retire.reason};
  }
  Result operator()(const TakeOverRequest& take_over) const {
    return core::TakeOver{take_over.reason};
  }
  Result operator()(const DismissLotRequest& dismiss) const {
    return core::DismissLot{dismiss.lot, dismiss.reason};
  }
  Result operator()(const LeaveRequest& leave) const { return core::Leave{leave.reason}; }
  Result operator()(const StoreRenewRequest& renew) const { return core::RenewStore{renew.reason}; }

  Result operator()(const StatusRequest&) const { return std::nullopt; }
  Result operator()(const WatchRequest&) const { return std::nullopt; }
  Result operator()(const HistoryRequest&) const { return std::nullopt; }
  Result operator()(const SensorRequest&) const { return std::nullopt; }
  Result operator()(const SetupRequest&) const { return std::nullopt; }
  Result operator()(const ImportRequest&) const { return std::nullopt; }
};

}  // namespace

std::string asked_elsewhere(const LocalRequest& request, Program here) {
  const For whom = std::visit(Addressee{}, request);
  if (whom == For::central && here == Program::gate)
    return "only the central service can do that; ask it on the central Pi, or, where it runs "
           "beside a gate, with --socket /run/parking-discovery/discovery.sock";
  if (whom == For::gate && here == Program::central)
    return "only a gate can do that; ask it on the gate's Pi, or, where it runs beside the central "
           "service, with --socket /run/parking-gate/gate.sock";
  return {};
}

std::optional<core::Input> command_of(const LocalRequest& request) {
  return std::visit(Command{}, request);
}

}  // namespace parking::wire
