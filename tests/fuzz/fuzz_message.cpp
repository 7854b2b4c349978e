#include "app/wire/convert.hpp"
#include "app/wire/frame.hpp"
#include "tests/fuzz/invariant.hpp"

/// The input is a stream as a peer sends it: frames, cut into two pieces at a place that the first
/// byte chooses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parking;
  if (size == 0) return 0;
  const std::string_view stream = fuzz::text(data + 1, size - 1);
  const std::size_t cut = stream.empty() ? 0 : data[0] % stream.size();

  wire::FrameReader reader;
  for (const std::string_view piece : {stream.substr(0, cut), stream.substr(cut)}) {
    const bool sound = reader.feed(piece).has_value();
    while (const auto payload = reader.next()) {
      fuzz::must(!payload->empty() && payload->size() <= wire::max_payload_size);
      fuzz::survives_a_round_trip(
          *payload, [](const core::Message& message) { return wire::encode(message); },
          &wire::decode);
    }
    if (!sound) break;
  }
  return 0;
}
