#pragma once

#include <algorithm>
#include <cassert>
#include <initializer_list>
#include <utility>
#include <vector>

namespace parking::core {

/// A map in one block of memory, sorted by key: rows are copied and compared far more often than
/// their lists change. The part of C++23's std::flat_map that is used here; the standard library of
/// Debian 12 and 13 has none. Changing it ends all iterators and references into it.
template <typename Key, typename Value>
class FlatMap {
public:
  using value_type = std::pair<Key, Value>;
  using iterator = typename std::vector<value_type>::iterator;
  using const_iterator = typename std::vector<value_type>::const_iterator;

  FlatMap() = default;
  FlatMap(std::initializer_list<value_type> entries) {
    for (const value_type& entry : entries) emplace(entry.first, entry.second);
  }

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  void clear() { entries_.clear(); }

  iterator begin() { return entries_.begin(); }
  iterator end() { return entries_.end(); }
  const_iterator begin() const { return entries_.begin(); }
  const_iterator end() const { return entries_.end(); }

  iterator find(const Key& key) {
    const iterator place = place_of(entries_, key);
    return place != end() && place->first == key ? place : end();
  }
  const_iterator find(const Key& key) const {
    const const_iterator place = place_of(entries_, key);
    return place != end() && place->first == key ? place : end();
  }
  [[nodiscard]] bool contains(const Key& key) const { return find(key) != end(); }
  /// The key must be there.
  [[nodiscard]] const Value& at(const Key& key) const {
    const const_iterator place = find(key);
    assert(place != end());
    return place->second;
  }

  /// Does nothing where the key is there already; `second` says whether it was new.
  std::pair<iterator, bool> emplace(const Key& key, Value value) {
    const iterator place = place_of(entries_, key);
    if (place != end() && place->first == key) return {place, false};
    return {entries_.insert(place, {key, std::move(value)}), true};
  }
  /// A new key begins with an empty value.
  Value& operator[](const Key& key) { return emplace(key, Value{}).first->second; }
  std::size_t erase(const Key& key) {
    const iterator place = find(key);
    if (place == end()) return 0;
    entries_.erase(place);
    return 1;
  }

  bool operator==(const FlatMap&) const = default;

private:
  template <typename Entries>
  static auto place_of(Entries& entries, const Key& key) {
    return std::ranges::lower_bound(entries, key, {}, &value_type::first);
  }

  std::vector<value_type> entries_;
};

}  // namespace parking::core
