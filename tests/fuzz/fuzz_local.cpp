#include "app/wire/local.hpp"
#include "tests/fuzz/invariant.hpp"

/// The first byte chooses the side, the rest is a payload.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parking;
  if (size == 0) return 0;
  const std::string_view payload = fuzz::text(data + 1, size - 1);
  if (data[0] % 2 == 0) {
    fuzz::survives_a_round_trip(
        payload, [](const wire::LocalRequest& request) { return wire::encode(request); },
        &wire::decode_local_request);
  } else {
    fuzz::survives_a_round_trip(
        payload, [](const wire::LocalReply& reply) { return wire::encode(reply); },
        &wire::decode_local_reply);
  }
  return 0;
}
