#include "services/auth-service/src/confirmations.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/domain/one_time_secret.hpp"
#include "services/auth-service/src/email.hpp"
#include "services/auth-service/src/store/one_time.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"

namespace tt::auth {
namespace {

Error expired(const Proof& proof) {
    const bool is_link = !proof.link_secret.empty();
    return Error{Code::permission_denied, "otp_expired",
                 is_link ? "Email link is invalid or has expired" : "Token has expired or is invalid"};
}

// The kinds of mail that a `type` of the wire may mean, in the order they are tried.
std::vector<std::string> kinds_of(const std::string& type) {
    if (type == "signup") return {"confirmation"};
    if (type == "recovery") return {"recovery"};
    if (type == "email") return {"confirmation", "recovery"};
    return {};
}

}  // namespace

Confirmations::Confirmations(db::Database database, Sessions& sessions, AuthMails& mails, const Clock& clock,
                             const AuthConfig& config)
    : database_(std::move(database)), sessions_(sessions), mails_(mails), clock_(clock), config_(config) {}

Task<Result<IssuedSession>> Confirmations::verify(Proof proof, Device device) {
    db::Tx tx = co_await database_.begin();
    const auto owner = co_await owner_of(tx, proof);
    if (!owner) co_return expired(proof);
    const auto kind = co_await take(tx, *owner, proof);
    if (!kind) {
        co_await tx.commit();  // keeps the count of wrong codes
        co_return expired(proof);
    }
    const Time now = clock_.now();
    co_await store::confirm_email(tx, *owner, now);
    const std::string method = *kind == "recovery" ? "recovery" : "otp";
    auto issued = co_await sessions_.open(tx, *owner, method, std::move(device));
    co_await tx.commit();
    log::info("email_proven", {{"user_id", to_string(*owner)}, {"kind", *kind}});
    co_return issued;
}

Task<std::optional<UserId>> Confirmations::owner_of(db::Tx& tx, Proof proof) {
    if (!proof.link_secret.empty()) {
        const auto owner = owner_of_link_secret(proof.link_secret);
        co_return owner ? std::optional(UserId{*owner}) : std::nullopt;
    }
    const auto email = normalized_email(proof.email);
    if (!email) co_return std::nullopt;
    const auto user = co_await store::find_user_by_email(tx, *email);
    co_return user ? std::optional(user->id) : std::nullopt;
}

Task<std::optional<std::string>> Confirmations::take(db::Tx& tx, UserId owner, Proof proof) {
    for (const std::string& kind : kinds_of(proof.type)) {
        const bool is_taken = co_await take_kind(tx, owner, kind, proof);
        if (is_taken) co_return kind;
    }
    co_return std::nullopt;
}

Task<bool> Confirmations::take_kind(db::Tx& tx, UserId owner, std::string kind, Proof proof) {
    const auto row = co_await tx.maybe_one<OneTimeRow>(sql::lock_one_time, owner, kind);
    if (!row) co_return false;
    const bool is_link = !proof.link_secret.empty();
    const auto lifetime = std::chrono::seconds(is_link ? config_.link_s : config_.code_s);
    if (clock_.now() - row->created_at > lifetime) co_return false;
    const std::string given = is_link ? crypto::sha256(proof.link_secret) : hash_of_code(owner.value, proof.code);
    const std::string& stored = is_link ? row->link_hash.bytes : row->code_hash.bytes;
    if (crypto::constant_time_equal(given, stored)) {
        co_await tx.execute(sql::delete_one_time, owner, kind);
        co_return true;
    }
    if (is_link) co_return false;  // 256 bits: no need to count, and strangers must not void a code
    if (row->attempts + 1 >= attempt_limit) {
        co_await tx.execute(sql::delete_one_time, owner, kind);
    } else {
        co_await tx.execute(sql::count_attempt, owner, kind);
    }
    co_return false;
}

Task<void> Confirmations::request(std::string email, MailKind kind, std::string redirect_to) {
    const auto normal = normalized_email(email);
    if (!normal) co_return;
    db::Tx tx = co_await database_.begin();
    auto user = co_await store::find_user_by_email(tx, *normal);
    const bool is_wanted = user && (kind == MailKind::recovery || !user->email_confirmed_at);
    if (is_wanted) co_await mails_.request(tx, std::move(*user), kind, std::move(redirect_to));
    co_await tx.commit();
}

Task<void> Confirmations::recover(std::string email, std::string redirect_to) {
    return request(std::move(email), MailKind::recovery, std::move(redirect_to));
}

Task<void> Confirmations::resend_confirmation(std::string email, std::string redirect_to) {
    return request(std::move(email), MailKind::confirmation, std::move(redirect_to));
}

}  // namespace tt::auth
