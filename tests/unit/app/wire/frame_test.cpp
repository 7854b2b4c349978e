#include "app/wire/frame.hpp"

#include <gtest/gtest.h>

namespace parking::wire {
namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string result;
  for (const int value : values) result.push_back(static_cast<char>(value));
  return result;
}

TEST(AFrame, IsABigEndianLengthAndThePayload) {
  EXPECT_EQ(frame("abc").value(), bytes({0x00, 0x00, 0x00, 0x03,  // length of the payload
                                         'a', 'b', 'c'}));        // the payload, as it is
}

TEST(AFrame, WritesTheHighByteOfItsLengthFirst) {
  const std::string payload(0x0102, 'x');
  EXPECT_EQ(frame(payload).value().substr(0, 4), bytes({0x00, 0x00, 0x01, 0x02}));
}

TEST(AFrame, HasRoomForTheLongestPayloadAndNotForOneByteMore) {
  const std::string longest(max_payload_size, 'x');
  EXPECT_EQ(frame(longest).value().substr(0, 4), bytes({0x00, 0x01, 0x00, 0x00}));
  EXPECT_EQ(frame(longest + 'x').error().text,
            "a frame of 65537 bytes; at most 65536 are accepted");
}

TEST(AFrame, IsNeverEmpty) {
  EXPECT_EQ(frame("").error().text, "a frame without content");
  EXPECT_EQ(payload_size({0, 0, 0, 0}).error().text, "a frame without content");
}

TEST(AFrame, AnnouncesItsPayload) {
  EXPECT_EQ(payload_size({0, 0, 1, 2}).value(), 0x0102U);
}

TEST(AFrame, OfFourGibibytesIsRefusedByItsHeader) {
  EXPECT_EQ(payload_size({0xff, 0xff, 0xff, 0xff}).error().text,
            "a frame of 4294967295 bytes; at most 65536 are accepted");
}

TEST(AFrameReader, RefusesFourGibibytesAsSoonAsTheHeaderIsThere) {
  FrameReader reader;
  EXPECT_TRUE(reader.feed(bytes({0xff, 0xff, 0xff})));
  EXPECT_FALSE(reader.feed(bytes({0xff})));
}

TEST(AFrameReader, PutsAFrameTogetherFromSingleBytes) {
  FrameReader reader;
  const std::string whole = frame("abc").value();
  for (const char byte : whole) {
    EXPECT_EQ(reader.next(), std::nullopt);
    ASSERT_TRUE(reader.feed(std::string_view(&byte, 1)));
  }
  EXPECT_EQ(reader.next(), "abc");
  EXPECT_EQ(reader.next(), std::nullopt);
}

TEST(AFrameReader, TakesApartFramesThatArriveTogether) {
  FrameReader reader;
  const std::string last = frame("third").value();
  ASSERT_TRUE(reader.feed(frame("first").value() + frame("2").value() + last.substr(0, 6)));
  EXPECT_EQ(reader.next(), "first");
  EXPECT_EQ(reader.next(), "2");
  EXPECT_EQ(reader.next(), std::nullopt);
  EXPECT_TRUE(reader.in_frame());
  ASSERT_TRUE(reader.feed(last.substr(6)));
  EXPECT_EQ(reader.next(), "third");
  EXPECT_FALSE(reader.in_frame());
}

TEST(AFrameReader, StillGivesOutWhatCameBeforeAFault) {
  FrameReader reader;
  EXPECT_FALSE(reader.feed(frame("good").value() + bytes({0, 0, 0, 0})));
  EXPECT_EQ(reader.next(), "good");
  EXPECT_EQ(reader.next(), std::nullopt);
}

TEST(AFrameReader, KeepsItsPlaceOverManyFrames) {
  FrameReader reader;
  std::string stream;
  for (int i = 0; i < 200; ++i)
    stream += frame(std::string(static_cast<std::size_t>(i + 1), 'x')).value();
  std::size_t frames = 0;
  for (std::size_t at = 0; at < stream.size(); at += 7) {
    ASSERT_TRUE(reader.feed(std::string_view(stream).substr(at, 7)));
    while (const auto payload = reader.next()) EXPECT_EQ(payload->size(), ++frames);
  }
  EXPECT_EQ(frames, 200U);
}

}  // namespace
}  // namespace parking::wire
