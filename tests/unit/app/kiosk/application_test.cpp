#include "app/kiosk/application.hpp"

#include <QImage>
#include <memory>

#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/samples.hpp"
#include "tests/unit/app/kiosk/socket_bench.hpp"

namespace parking::kiosk {
namespace {

class TheKiosk : public testing::Test, protected SocketBench {
protected:
  TheKiosk() {
    options.config.gate = path.toStdString();
    options.config.theme = ThemeChoice::day;
    options.windowed = true;
  }

  Options options;
};

TEST_F(TheKiosk, DrawsWhatItsGateSaysAndEndsWhileConnected) {
  const auto picture = folder.path() / "screen.png";
  options.grab_file = picture.string();
  gate.start();
  auto application = std::make_unique<Application>(options);
  ASSERT_TRUE(application->start());
  ASSERT_TRUE(soon([&] { return gate.watchers() == 1; }));
  gate.say(sample_gate());
  QImage image;
  ASSERT_TRUE(soon([&] { return image.load(QString::fromStdString(picture.string())); }));
  EXPECT_EQ(image.size(), QSize(800, 480));
  application.reset();
  ASSERT_TRUE(soon([&] { return gate.callers() == 0; }));
}

TEST_F(TheKiosk, StartsWithoutItsGate) {
  Application application(options);
  EXPECT_TRUE(application.start());
}

}  // namespace
}  // namespace parking::kiosk
