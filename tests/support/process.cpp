#include "tests/support/process.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/eventually.hpp"

namespace parking::test_support {
namespace {

/// A file in memory that the child appends to and the parent reads from: unlike a pipe it never
/// fills up.
int memory_file() {
  const int file = ::memfd_create("output", MFD_CLOEXEC);
  if (file < 0 || ::fcntl(file, F_SETFL, O_APPEND) != 0)
    throw std::runtime_error("cannot make a file in memory");
  return file;
}

[[noreturn]] void become(const char* program, char* const* arguments, int output, int errors) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  ::execv(program, arguments);
  ::_exit(127);
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::filesystem::path program(std::string_view name) {
  return std::filesystem::path(PARKING_BIN_DIR) / name;
}

Process::Process(const std::filesystem::path& program, const std::vector<std::string>& arguments)
    : output_(memory_file()), errors_(memory_file()) {
  std::string file = program.string();
  if (::access(file.c_str(), X_OK) != 0) throw std::runtime_error("no program " + file);
  std::vector<std::string> words{file};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + file);
  if (pid_ == 0) become(file.c_str(), pointers.data(), output_, errors_);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      errors_(std::exchange(other.errors_, -1)),
      exit_code_(std::exchange(other.exit_code_, std::nullopt)) {}

Process& Process::operator=(Process&& other) noexcept {
  if (this == &other) return *this;
  stop();
  pid_ = std::exchange(other.pid_, -1);
  output_ = std::exchange(other.output_, -1);
  errors_ = std::exchange(other.errors_, -1);
  exit_code_ = std::exchange(other.exit_code_, std::nullopt);
  return *this;
}

Process::~Process() {
  stop();
}

void Process::stop() noexcept {
  if (pid_ > 0 && !exit_code_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  for (const int file : {output_, errors_})
    if (file >= 0) ::close(file);
  pid_ = output_ = errors_ = -1;
}

bool Process::running() {
  int status = 0;
  if (!exit_code_ && ::waitpid(pid_, &status, WNOHANG) == pid_) exit_code_ = exit_code_of(status);
  return !exit_code_;
}

std::optional<int> Process::wait(Milliseconds deadline) {
  eventually(deadline, [&] { return !running(); });
  return exit_code_;
}

bool Process::wait_for_line(std::string_view text, Milliseconds deadline) {
  const auto has_line = [&](const std::string& written) {
    const auto found = written.find(text);
    return found != std::string::npos && written.find('\n', found) != std::string::npos;
  };
  const auto told = [&] { return has_line(output()) || has_line(errors()); };
  eventually(deadline, [&] { return told() || !running(); });
  return told();
}

void Process::signal(int number) {
  if (running()) ::kill(pid_, number);
}

std::string Process::read_all(int file) {
  std::string text;
  std::array<char, 16 * 1024> piece{};
  for (;;) {
    const auto size = ::pread(file, piece.data(), piece.size(), static_cast<off_t>(text.size()));
    if (size <= 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace parking::test_support
