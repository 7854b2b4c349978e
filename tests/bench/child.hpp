#pragma once

#include <functional>

#include <sys/types.h>

namespace parking::bench {

/// A copy of this process that does something else. It is told things by single bytes, and to end
/// by the end of the control stream.
class Child {
public:
  /// `work` runs in the child with its end of the stream; what it returns is the exit code. Call
  /// only while this process has one thread.
  explicit Child(const std::function<int(int control)>& work);
  ~Child();
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;

  void tell(char what) const;
  /// Ends it without waiting for that.
  void dismiss();

private:
  pid_t pid_ = -1;
  int control_ = -1;
};

}  // namespace parking::bench
