#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace platform::metrics {
class Histogram;
}

namespace platform::db {

/// Which statements a connection has prepared, least recently used last. Keyed by SQL text and role: a plan made for
/// one role under row level security is thrown away and made again when another role executes it.
class StatementCache {
public:
    struct Entry {
        std::string role;
        std::string text;
        std::string name;  ///< on the server
        metrics::Histogram* duration = nullptr;
        bool has_failed = false;  ///< its Parse did not succeed: the server does not know it
    };

    /// `prefix` begins the names of its statements: caches of one connection need different ones.
    StatementCache(std::size_t limit, char prefix) : limit_(limit), prefix_(prefix) {}

    /// The entry, moved to the front; nullptr when there is none.
    Entry* find(std::string_view role, std::string_view text);
    Entry& add(std::string_view role, std::string_view text);
    /// Takes out the least recently used entry when the cache is full; its name must be deallocated.
    std::optional<std::string> evict();
    void remove_failed();
    std::size_t size() const { return entries_.size(); }

private:
    struct Key {
        std::string_view role;
        std::string_view text;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    using Entries = std::list<Entry>;

    Entries entries_;
    std::unordered_map<Key, Entries::iterator, Hash> index_;
    std::size_t limit_;
    char prefix_;
    unsigned long next_name_ = 0;
};

}  // namespace platform::db
