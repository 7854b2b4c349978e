#pragma once

#include <expected>
#include <filesystem>
#include <string_view>

#include "app/store/store.hpp"

/// The directory that holds a store: who may use it, and renaming files in it.
namespace parking::store {

/// Held while a program uses the directory; the kernel lets go of it when the program ends.
class DirectoryLock {
public:
  /// Makes the directory where it is missing. Error: unusable, for example held by another program.
  static std::expected<DirectoryLock, Error> take(const std::filesystem::path& directory);
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  ~DirectoryLock();

private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

/// Makes names in the directory durable. Error: io.
std::expected<void, Error> sync_directory(const std::filesystem::path& directory);

/// Whether `database` or what belongs to it (its log) is there.
bool anything_at(const std::filesystem::path& database);

/// Deletes a database that could not be made, and what belongs to it.
void remove_unfinished(const std::filesystem::path& database);

/// Renames `database` and what belongs to it to "NAME.`suffix`-N" with the first free N from 1.
/// Returns the new name of the database.
std::expected<std::filesystem::path, Error> rename_aside(const std::filesystem::path& database,
                                                         std::string_view suffix);

}  // namespace parking::store
