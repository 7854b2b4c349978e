#include "app/store/file_store.hpp"

#include <chrono>
#include <iterator>

namespace parking::store {
namespace {

constexpr std::chrono::seconds retry_when_full{1};

/// Records that may wait for room on the disk: days of exits. Whoever still appends beyond that is
/// in a loop, and memory must not follow.
constexpr std::size_t max_waiting = 100'000;

std::int64_t wall_time_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

Error mark_failed(Error failed, const DiskMarker& marker, core::Incarnation store) {
  if (const auto marked = marker.write(store); !marked)
    failed.text +=
        "; do not just restart this program, it cannot remember this (" + marked.error() + ")";
  return failed;
}

FileStore::FileStore(std::filesystem::path path, DirectoryLock lock, LedgerFile file, Opened opened,
                     Committed committed, DiskMarker marker)
    : path_(std::move(path)),
      opened_(std::move(opened)),
      committed_(std::move(committed)),
      marker_(std::move(marker)),
      lock_(std::move(lock)),
      file_(std::move(file)),
      state_(opened_.failed ? State::failed : State::sound),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

FileStore::~FileStore() {
  FileStore::close();
}

void FileStore::append(core::Record record) {
  for (core::Event& event : record.events)
    if (event.wall_time_ms == 0) event.wall_time_ms = wall_time_ms();
  {
    const std::lock_guard guard(mutex_);
    if (closed_ || overflow_) return;
    if (queue_.size() >= max_waiting) {
      overflow_ = true;
    } else {
      queue_.push_back(std::move(record));
    }
  }
  work_.notify_one();
}

std::vector<core::Event> FileStore::events(std::size_t limit, std::uint64_t before) {
  // From inside `Committed` nobody else could answer.
  if (std::this_thread::get_id() == thread_.get_id()) return read_events(limit, before);
  std::future<std::vector<core::Event>> answer;
  {
    const std::lock_guard guard(mutex_);
    if (closed_) return {};
    answer = questions_.emplace_back(Question{limit, before, {}}).answer.get_future();
  }
  work_.notify_one();
  return answer.get();
}

void FileStore::close() {
  stop_and_close_file();
  lock_.reset();
}

std::expected<std::filesystem::path, Error> FileStore::set_aside() {
  stop_and_close_file();
  if (!lock_) {
    auto lock = DirectoryLock::take(path_.parent_path());
    if (!lock) return std::unexpected(lock.error());
    lock_ = std::move(*lock);
  }
  auto aside = rename_aside(path_, "set-aside");
  if (aside) marker_.remove();
  lock_.reset();
  return aside;
}

void FileStore::stop_and_close_file() {
  {
    const std::lock_guard guard(mutex_);
    closed_ = true;
  }
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  file_.reset();
}

void FileStore::run(const std::stop_token& stop) {
  if (state_ == State::failed) file_->abandon();
  std::unique_lock lock(mutex_);
  while (true) {
    wait_for_work(lock, stop);
    // Asked before the queue is taken: what was appended before the stop is in this round.
    const bool last = stop.stop_requested();
    uncommitted_.insert(uncommitted_.end(), std::make_move_iterator(queue_.begin()),
                        std::make_move_iterator(queue_.end()));
    queue_.clear();
    const bool dropped = overflow_;
    std::vector<Question> questions = std::move(questions_);
    questions_.clear();
    lock.unlock();

    if (!uncommitted_.empty()) commit();
    if (dropped || uncommitted_.size() > max_waiting)
      not_committed(
          {Error::Kind::io,
           "too many records wait to be written; make room on the disk, then restart this "
           "program"});
    answer(std::move(questions));

    lock.lock();
    if (last) break;
  }
}

void FileStore::wait_for_work(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
  if (state_ == State::full) {
    work_.wait_for(lock, stop, retry_when_full, [this] { return !questions_.empty(); });
  } else {
    work_.wait(lock, stop, [this] {
      return !queue_.empty() || !questions_.empty() || (overflow_ && state_ != State::failed);
    });
  }
}

void FileStore::commit() {
  if (state_ == State::failed) {
    uncommitted_.clear();
    return;
  }
  const SqlDone done = file_->write(uncommitted_);
  if (!done) {
    disk_refused(done.error());
    return;
  }
  committed();
  if (const SqlDone moved = file_->checkpoint_when_due(); !moved) disk_refused(moved.error());
}

void FileStore::committed() {
  state_ = State::sound;
  const core::RecordNumber number = uncommitted_.back().number;
  uncommitted_.clear();
  if (committed_) committed_(number);
}

void FileStore::disk_refused(const SqlError& error) {
  Error refused = to_error(error);
  if (refused.kind == Error::Kind::io)
    refused = mark_failed(std::move(refused), marker_, opened_.remembered.incarnation);
  not_committed(std::move(refused));
}

void FileStore::not_committed(Error error) {
  const State now = error.kind == Error::Kind::disk_full ? State::full : State::failed;
  if (state_ == State::failed || now == state_) return;
  state_ = now;
  if (now == State::failed) {
    uncommitted_.clear();
    file_->abandon();
  }
  if (committed_) committed_(std::unexpected(std::move(error)));
}

void FileStore::answer(std::vector<Question> questions) {
  for (Question& question : questions)
    question.answer.set_value(read_events(question.limit, question.before));
}

std::vector<core::Event> FileStore::read_events(std::size_t limit, std::uint64_t before) {
  // A disk that cannot be read has no history to show; the error that matters was reported.
  return file_->events(limit, before).value_or(std::vector<core::Event>());
}

}  // namespace parking::store
