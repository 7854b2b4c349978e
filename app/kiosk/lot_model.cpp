#include "app/kiosk/lot_model.hpp"

#include <algorithm>
#include <limits>

#include "app/kiosk/age.hpp"

namespace parking::kiosk {
namespace {

/// One digit takes the room of two: the size must not jump while the last spaces go.
constexpr int fewest_digits = 2;

}  // namespace

void LotModel::set(const core::LotView& lot) {
  const auto before = shown();
  lot_ = lot;
  if (shown() != before) emit changed();
}

int LotModel::free_spaces() const {
  const auto most = std::clamp<core::Count>(lot_.capacity, 0, std::numeric_limits<int>::max());
  return static_cast<int>(std::clamp<core::Count>(lot_.free, 0, most));
}

LotModel::Shown LotModel::shown() const {
  return {lot_.name, free_spaces(), known(), old() ? age_text() : QString()};
}

int LotModel::digits() const {
  int digits = 1;
  for (auto rest = free_spaces(); rest >= 10; rest /= 10) ++digits;
  return std::max(digits, fewest_digits);
}

bool LotModel::old() const {
  return lot_.age >= old_figures;
}

QString LotModel::age_text() const {
  return kiosk::age_text(lot_.age);
}

}  // namespace parking::kiosk
