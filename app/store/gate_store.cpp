#include "app/store/gate_store.hpp"

#include <string>
#include <utility>

#include "app/store/file_copy.hpp"
#include "app/store/ledger_reader.hpp"
#include "app/store/schema.hpp"
#include "app/store/sqlite.hpp"

namespace parking::store {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> refused(const fs::path& file, const std::string& why) {
  return std::unexpected(Error{Error::Kind::unusable, file.string() + " " + why});
}

/// A folder of our own, gone at the end.
class Scratch {
public:
  explicit Scratch(fs::path folder) : folder_(std::move(folder)) {
    fs::remove_all(folder_, error_);
    if (!error_) fs::create_directories(folder_, error_);
    if (!error_) fs::permissions(folder_, fs::perms::owner_all, error_);
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] const std::error_code& error() const { return error_; }
  [[nodiscard]] fs::path file() const { return folder_ / "ledger.db"; }

private:
  fs::path folder_;
  std::error_code error_;
};

fs::path beside(fs::path file, const char* suffix) {
  file += suffix;
  return file;
}

std::expected<void, Error> copy(const fs::path& file, const Scratch& scratch,
                                const std::stop_token& stop) {
  // What is in the log only counts as much as what is in the file.
  for (const char* part : {"", "-wal", "-journal"}) {
    const fs::path from = beside(file, part);
    std::error_code failed;
    if (part[0] != '\0' && !fs::exists(from, failed) && !failed) continue;
    const auto copied = copy_foreign(from, beside(scratch.file(), part), largest_gate_store, stop);
    if (!copied) return refused(from, "cannot be read: " + copied.error());
  }
  return {};
}

std::expected<core::Remembered, SqlError> read_contents(Database& database) {
  if (const auto alone = database.run("PRAGMA locking_mode = EXCLUSIVE"); !alone)
    return std::unexpected(alone.error());
  if (const auto sound = check_contents(database); !sound) return std::unexpected(sound.error());
  return read_remembered(database);
}

std::expected<core::Remembered, Error> read_copy(const fs::path& copy, const fs::path& file) {
  const auto no_ledger = [&](const SqlError& error) {
    return refused(file, "is no gate's ledger, or is damaged: " + error.text);
  };
  auto database = Database::open(copy, false);
  if (!database) return no_ledger(database.error());
  const auto schema = schema_of(*database);
  if (!schema) return no_ledger(schema.error());
  if (*schema == 0)
    return refused(file,
                   "is no gate's ledger, or only a part of it: a gate's is ledger.db, and of one "
                   "that was not closed ledger.db-wal belongs beside it");
  if (*schema > schema_version)
    return refused(file, "was written by a newer program; update this one first");
  auto remembered = read_contents(*database);
  if (!remembered) return no_ledger(remembered.error());
  return *std::move(remembered);
}

}  // namespace

std::expected<core::Remembered, Error> read_gate_store(const fs::path& file,
                                                       const fs::path& scratch,
                                                       const std::stop_token& stop) {
  std::error_code failed;
  if (!fs::exists(file, failed) && !failed)
    return refused(file,
                   "is not there for this program, which may not see every folder; copy the "
                   "file, and its -wal if it has one, into " +
                       scratch.parent_path().string());
  if (failed)
    return refused(file, "cannot be read (" + failed.message() +
                             "); copy the file, and its -wal if "
                             "it has one, into " +
                             scratch.parent_path().string());
  const Scratch folder(scratch);
  if (folder.error()) return refused(scratch, "cannot be made: " + folder.error().message());
  if (const auto copied = copy(file, folder, stop); !copied) return std::unexpected(copied.error());
  auto remembered = read_copy(folder.file(), file);
  if (!remembered) return remembered;
  if (!remembered->own)
    return refused(file,
                   "has nothing written in it yet: there is nothing to import. Where its gate is "
                   "gone for good: parkingctl retire; where the gate runs with a newer store: "
                   "permits of this one return with the next recount");
  if (remembered->own->owner.gate.is_office())
    return refused(file, "is the store of a central service; only a gate's can be imported");
  return remembered;
}

}  // namespace parking::store
