#include "app/kiosk/stop_signals.hpp"

#include <QCoreApplication>
#include <csignal>

#include <sys/signalfd.h>
#include <unistd.h>

namespace parking::kiosk {
namespace {

sigset_t stopping() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

/// Blocks the signals in this and, as long as it runs first, in every later thread: a descriptor
/// sees only what is blocked everywhere.
int open_descriptor() {
  const auto set = stopping();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

}  // namespace

StopSignals::StopSignals(QObject* parent)
    : QObject(parent),
      descriptor_(open_descriptor()),
      notifier_(descriptor_, QSocketNotifier::Read) {
  connect(&notifier_, &QSocketNotifier::activated, this, [] { QCoreApplication::exit(0); });
}

StopSignals::~StopSignals() {
  notifier_.setEnabled(false);
  close(descriptor_);
  const auto set = stopping();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace parking::kiosk
