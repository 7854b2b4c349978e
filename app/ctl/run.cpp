#include "app/ctl/run.hpp"

#include <algorithm>
#include <expected>
#include <iterator>
#include <ranges>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "app/ctl/json.hpp"
#include "app/ctl/link.hpp"
#include "app/ctl/next_step.hpp"
#include "app/ctl/text.hpp"
#include "app/wire/text.hpp"

namespace parking::ctl {
namespace {

/// The gate's socket where there is one, else the central service's.
std::expected<std::filesystem::path, LinkFailure> chosen_socket(const Options& options) {
  if (options.socket) return *options.socket;
  std::error_code ignored;
  for (const std::filesystem::path socket : {gate_socket, central_socket})
    if (std::filesystem::exists(socket, ignored)) return socket;
  return std::unexpected(LinkFailure{std::string("neither ") + gate_socket + " nor " +
                                     central_socket +
                                     " is there; start the program, or name its socket with "
                                     "--socket PATH"});
}

template <typename Items>
void print_lines(const Items& items, std::ostream& out) {
  for (const auto& item : items) out << to_json(item) << '\n';
}

void print_json(const Options& options, const wire::LocalReply& reply, std::ostream& out) {
  switch (options.show) {
    case Show::status:
    case Show::watch:
      out << to_json(*reply.snapshot) << std::endl;
      break;
    case Show::peers:
      print_lines(reply.snapshot->peers, out);
      break;
    case Show::alarms:
      print_lines(reply.snapshot->alarms, out);
      break;
    case Show::history:
      print_lines(reply.events, out);
      break;
    case Show::done:
      out << done_json(next_step(options.request, reply.snapshot)) << '\n';
      break;
  }
}

void print_text(const Options& options, const wire::LocalReply& reply, std::ostream& out) {
  switch (options.show) {
    case Show::status:
      print_status(*reply.snapshot, out);
      break;
    case Show::watch:
      print_line(*reply.snapshot, out);
      break;
    case Show::peers:
      print_peers(*reply.snapshot, out);
      break;
    case Show::alarms:
      print_alarms(*reply.snapshot, out);
      break;
    case Show::history:
      print_history(reply.events, out);
      break;
    case Show::done:
      out << "Done.";
      if (const auto next = next_step(options.request, reply.snapshot); !next.empty())
        out << ' ' << next;
      out << '\n';
      break;
  }
}

bool needs_snapshot(Show show) {
  return show != Show::history && show != Show::done;
}

/// Where the words go.
struct Streams {
  std::ostream& out;
  std::ostream& errors;
};

int nobody(const Options& options, const LinkFailure& failure, Streams to) {
  if (failure.stopped) return exit_done;
  to.errors << "parkingctl: " << wire::harmless(failure.text) << '\n';
  // Who watches reads snapshots, one a line.
  if (options.json && options.show != Show::watch) to.out << error_json(failure.text) << '\n';
  return exit_nobody_answers;
}

int refused(const Options& options, const std::string& why, Streams to) {
  to.errors << "parkingctl: " << wire::harmless(why) << '\n';
  if (options.json) to.out << error_json(why) << '\n';
  return exit_refused;
}

/// The answer to go on with. Error: the exit code, when there is none, and the reason was told.
std::expected<wire::LocalReply, int> receive(const Options& options, Link& link, Streams to) {
  auto reply = link.receive();
  if (!reply) return std::unexpected(nobody(options, reply.error(), to));
  if (!reply->error.empty()) return std::unexpected(refused(options, reply->error, to));
  if (needs_snapshot(options.show) && !reply->snapshot)
    return std::unexpected(
        refused(options, "the answer says nothing; are both programs of the same version?", to));
  return *std::move(reply);
}

/// Sends the request and receives its answer.
std::expected<wire::LocalReply, int> ask(const Options& options, const wire::LocalRequest& request,
                                         Link& link, Streams to) {
  if (const auto sent = link.send(request); !sent)
    return std::unexpected(nobody(options, sent.error(), to));
  return receive(options, link, to);
}

/// A slip of the finger would shut the lot, or open it for everybody: whoever means such a number
/// says so.
std::expected<void, int> look_at_number(const Options& options, Link& link, Streams to) {
  const auto* number = std::get_if<wire::RecountCountRequest>(&options.request);
  if (number == nullptr || options.more_than_spaces) return {};
  const auto now = ask(options, wire::StatusRequest{}, link, to);
  if (!now) return std::unexpected(now.error());
  if (!now->snapshot || number->inside <= now->snapshot->lot.capacity) return {};
  const std::string cars = std::to_string(number->inside);
  return std::unexpected(refused(options,
                                 cars + " cars are more than the lot has spaces (" +
                                     std::to_string(now->snapshot->lot.capacity) +
                                     "); if that is so: parkingctl " + "recount " + cars +
                                     " --more-than-spaces --reason TEXT",
                                 to));
}

/// One answer holds some hundred events: older ones are asked for until there are enough, or no
/// more.
std::expected<wire::LocalReply, int> ask_for_history(const Options& options,
                                                     const wire::HistoryRequest& history,
                                                     Link& link, Streams to) {
  std::vector<std::vector<core::Event>> pages;  // newest first
  wire::HistoryRequest page = history;
  std::size_t missing = history.limit;
  while (missing > 0) {
    page.limit = static_cast<std::uint32_t>(std::min(missing, wire::max_events_per_reply));
    auto reply = ask(options, page, link, to);
    if (!reply) return reply;
    auto& events = reply->events;
    // A program that knows no pages answers with the newest ones again.
    if (page.before != 0)
      std::erase_if(events, [&](const core::Event& event) { return event.number >= page.before; });
    if (events.empty()) break;
    missing -= std::min(missing, events.size());
    page.before = events.front().number;
    pages.push_back(std::move(events));
    if (page.before <= 1) break;
  }
  wire::LocalReply all;
  for (auto& events : pages | std::views::reverse)
    std::ranges::move(events, std::back_inserter(all.events));
  return all;
}

bool print(const Options& options, const wire::LocalReply& reply, std::ostream& out) {
  if (options.json)
    print_json(options, reply, out);
  else
    print_text(options, reply, out);
  out.flush();  // a full disk shows only now
  return static_cast<bool>(out);
}

/// Reading a dead gate's store from a slow card takes longer than any other answer.
std::chrono::milliseconds patience_for(const wire::LocalRequest& request,
                                       std::chrono::milliseconds patience) {
  return std::holds_alternative<wire::ImportRequest>(request) ? 20 * patience : patience;
}

}  // namespace

int run(const Options& options, std::ostream& out, std::ostream& errors,
        std::chrono::milliseconds patience) {
  const Streams to{out, errors};
  const auto socket = chosen_socket(options);
  if (!socket) return nobody(options, socket.error(), to);
  auto link = Link::connect(*socket, patience_for(options.request, patience));
  if (!link) return nobody(options, link.error(), to);
  if (options.show == Show::watch) link->end_on_signals();
  const auto* history = std::get_if<wire::HistoryRequest>(&options.request);
  if (const auto looked = look_at_number(options, *link, to); !looked) return looked.error();
  auto reply = history != nullptr ? ask_for_history(options, *history, *link, to)
                                  : ask(options, options.request, *link, to);
  while (reply) {
    if (!print(options, *reply, out)) {
      errors << "parkingctl: the output could not be written; is its disk full?\n";
      return exit_refused;
    }
    if (options.show != Show::watch) return exit_done;
    reply = receive(options, *link, to);
  }
  return reply.error();
}

}  // namespace parking::ctl
