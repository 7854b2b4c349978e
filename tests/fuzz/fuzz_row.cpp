#include "app/wire/convert.hpp"
#include "tests/fuzz/invariant.hpp"

/// Rows and peer lists as they are stored: the first byte chooses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parking;
  if (size == 0) return 0;
  const std::string_view bytes = fuzz::text(data + 1, size - 1);
  if (data[0] % 4 == 3) {
    fuzz::survives_a_round_trip(bytes, &wire::encode_peer_list, &wire::decode_peer_list);
    return 0;
  }
  const auto copy = wire::decode_row(bytes);
  if (!copy) return 0;
  fuzz::must(copy->bytes == bytes);
  const std::string own_bytes = wire::encode_row(copy->row);
  const auto again = wire::decode_row(own_bytes);
  fuzz::must(again.has_value() && again->row == copy->row);
  fuzz::must(wire::encode_row(again->row) == own_bytes);
  return 0;
}
