#include "services/user-service/src/avatars.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/log/log.hpp"
#include "services/user-service/src/store/avatars_sql.hpp"

namespace tt::user {

Avatars::Avatars(db::Database site, Profiles& profiles, storage::ObjectStore& objects, Runtime& runtime,
                 const Clock& clock)
    : site_(std::move(site)), profiles_(profiles), objects_(objects), pictures_(runtime), clock_(clock) {}

Task<Result<Profile>> Avatars::put(Principal caller, std::string bytes) {
    auto webp = co_await pictures_.square_webp(std::move(bytes), side_px);
    if (!webp) co_return webp.error();
    const std::string key = crypto::sha256_hex(*webp);
    const Time now = clock_.now();
    co_await site_.execute(sql::publish_avatar, key, now);
    co_await objects_.put_bytes(std::move(*webp), "image/webp");
    co_return co_await swap(std::move(caller), key);
}

Task<Result<Profile>> Avatars::remove(Principal caller) {
    return swap(std::move(caller), std::nullopt);
}

Task<Result<Profile>> Avatars::swap(Principal caller, std::optional<std::string> key) {
    auto swapped = co_await profiles_.set_avatar(std::move(caller), std::move(key));
    if (!swapped) co_return swapped.error();
    if (swapped->former_key) {
        const Time now = clock_.now();
        co_await site_.execute(sql::drop_avatar, *swapped->former_key, now);
    }
    co_return std::move(swapped->profile);
}

Task<std::optional<storage::OpenObject>> Avatars::open(std::string key) {
    const bool is_public = co_await site_.one<bool>(sql::is_published, key);
    if (!is_public) co_return std::nullopt;
    co_return co_await objects_.open(std::move(key));
}

Task<void> Avatars::erase(db::Tx& tx, UserId user) {
    const auto row = co_await store::lock_profile(tx, user);
    if (!row || !row->avatar_key) co_return;
    const Time now = clock_.now();
    co_await tx.execute(sql::drop_avatar, *row->avatar_key, now);
}

Task<void> Avatars::sweep() {
    const Time dropped_before = clock_.now() - drop_delay;
    std::string last;
    while (true) {
        const auto keys = co_await site_.many<std::string>(sql::dropped_avatars, dropped_before, last, clean_up_page);
        for (const auto& key : keys) {
            try {
                co_await sweep_one(key, dropped_before);
            } catch (const std::exception& error) {
                log::warn("avatar_not_removed", {{"key", key}, {"error.message", error.what()}});  // in an hour again
            }
        }
        if (std::ssize(keys) < clean_up_page) co_return;
        last = keys.back();
    }
}

Task<void> Avatars::sweep_one(std::string key, Time dropped_before) {
    db::Tx tx = co_await site_.begin();
    // An upload of the same picture waits for this row, and then publishes and stores it anew.
    const auto locked = co_await tx.maybe_one<std::string>(sql::lock_dropped_avatar, key, dropped_before);
    if (!locked) co_return;
    const bool is_shown = co_await tx.one<bool>(sql::is_avatar_shown, key);
    if (is_shown) {
        co_await tx.execute(sql::keep_avatar, key);
    } else {
        co_await objects_.remove(key);
        co_await tx.execute(sql::forget_avatar, key);
    }
    co_await tx.commit();
}

}  // namespace tt::user
