#include "tests/integration/server_program.hpp"

#include <stdexcept>
#include <utility>

#include "tests/support/eventually.hpp"

namespace parking::integration {

using test_support::eventually;
using test_support::Process;

ServerProgram::ServerProgram(std::string program, std::filesystem::path config,
                             std::filesystem::path socket)
    : program_(std::move(program)),
      config_(std::move(config)),
      socket_(std::move(socket)),
      link_(socket_) {}

void ServerProgram::start() {
  launch();
  await_answer();
}

void ServerProgram::launch() {
  launch_as(test_support::program(program_), {"--config", config_.string()});
}

void ServerProgram::launch_as(const std::filesystem::path& command,
                              const std::vector<std::string>& arguments) {
  end_of_life();
  process_.emplace(command, arguments);
}

void ServerProgram::await_answer() {
  // Once is enough: a gate that sets its store aside begins anew and is silent for a moment.
  bool answered = false;
  eventually(patience, [&] { return (answered = link_.status().has_value()) || !running(); });
  if (!answered) throw std::runtime_error(config_.string() + " does not answer:\n" + log());
}

std::optional<int> ServerProgram::stop() {
  constexpr std::chrono::seconds promised{5};
  process_->terminate();
  const auto code = process_->wait(promised);
  link_.disconnect();
  return code;
}

void ServerProgram::kill() {
  process_->kill();
  process_->wait(patience);
  link_.disconnect();
}

void ServerProgram::end_of_life() {
  if (!process_) return;
  if (process_->running()) kill();
  earlier_log_ = log();
  process_.reset();
}

std::string ServerProgram::log() const {
  return process_ ? earlier_log_ + process_->output() + process_->errors() : earlier_log_;
}

int ServerProgram::logged(const std::string& text) const {
  const std::string written = log();
  int times = 0;
  for (auto found = written.find(text); found != std::string::npos;
       found = written.find(text, found + text.size()))
    ++times;
  return times;
}

bool ServerProgram::logs(const std::string& text) const {
  return eventually(patience, [&] { return logged(text) > 0; });
}

core::Snapshot ServerProgram::status() {
  std::optional<core::Snapshot> status;
  eventually(patience, [&] { return (status = link_.status()) || !running(); });
  if (!status) throw std::runtime_error(config_.string() + " does not answer:\n" + log());
  return *std::move(status);
}

}  // namespace parking::integration
