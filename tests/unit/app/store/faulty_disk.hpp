#pragma once

/// A disk that fails on demand: SQLite's own file layer, with write and sync watched. Registered
/// as the default, so that the store under test need not know.
namespace parking::store::faulty_disk {

enum class Fault { none, full, write_error, sync_error };

/// Registers the disk (once); stores opened from then on use it.
void install();
void set(Fault fault);
/// Syncs of files so far.
int syncs();
/// Writes attempted so far.
int writes();

}  // namespace parking::store::faulty_disk
