#include "app/store/store.hpp"

#include "app/store/directory.hpp"
#include "app/store/file_store.hpp"
#include "app/store/ledger_file.hpp"

namespace parking::store {
namespace {

namespace fs = std::filesystem;

Error failed_before() {
  return {Error::Kind::io,
          "the disk has failed since this machine started, and what it shows may never have been "
          "written to it; restart the machine and check its card"};
}

struct Found {
  LedgerFile file;
  bool fresh = false;
  std::string note;
};

core::Incarnation draw(const core::Random& random) {
  core::Incarnation incarnation;
  while (incarnation.empty()) incarnation.value = random();
  return incarnation;
}

std::expected<Found, Error> make_new(const fs::path& path, const core::Random& random,
                                     std::string note) {
  auto file = LedgerFile::make(path, draw(random));
  if (!file) {
    // Nothing was in it yet; left there, it would be set aside at each further attempt.
    remove_unfinished(path);
    return std::unexpected(file.error());
  }
  return Found{std::move(*file), true, std::move(note)};
}

std::expected<Found, Error> replace_unreadable(const fs::path& path, const core::Random& random,
                                               const std::string& why) {
  const auto aside = rename_aside(path, "unreadable");
  if (!aside) return std::unexpected(aside.error());
  return make_new(path, random,
                  "the ledger could not be read (" + why + ") and was kept as " + aside->string());
}

std::expected<Found, Error> open_or_make(const fs::path& path, const core::Random& random) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    // A log without its database must not be taken for that of the new one.
    if (anything_at(path)) return replace_unreadable(path, random, "only its log was there");
    return make_new(path, random, "");
  }
  auto file = LedgerFile::open(path);
  if (file) return Found{std::move(*file), false, ""};
  if (!file.error().unreadable) return std::unexpected(file.error().error);
  return replace_unreadable(path, random, file.error().error.text);
}

/// A new one is.
SqlDone make_durable(Found& found) {
  if (found.fresh) return {};
  return found.file.make_durable();
}

}  // namespace

std::expected<std::unique_ptr<Store>, Error> Store::open(const fs::path& directory,
                                                         const core::Random& random,
                                                         Committed committed, DiskMarker marker) {
  // Rules on who may open come before the file is looked at: what another program is writing may
  // well look unreadable.
  auto lock = DirectoryLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  const fs::path path = directory / "ledger.db";
  auto found = open_or_make(path, random);
  if (!found) return std::unexpected(found.error());
  Opened opened{.remembered = found->file.take_remembered(),
                .fresh = found->fresh,
                .note = std::move(found->note)};
  const core::Incarnation incarnation = opened.remembered.incarnation;
  if (marker.names(incarnation))
    opened.failed = failed_before();
  else if (const auto durable = make_durable(*found); !durable)
    opened.failed = mark_failed(to_error(durable.error()), marker, incarnation);
  return std::make_unique<FileStore>(path, std::move(*lock), std::move(found->file),
                                     std::move(opened), std::move(committed), std::move(marker));
}

}  // namespace parking::store
