// Factors: setting one up.
#include "platform/core/text.hpp"
#include "platform/crypto/base32.hpp"
#include "platform/crypto/random.hpp"
#include "platform/crypto/totp.hpp"
#include "platform/qr/qr_code.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/totp_address.hpp"
#include "services/auth-service/src/factor_seal.hpp"
#include "services/auth-service/src/factors.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"

#include <boost/url/parse.hpp>

namespace tt::auth {
namespace {

Error invalid_factor(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

Error disabled_enrolment(const std::string& type) {
    const std::string name = type == "totp" ? "TOTP" : type == "phone" ? "Phone" : "WebAuthn";
    return Error{Code::unprocessable, "mfa_" + type + "_enroll_not_enabled", "MFA enroll is disabled for " + name};
}

std::string host_of(const std::string& site_url) {
    const auto url = boost::urls::parse_uri(site_url);
    return url ? std::string(url->host()) : site_url;
}

std::string account_name(const UserRow& user) {
    if (!user.email.empty()) return user.email;
    return user.phone.empty() ? to_string(user.id) : user.phone;
}

}  // namespace

Result<void> Factors::check_wish(FactorWish& wish) const {
    if (wish.type != "totp" && wish.type != "phone" && wish.type != "webauthn") {
        return invalid_factor("factor_type needs to be totp, phone, or webauthn");
    }
    if (!is_enabled(wish.type)) return disabled_enrolment(wish.type);
    if (count_characters(wish.friendly_name) > factor_name_limit) {
        return invalid_factor("friendly_name must be 120 characters or less");
    }
    if (count_characters(wish.issuer) > factor_name_limit)
        return invalid_factor("issuer must be 120 characters or less");
    if (wish.type != "phone") return {};
    if (wish.phone.empty()) return invalid_factor("Phone number required to enroll Phone factor");
    const auto phone = normalized_phone(wish.phone);
    if (!phone) return invalid_factor("Invalid phone number format (E.164 required)");
    wish.phone = *phone;
    return {};
}

Result<void> Factors::check_room(const std::vector<FactorRow>& factors, const FactorWish& wish) const {
    std::size_t count = 0;
    for (const FactorRow& factor : factors) {
        if (factor.factor_type == "recovery_code") continue;
        ++count;
        if (factor.friendly_name == wish.friendly_name) {
            return Error{Code::unprocessable, "mfa_factor_name_conflict",
                         "A factor with the friendly name \"" + wish.friendly_name + "\" for this user already exists"};
        }
        if (wish.type == "phone" && factor.is_verified() && factor.phone == wish.phone) {
            return Error{Code::unprocessable, "mfa_verified_factor_exists",
                         "A verified phone factor already exists, unenroll the existing factor to continue"};
        }
    }
    if (count >= config_.mfa.max_factors) {
        return Error{Code::unprocessable, "too_many_enrolled_mfa_factors",
                     "Maximum number of verified factors reached, unenroll to continue"};
    }
    return {};
}

Task<Result<void>> Factors::make_room(db::Tx& tx, const Standing& standing, const FactorWish& wish) {
    const Time now = clock_.now();
    const Time stale = now - std::chrono::seconds(config_.mfa.enrolment_s);
    co_await tx.execute(sql::delete_stale_factors, standing.user.id, stale);
    if (wish.type == "phone") co_await tx.execute(sql::delete_unverified_phone, standing.user.id, wish.phone);
    const auto factors = co_await tx.many<FactorRow>(sql::all_factors_of, standing.user.id);
    co_return check_room(factors, wish);
}

Task<Result<EnrolledFactor>> Factors::insert(db::Tx& tx, const Standing& standing, const FactorWish& wish) {
    EnrolledFactor made{.id = uuid_v7(),
                        .type = wish.type,
                        .friendly_name = wish.friendly_name,
                        .phone = wish.phone,
                        .totp_secret = {},
                        .totp_address = {}};
    std::optional<db::Bytea> sealed;
    if (wish.type == "totp") {
        const std::string secret = crypto::random_bytes(crypto::totp_secret_bytes);
        sealed = seal_factor_secret(envelope_, standing.user.id, made.id, secret);
        made.totp_secret = crypto::base32_encode(secret);
        const std::string issuer = wish.issuer.empty() ? host_of(config_.site_url) : wish.issuer;
        made.totp_address = totp_address(issuer, account_name(standing.user), made.totp_secret);
        if (made.totp_address.size() > qr::high_capacity) co_return invalid_factor("issuer is too long");
    }
    const Time now = clock_.now();
    co_await tx.execute(sql::insert_factor, standing.user.id, made.id, wish.type, "unverified", wish.friendly_name,
                        wish.phone, sealed, now);
    co_return made;
}

Task<Result<EnrolledFactor>> Factors::enroll(Caller caller, FactorWish wish, Device device) {
    if (const auto checked = check_wish(wish); !checked) co_return checked.error();
    const auto decision = co_await hooks_.before_mfa_enroll(caller.user_id, wish.type, device.ip);
    if (!decision) co_return decision.error();
    if (decision->is_rejected) {
        co_return Error{Code::permission_denied, "mfa_verification_rejected", decision->message};
    }
    db::Tx tx = co_await database_.begin();
    co_await store::lock_user(tx, caller.user_id);  // the limit holds for parallel enrolments, too
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto allowed = may_change_credentials(*standing, config_, now);
    if (!allowed) co_return allowed.error();
    const auto room = co_await make_room(tx, *standing, wish);
    if (!room) co_return room.error();
    auto made = co_await insert(tx, *standing, wish);
    if (!made) co_return made;
    co_await record(tx, {.action = action::factor_in_progress,
                         .actor = caller.user_id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .target = to_string(made->id),
                         .details = {{"factor_type", made->type}}});
    co_await tx.commit();
    co_return made;
}

}  // namespace tt::auth
