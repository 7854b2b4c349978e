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

int open_descriptor() {
  const auto set = stopping();
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

}  // namespace

void block_stop_signals() {
  const auto set = stopping();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

StopSignals::StopSignals(QObject* parent)
    : QObject(parent),
      descriptor_(open_descriptor()),
      notifier_(descriptor_, QSocketNotifier::Read) {
  connect(&notifier_, &QSocketNotifier::activated, this, [] { QCoreApplication::exit(0); });
}

StopSignals::~StopSignals() {
  notifier_.setEnabled(false);
  close(descriptor_);
}

}  // namespace parking::kiosk
