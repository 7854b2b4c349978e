#pragma once

#include <map>
#include <string>

#include <sys/types.h>

namespace parking::bench {

/// Memory of a process as the kernel states it, in kB by the kernel's own names: `Rss`, `Pss`,
/// `Private_Dirty`, ... of /proc/PID/smaps_rollup, and `VmHWM`, `RssAnon`, `RssFile` of its status.
std::map<std::string, long> memory_of(pid_t process);

/// The files, or `[heap]` and the like, that most of the resident memory belongs to: name -> kB.
std::map<std::string, long> resident_by_mapping(pid_t process);

}  // namespace parking::bench
