#pragma once

#include <string>

#include <gtest/gtest.h>

#include "tests/support/command_line.hpp"

namespace parking::test_support {

/// What `parse`, which returns an expected with an exit code, prints about words that it refuses.
template <typename Parse, typename Words>
std::string refusal_of(const Parse& parse, const Words& words) {
  testing::internal::CaptureStderr();
  const auto options = parse(words);
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_EQ(options ? 0 : options.error(), wrong_usage) << text;
  return text;
}

}  // namespace parking::test_support
