#include "app/ctl/next_step.hpp"

#include <variant>

#include "app/ctl/json.hpp"

namespace parking::ctl {
namespace {

struct Sentence {
  const std::optional<core::Snapshot>& after;

  std::string operator()(const wire::CapacityRequest& capacity) const {
    const std::string wanted = std::to_string(capacity.capacity) + " spaces";
    if (!after || after->lot.capacity <= capacity.capacity)
      return "The lot is to have " + wanted + ".";
    const core::Count missing = after->lot.capacity - capacity.capacity;
    const char* when = missing <= after->lot.free ? ", since so many are free" : " as cars leave";
    return "The lot goes down to " + wanted + when + "; parkingctl status shows how far it is.";
  }
  std::string operator()(const wire::RecountBeginRequest&) const {
    // A gate passes it on and hears of it later.
    if (after && !is_office(*after))
      return "The central service is asked to hold entries at every gate; parkingctl alarms tells "
             "if it objects. When parkingctl status says that they are held, settle what is held "
             "in lanes (parkingctl settle), count the cars inside, those in lanes included, then: "
             "parkingctl recount N --reason TEXT. To give up: parkingctl recount cancel.";
    return "Every gate is told to hold its entries; wait a moment, then parkingctl alarms names "
           "those "
           "that do not, and admissions to settle first. Count the cars inside, those in lanes "
           "included, then: parkingctl recount N --reason TEXT. To give up: parkingctl recount "
           "cancel.";
  }
  std::string operator()(const wire::RecountCountRequest&) const {
    return "The count is corrected as soon as every gate has answered; parkingctl alarms names a "
           "gate that does not, parkingctl history shows the result.";
  }
  std::string operator()(const wire::RecountCancelRequest&) const {
    return "Entries go on and the count stays as it was. A gate that hears nothing from the office "
           "goes on 30 s after it last did.";
  }
  std::string operator()(const wire::RetireRequest&) const {
    return "It is done when every other gate has agreed; parkingctl alarms names one that does "
           "not, parkingctl peers shows the result. The permits return with the next recount.";
  }
  std::string operator()(const wire::ImportRequest&) const {
    return "The store is read; its gate is out of the lot when every other gate has agreed. "
           "parkingctl alarms names one that does not, parkingctl history shows the result.";
  }
  std::string operator()(const wire::TakeOverRequest&) const {
    return "The lot is taken over when every gate has sent what it knows; parkingctl alarms names "
           "one that has not, parkingctl status shows the result. Then recount the cars inside.";
  }
  std::string operator()(const wire::DismissLotRequest&) const {
    return "Gates of that lot are refused and hold nothing up any more, until the central service "
           "is restarted while they still ask.";
  }
  std::string operator()(const wire::LeaveRequest&) const {
    return "This gate lets nobody in any more and gives its permits away; switch it off when "
           "parkingctl status shows it as left or retired.";
  }
  std::string operator()(const wire::StoreRenewRequest&) const {
    return "The old store is set aside and a new one begins, without permits. What the old one "
           "still holds, and parkingctl status shows as out of reach, comes back with the next "
           "recount; after a leave or an import that is nothing. What a full disk had not taken "
           "is in neither: then recount the cars. The history of this gate begins anew, too.";
  }
  template <typename Request>
  std::string operator()(const Request&) const {
    return {};
  }
};

}  // namespace

std::string next_step(const wire::LocalRequest& done, const std::optional<core::Snapshot>& after) {
  return std::visit(Sentence{after}, done);
}

}  // namespace parking::ctl
