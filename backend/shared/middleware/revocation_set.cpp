#include "shared/middleware/revocation_set.hpp"

#include <algorithm>

namespace tt {

bool RevocationSet::is_revoked(const Uuid& subject, Time issued_at) const {
    if (size() == 0) return false;
    const Stripe& stripe = stripe_of(subject);
    const std::lock_guard lock(stripe.mutex);
    const auto found = stripe.entries.find(subject);
    return found != stripe.entries.end() && issued_at < found->second.not_before;
}

bool RevocationSet::vouches_at(Time now) const {
    const Time since = synchronised_at();
    return since != Time{} && now - since < token_life();
}

void RevocationSet::adopt(const RevocationPage& page, Time asked_at) {
    add(page.added);
    // Last: whoever sees the new time sees the entries, too.
    token_life_s_ = page.token_life_s;
    synchronised_us_ = asked_at.time_since_epoch().count();
}

void RevocationSet::add(const std::vector<Revocation>& heard) {
    for (const Revocation& revocation : heard) add(revocation);
}

void RevocationSet::add(const Revocation& revocation) {
    Stripe& stripe = stripe_of(revocation.subject);
    const std::lock_guard lock(stripe.mutex);
    const auto [entry, is_new] =
        stripe.entries.try_emplace(revocation.subject, Entry{revocation.not_before, revocation.until});
    if (is_new) {
        size_.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    entry->second.not_before = std::max(entry->second.not_before, revocation.not_before);
    entry->second.until = std::max(entry->second.until, revocation.until);
}

void RevocationSet::sweep(Time now) {
    for (Stripe& stripe : stripes_) {
        const std::lock_guard lock(stripe.mutex);
        size_ -= std::erase_if(stripe.entries, [&](const auto& entry) { return entry.second.until <= now; });
    }
}

std::vector<Revocation> RevocationSet::all() const {
    std::vector<Revocation> found;
    for (const Stripe& stripe : stripes_) {
        const std::lock_guard lock(stripe.mutex);
        for (const auto& [subject, entry] : stripe.entries) found.push_back({subject, entry.not_before, entry.until});
    }
    return found;
}

}  // namespace tt
