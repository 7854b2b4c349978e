#include "app/kiosk/age.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <chrono>

namespace parking::kiosk {

QString age_text(core::Duration age) {
  using namespace std::chrono;
  const auto in_words = [](const char* text, std::int64_t count) {
    return QCoreApplication::translate("Age", text).arg(count);
  };
  if (age >= hours(1))
    return in_words(QT_TRANSLATE_NOOP("Age", "%1 h"), duration_cast<hours>(age).count());
  if (age >= minutes(1))
    return in_words(QT_TRANSLATE_NOOP("Age", "%1 min"), duration_cast<minutes>(age).count());
  return in_words(QT_TRANSLATE_NOOP("Age", "%1 s"),
                  std::max<std::int64_t>(1, duration_cast<seconds>(age).count()));
}

}  // namespace parking::kiosk
