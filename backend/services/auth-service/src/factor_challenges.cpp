// Factors: asking one.
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "platform/webauthn/options.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/factors.hpp"
#include "services/auth-service/src/store/credentials.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"
#include "services/auth-service/src/webauthn_users.hpp"

namespace tt::auth {
namespace {

/// What the worker needs to send a code; the code itself is made there.
struct FactorSmsJob {
    UserId user_id;
    Uuid factor_id;
    Uuid challenge_id;
    std::string channel;
};
BOOST_DESCRIBE_STRUCT(FactorSmsJob, (), (user_id, factor_id, challenge_id, channel))

Error disabled_verification(const std::string& type) {
    const std::string name = type == "totp" ? "TOTP" : type == "phone" ? "Phone" : "WebAuthn";
    return Error{Code::unprocessable, "mfa_" + type + "_verify_not_enabled",
                 "MFA verification is disabled for " + name};
}

}  // namespace

Result<void> Factors::check_usable(const FactorRow& factor) const {
    if (factor.factor_type == "recovery_code") {
        return Error{Code::invalid_argument, "validation_failed", "factor_type needs to be totp, phone, or webauthn"};
    }
    if (!is_enabled(factor.factor_type)) return disabled_verification(factor.factor_type);
    return {};
}

Task<void> Factors::add_credential_options(db::Tx& tx, const UserRow& user, const FactorRow& factor,
                                           const std::string& challenge, FactorQuestion& question) {
    const webauthn::RelyingParty party = relying_party_of(config_);
    const webauthn::Ceremony ceremony{challenge, webauthn::UserVerification::preferred};
    auto known = co_await store::credentials_of(tx, user.id);
    boost::json::object options;
    if (factor.is_verified()) {
        std::erase_if(known, [&](const CredentialRow& row) { return row.factor_id != factor.id; });
        question.ceremony = "request";
        options = webauthn::request_options(party, ceremony, descriptors_of(known));
    } else {
        question.ceremony = "create";
        options = webauthn::creation_options(party, ceremony, webauthn_user(user), descriptors_of(known), false);
    }
    question.credential_options = {{"publicKey", std::move(options)}};
}

Task<Result<void>> Factors::request_code(db::Tx& tx, const FactorRow& factor, Uuid challenge_id, std::string channel) {
    const auto reached = phones_.check_reach(factor.phone);
    if (!reached) co_return reached.error();
    const Time now = clock_.now();
    const Time last_allowed = now - std::chrono::seconds(config_.sms_gap_s);
    const auto marked = co_await tx.execute(sql::mark_phone_challenged, factor.user_id, factor.id, now, last_allowed);
    if (marked == 0) {
        const auto waited = std::chrono::floor<std::chrono::seconds>(now - factor.last_challenged_at.value_or(now));
        const int wait_s = static_cast<int>(config_.sms_gap_s - waited.count());
        co_return Error{
            Code::rate_limited,
            "over_sms_send_rate_limit",
            "For security purposes, you can only request this after " + std::to_string(wait_s) + " seconds.",
            {},
            wait_s};
    }
    const FactorSmsJob payload{factor.user_id, factor.id, challenge_id, std::move(channel)};
    jobs::NewJob job;
    job.queue = sms_queue;
    job.payload = json::write(payload);
    co_await jobs::enqueue(tx, std::move(job));
    co_return Result<void>();
}

Task<void> Factors::send_code(jobs::Job job) {
    const auto wish = json::parse<FactorSmsJob>(job.payload).value();
    db::Tx tx = co_await database_.begin();
    auto user = co_await store::find_user(tx, wish.user_id);
    const auto factor = co_await tx.maybe_one<FactorRow>(sql::find_factor, wish.user_id, wish.factor_id);
    if (!user || !factor) co_return;  // removed meanwhile
    const std::string code = crypto::random_digits(config_.code_digits);
    const db::Bytea code_hash{hash_of_phone_code(wish.challenge_id, code)};
    co_await tx.execute(sql::set_challenge_code, wish.user_id, wish.challenge_id, code_hash);
    co_await tx.commit();
    PhoneMessage message{factor->phone, code, "mfa", wish.channel};
    co_await phones_.deliver(std::move(*user), std::move(message));
}

std::string Factors::hash_of_phone_code(Uuid challenge_id, const std::string& code) const {
    return crypto::sha256(to_string(challenge_id) + "/" + code);
}

Task<Result<FactorQuestion>> Factors::ask(db::Tx& tx, const UserRow& user, FactorRow factor, std::string channel,
                                          Device device) {
    const Time now = clock_.now();
    const Time end = now + std::chrono::seconds(config_.mfa.challenge_s);
    FactorQuestion question{.id = uuid_v7(),
                            .type = factor.factor_type,
                            .expires_at = std::chrono::floor<std::chrono::seconds>(end).time_since_epoch().count(),
                            .ceremony = {},
                            .credential_options = {}};
    std::optional<db::Bytea> challenge;
    if (factor.factor_type == "webauthn") {
        challenge = db::Bytea{crypto::random_bytes(webauthn::challenge_bytes)};
        co_await add_credential_options(tx, user, factor, challenge->bytes, question);
    }
    co_await tx.execute(sql::insert_challenge, factor.user_id, question.id, factor.id, device.ip, challenge, now);
    if (factor.factor_type == "phone") {
        const auto requested = co_await request_code(tx, factor, question.id, std::move(channel));
        if (!requested) co_return requested.error();
    } else {
        co_await tx.execute(sql::mark_factor_challenged, factor.user_id, factor.id, now);
    }
    co_return question;
}

Task<Result<FactorQuestion>> Factors::challenge(Caller caller, Uuid factor_id, std::string channel, Device device) {
    if (!channel.empty() && channel != "sms" && channel != "whatsapp") {
        co_return Error{Code::invalid_argument, "validation_failed",
                        "Invalid channel, supported values are 'sms' or 'whatsapp'."};
    }
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    auto factor = co_await tx.maybe_one<FactorRow>(sql::find_factor, caller.user_id, factor_id);
    if (!factor) co_return Error{Code::not_found, "mfa_factor_not_found", "Factor not found"};
    if (const auto usable = check_usable(*factor); !usable) co_return usable.error();
    auto question =
        co_await ask(tx, standing->user, std::move(*factor), channel.empty() ? "sms" : std::move(channel), device);
    if (!question) co_return question;
    co_await record(tx, {.action = action::challenge_created,
                         .actor = caller.user_id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .target = to_string(factor_id),
                         .details = {{"factor_type", question->type}}});
    co_await tx.commit();
    co_return question;
}

}  // namespace tt::auth
