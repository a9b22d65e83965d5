#include "shared/middleware/revocation_set.hpp"

#include <algorithm>

namespace tt {

namespace {

std::size_t filter_bit_of(const Uuid& subject, std::size_t bits) {
    return std::hash<Uuid>{}(subject) >> 20 & (bits - 1);
}

}  // namespace

bool RevocationSet::may_contain(const Uuid& subject) const {
    const std::size_t bit = filter_bit_of(subject, filter_bits);
    return (filter_[bit / word_bits].load(std::memory_order_acquire) >> bit % word_bits & 1) != 0;
}

bool RevocationSet::is_revoked(const Uuid& subject, Time issued_at) const {
    if (!may_contain(subject)) return false;
    const Stripe& stripe = stripe_of(subject);
    const std::lock_guard lock(stripe.mutex);
    const auto found = stripe.entries.find(subject);
    return found != stripe.entries.end() && issued_at < found->second.not_before;
}

bool RevocationSet::vouches_at(Time now) const {
    const Time since = synchronised_at();
    return since != Time{} && now - since < token_life();
}

std::vector<Revocation> RevocationSet::adopt(const RevocationPage& page, Time asked_at) {
    auto news = add(page.added);
    // Last: whoever sees the new time sees the entries, too.
    token_life_s_ = page.token_life_s;
    synchronised_us_ = asked_at.time_since_epoch().count();
    return news;
}

std::vector<Revocation> RevocationSet::add(const std::vector<Revocation>& heard) {
    const std::lock_guard lock(writing_);
    std::vector<Revocation> news;
    for (const Revocation& revocation : heard) {
        if (add(revocation)) news.push_back(revocation);
    }
    return news;
}

/// False when it says no more than what is here.
bool RevocationSet::add(const Revocation& revocation) {
    Stripe& stripe = stripe_of(revocation.subject);
    const std::lock_guard lock(stripe.mutex);
    const auto [entry, is_new] =
        stripe.entries.try_emplace(revocation.subject, Entry{revocation.not_before, revocation.until});
    if (is_new) {
        size_.fetch_add(1, std::memory_order_relaxed);
        const std::size_t bit = filter_bit_of(revocation.subject, filter_bits);
        filter_[bit / word_bits].fetch_or(std::uint64_t{1} << bit % word_bits, std::memory_order_release);
        return true;
    }
    Entry& known = entry->second;
    const bool says_more = revocation.not_before > known.not_before || revocation.until > known.until;
    known.not_before = std::max(known.not_before, revocation.not_before);
    known.until = std::max(known.until, revocation.until);
    return says_more;
}

void RevocationSet::sweep(Time now) {
    for (Stripe& stripe : stripes_) {
        const std::lock_guard lock(stripe.mutex);
        size_ -= std::erase_if(stripe.entries, [&](const auto& entry) { return entry.second.until <= now; });
    }
    const std::lock_guard writing(writing_);
    rebuild_filter();
}

/// Only ever clears bits of subjects that are gone: a reader meets no moment in which one that is here has none.
void RevocationSet::rebuild_filter() {
    std::vector<std::uint64_t> words(filter_.size());
    for (const Stripe& stripe : stripes_) {
        const std::lock_guard lock(stripe.mutex);
        for (const auto& [subject, entry] : stripe.entries) {
            const std::size_t bit = filter_bit_of(subject, filter_bits);
            words[bit / word_bits] |= std::uint64_t{1} << bit % word_bits;
        }
    }
    for (std::size_t i = 0; i < words.size(); ++i) filter_[i].store(words[i], std::memory_order_release);
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
