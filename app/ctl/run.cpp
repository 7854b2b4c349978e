#include "app/ctl/run.hpp"

#include <optional>
#include <system_error>
#include <utility>

#include "app/ctl/json.hpp"
#include "app/ctl/link.hpp"
#include "app/ctl/text.hpp"

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
      out << "{\"done\":true}\n";
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
      out << "Done.\n";
      break;
  }
}

bool needs_snapshot(Show show) {
  return show != Show::history && show != Show::done;
}

int nobody(const LinkFailure& failure, std::ostream& errors) {
  if (failure.stopped) return exit_done;
  errors << "parkingctl: " << failure.text << '\n';
  return exit_nobody_answers;
}

/// Receives and prints one reply. Returns the exit code when it was not one to go on after.
std::optional<int> take_reply(const Options& options, Link& link, std::ostream& out,
                              std::ostream& errors) {
  const auto reply = link.receive();
  if (!reply) return nobody(reply.error(), errors);
  if (!reply->error.empty()) {
    errors << "parkingctl: " << reply->error << '\n';
    return exit_refused;
  }
  if (needs_snapshot(options.show) && !reply->snapshot) {
    errors << "parkingctl: the answer says nothing; are both programs of the same version?\n";
    return exit_refused;
  }
  if (options.json)
    print_json(options, *reply, out);
  else
    print_text(options, *reply, out);
  if (!out) return exit_refused;
  return std::nullopt;
}

}  // namespace

int run(const Options& options, std::ostream& out, std::ostream& errors,
        std::chrono::milliseconds patience) {
  const auto socket = chosen_socket(options);
  if (!socket) return nobody(socket.error(), errors);
  auto link = Link::connect(*socket, patience);
  if (!link) return nobody(link.error(), errors);
  if (options.show == Show::watch) link->end_on_signals();
  if (const auto sent = link->send(options.request); !sent) return nobody(sent.error(), errors);
  std::optional<int> code;
  do {
    code = take_reply(options, *link, out, errors);
  } while (!code && options.show == Show::watch);
  return code.value_or(exit_done);
}

}  // namespace parking::ctl
