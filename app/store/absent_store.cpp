#include "app/store/absent_store.hpp"

namespace parking::store {
namespace {

class AbsentStore final : public Store {
public:
  explicit AbsentStore(Opened opened) : opened_(std::move(opened)) {}

  [[nodiscard]] const Opened& opened() const override { return opened_; }
  void append(core::Record) override {}
  [[nodiscard]] std::vector<core::Event> events(std::size_t, std::uint64_t) override { return {}; }
  void close() override {}
  std::expected<std::filesystem::path, Error> set_aside() override {
    return std::unexpected(*opened_.failed);
  }

private:
  Opened opened_;
};

}  // namespace

std::unique_ptr<Store> absent_store(Error why, const core::Random& random) {
  Opened opened{.fresh = true, .failed = std::move(why)};
  while (opened.remembered.incarnation.empty()) opened.remembered.incarnation.value = random();
  return std::make_unique<AbsentStore>(std::move(opened));
}

}  // namespace parking::store
