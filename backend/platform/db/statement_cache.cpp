#include "platform/db/statement_cache.hpp"

#include <functional>

namespace platform::db {

std::size_t StatementCache::Hash::operator()(const Key& key) const {
    constexpr std::size_t golden_ratio = 0x9e3779b97f4a7c15;  // spreads the role's hash over the text's
    return std::hash<std::string_view>{}(key.text) ^ (std::hash<std::string_view>{}(key.role) * golden_ratio);
}

StatementCache::Entry* StatementCache::find(std::string_view role, std::string_view text) {
    const auto found = index_.find(Key{role, text});
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &entries_.front();
}

StatementCache::Entry& StatementCache::add(std::string_view role, std::string_view text) {
    entries_.push_front(Entry{std::string(role), std::string(text), prefix_ + std::to_string(next_name_++)});
    Entry& entry = entries_.front();
    index_.emplace(Key{entry.role, entry.text}, entries_.begin());
    return entry;
}

std::optional<std::string> StatementCache::evict() {
    if (entries_.size() < limit_) return std::nullopt;
    Entry& oldest = entries_.back();
    std::string name = std::move(oldest.name);
    index_.erase(Key{oldest.role, oldest.text});
    entries_.pop_back();
    return name;
}

void StatementCache::remove_failed() {
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        const auto next = std::next(entry);
        if (entry->has_failed) {
            index_.erase(Key{entry->role, entry->text});
            entries_.erase(entry);
        }
        entry = next;
    }
}

}  // namespace platform::db
