#pragma once

#include "shared/types/principal.hpp"

#include <array>
#include <atomic>
#include <boost/describe/class.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace tt {

/// Tokens of `subject` (a session, a person or an API key) that were issued before `not_before` are refused. After
/// `until` no such token can be valid any more.
struct Revocation {
    Uuid subject;
    Time not_before{};
    Time until{};
};
BOOST_DESCRIBE_STRUCT(Revocation, (), (subject, not_before, until))

/// What is added to a set at once.
struct RevocationPage {
    std::string cursor;             ///< where the next page begins
    std::int64_t token_life_s = 0;  ///< how long a token lives at most: an older set says nothing about any of them
    std::vector<Revocation> added;
};
BOOST_DESCRIBE_STRUCT(RevocationPage, (), (cursor, token_life_s, added))

/// Where revocations come from: the issuer's database, or the issuer over HTTP.
class RevocationSource {
public:
    virtual ~RevocationSource() = default;
    /// Everything since `cursor`; all of it for "" and for a cursor that is not known. Throws when it cannot be had
    /// now.
    virtual Task<RevocationPage> revocations_after(std::string cursor) = 0;
    /// Calls `ring` (from any thread) after each change this process makes, for as long as the handle is kept.
    virtual std::shared_ptr<void> on_change(std::function<void()>) { return nullptr; }
};

/// What is revoked, as a gateway knows it; asked by every request with a token, on any thread. A bit in a filter of a
/// million tells of nearly every subject that it is not here, without a lock; the others have one of 64 each.
///
/// A set that never heard of its source, or not for as long as a token lives, vouches for nothing: the tokens it meets
/// may all have been issued and revoked since.
class RevocationSet {
public:
    /// Whether a token of `subject` issued at that time is refused.
    bool is_revoked(const Uuid& subject, Time issued_at) const;
    /// Whether what is not revoked here may be trusted.
    bool vouches_at(Time now) const;

    /// Adds a page that was asked for at `asked_at`. Returns what of it was not known: pages may tell a thing again.
    std::vector<Revocation> adopt(const RevocationPage& page, Time asked_at);
    /// Adds what was heard before the next page; says nothing about being complete. Returns what was not known.
    std::vector<Revocation> add(const std::vector<Revocation>& heard);
    /// Forgets what no token can be met by any more.
    void sweep(Time now);

    /// When the last adopted page was asked for; Time{} when there was none.
    Time synchronised_at() const { return Time(std::chrono::microseconds(synchronised_us_.load())); }
    std::chrono::seconds token_life() const { return std::chrono::seconds(token_life_s_.load()); }
    std::vector<Revocation> all() const;
    std::size_t size() const { return size_.load(std::memory_order_relaxed); }

private:
    struct Entry {
        Time not_before;
        Time until;
    };
    struct alignas(64) Stripe {  // a cache line each
        mutable std::mutex mutex;
        std::unordered_map<Uuid, Entry> entries;
    };
    static constexpr std::size_t stripe_count = 64;

    // 128 KiB stay in a core's cache. With a hundred thousand revocations one subject in ten is looked up for nothing.
    static constexpr std::size_t filter_bits = 1 << 20;
    static constexpr std::size_t word_bits = 64;
    using Filter = std::vector<std::atomic<std::uint64_t>>;

    bool may_contain(const Uuid& subject) const;
    void rebuild_filter();
    Stripe& stripe_of(const Uuid& subject) { return stripes_[subject.bytes[15] % stripe_count]; }
    const Stripe& stripe_of(const Uuid& subject) const { return stripes_[subject.bytes[15] % stripe_count]; }
    bool add(const Revocation& revocation);

    std::mutex writing_;  // one at a time; readers do not care
    Filter filter_ = Filter(filter_bits / word_bits);
    std::array<Stripe, stripe_count> stripes_;
    std::atomic<std::size_t> size_{0};
    std::atomic<std::int64_t> synchronised_us_{0};
    std::atomic<std::int64_t> token_life_s_{0};
};

}  // namespace tt
