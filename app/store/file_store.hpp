#pragma once

#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "app/store/directory.hpp"
#include "app/store/disk_marker.hpp"
#include "app/store/ledger_file.hpp"
#include "app/store/store.hpp"

namespace parking::store {

/// Remembers a failed disk beyond the end of the program. What was said of it, and more when that
/// cannot be remembered.
Error mark_failed(Error failed, const DiskMarker& marker, core::Incarnation store);

/// The store on a real disk. All of the file's work is done on its own thread.
class FileStore final : public Store {
public:
  FileStore(std::filesystem::path path, DirectoryLock lock, LedgerFile file, Opened opened,
            Committed committed, DiskMarker marker);
  ~FileStore() override;

  [[nodiscard]] const Opened& opened() const override { return opened_; }
  void append(core::Record record) override;
  using Store::events;
  [[nodiscard]] std::vector<core::Event> events(std::size_t limit, std::uint64_t before) override;
  void close() override;
  std::expected<std::filesystem::path, Error> set_aside() override;

private:
  enum class State : std::uint8_t { sound, full, failed };
  struct Question {
    std::size_t limit = 0;
    std::uint64_t before = 0;
    std::promise<std::vector<core::Event>> answer;
  };

  void run(const std::stop_token& stop);
  void wait_for_work(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);
  void commit();
  void committed();
  void disk_refused(const SqlError& error);
  void not_committed(Error error);
  void answer(std::vector<Question> questions);
  std::vector<core::Event> read_events(std::size_t limit, std::uint64_t before);
  void stop_and_close_file();

  const std::filesystem::path path_;
  const Opened opened_;
  const Committed committed_;
  const DiskMarker marker_;
  std::optional<DirectoryLock> lock_;

  // The store's thread alone uses these while it runs.
  std::optional<LedgerFile> file_;
  std::vector<core::Record> uncommitted_;
  State state_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable_any work_;
  std::vector<core::Record> queue_;
  std::vector<Question> questions_;
  bool overflow_ = false;
  bool closed_ = false;

  std::jthread thread_;
};

}  // namespace parking::store
