#include "services/auth-service/src/confirmations.hpp"

#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/domain/one_time_secret.hpp"
#include "services/auth-service/src/domain/phone.hpp"
#include "services/auth-service/src/email.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace tt::auth {

/// A proof that was right, and whose it was.
struct Confirmations::Taken {
    UserRow user;
    TakenOneTime secret;
};

namespace {

using Kinds = std::vector<OneTimeKind>;

Error expired(const Proof& proof) {
    return Error{Code::permission_denied, "otp_expired",
                 proof.is_link() ? "Email link is invalid or has expired" : "Token has expired or is invalid"};
}

// What a `type` of the wire may mean, in the order they are tried. Upstream keeps one secret for recovery and magic
// link, and one for sign-up and invitation; clients mix their types up.
Kinds kinds_of(const std::string& type) {
    if (type == "signup") return {OneTimeKind::confirmation, OneTimeKind::invite};
    if (type == "invite") return {OneTimeKind::invite, OneTimeKind::confirmation};
    if (type == "recovery") return {OneTimeKind::recovery, OneTimeKind::magiclink};
    if (type == "magiclink") return {OneTimeKind::magiclink, OneTimeKind::recovery, OneTimeKind::confirmation};
    if (type == "email_change") return {OneTimeKind::email_change_new, OneTimeKind::email_change_current};
    if (type == "sms") return {OneTimeKind::phone_confirmation};
    if (type == "phone_change") return {OneTimeKind::phone_change};
    return {OneTimeKind::confirmation, OneTimeKind::magiclink, OneTimeKind::recovery, OneTimeKind::invite};
}

bool is_phone_proof(const Proof& proof) {
    return proof.type == "sms" || proof.type == "phone_change";
}

// Which of the two addresses has agreed to a change; "" when the secret is of something else.
std::string side_of(OneTimeKind kind) {
    if (kind == OneTimeKind::email_change_new) return "new";
    return kind == OneTimeKind::email_change_current ? "current" : "";
}

// The change it was sent for has been taken back, or another address is meant by now.
bool is_overtaken(const UserRow& user, const TakenOneTime& taken) {
    if (side_of(taken.kind).empty()) return false;
    return user.new_email.empty() || (taken.kind == OneTimeKind::email_change_new && taken.address != user.new_email);
}

// How the session will say that the person signed in (auth.md §1.12).
std::string amr_method_of(OneTimeKind kind) {
    switch (kind) {
        case OneTimeKind::recovery:
            return "recovery";
        case OneTimeKind::invite:
            return "invite";
        case OneTimeKind::email_change_current:
        case OneTimeKind::email_change_new:
            return "email_change";
        default:
            return "otp";
    }
}

std::string_view audit_action_of(OneTimeKind kind) {
    switch (kind) {
        case OneTimeKind::invite:
            return action::invite_accepted;
        case OneTimeKind::email_change_current:
        case OneTimeKind::email_change_new:
            return action::user_updated_email;
        case OneTimeKind::phone_change:
            return action::user_modified;
        default:
            return action::login;
    }
}

}  // namespace

Confirmations::Confirmations(AccountParts parts, Flows& flows) : parts_(std::move(parts)), flows_(flows) {}

Task<Result<Verified>> Confirmations::verify(Proof proof, ProofBearer bearer) {
    if (!proof.is_link()) {
        proof.email = normalized_email(proof.email).value_or("");
        proof.phone = normalized_phone(proof.phone).value_or("");
        // Counted before anybody looks (S017); links have 256 bits and need no counting.
        const AttemptOrigin origin{bearer.device.ip, bearer.device.devices};
        const std::string& address = is_phone_proof(proof) ? proof.phone : proof.email;
        const auto allowed = co_await parts_.lockout.attempt(AttemptKind::otp, address, origin);
        if (!allowed) co_return allowed.error();
    }
    db::Tx tx = co_await parts_.database.begin();
    auto taken = co_await take(tx, proof, bearer.browser);
    if (!taken) {
        co_await tx.commit();  // keeps the count of wrong codes
        co_await record(parts_.database, {.action = action::login,
                                          .ip = bearer.device.ip,
                                          .user_agent = bearer.device.user_agent,
                                          .outcome = "failure",
                                          .details = {{"method", "otp"}, {"type", proof.type}},
                                          .actor_kind = "anonymous"});
        co_return expired(proof);
    }
    if (taken->user.is_banned(parts_.clock.now())) {
        co_return Error{Code::permission_denied, "user_banned", "User is banned"};
    }
    // A link of a change that is opened again has agreed to it already, and to nothing more.
    Result<std::string> half = side_of(taken->secret.kind);
    if (!taken->secret.is_replay) half = co_await apply(tx, taken->user, taken->secret);
    if (!half) co_return half.error();
    Verified verified{.half_confirmed = *half};
    if (half->empty()) verified = co_await sign_in(tx, std::move(taken->user), taken->secret, proof, bearer);
    co_await tx.commit();
    if (verified.session) {
        auto finished = co_await parts_.sessions.finish(std::move(*verified.session));
        if (!finished) co_return finished.error();
        verified.session = std::move(*finished);
    }
    co_return verified;
}

Task<std::vector<UserId>> Confirmations::owners_of(db::Tx& tx, Proof proof) {
    std::vector<UserId> owners;
    if (proof.is_link()) {
        std::string_view secret = proof.link_secret;
        if (secret.starts_with(OneTimeCodes::pkce_prefix)) secret.remove_prefix(OneTimeCodes::pkce_prefix.size());
        if (const auto owner = owner_of_link_secret(secret)) owners.emplace_back(*owner);
        co_return owners;
    }
    if (proof.type == "phone_change") co_return co_await tx.many<UserId>(sql::users_by_new_phone, proof.phone);
    if (proof.type == "email_change") owners = co_await tx.many<UserId>(sql::users_by_new_email, proof.email);
    const bool is_phone = is_phone_proof(proof);
    const db::Query registry = is_phone ? sql::user_id_by_phone : sql::user_id_by_email;
    const auto owner = co_await tx.maybe_one<UserId>(registry, is_phone ? proof.phone : proof.email);
    if (owner) owners.push_back(*owner);
    co_return owners;
}

Task<std::optional<Confirmations::Taken>> Confirmations::take(db::Tx& tx, Proof proof, std::string browser) {
    const auto owners = co_await owners_of(tx, proof);
    const std::string& address = is_phone_proof(proof) ? proof.phone : proof.email;
    const OneTimeProof shown{.link = proof.link_secret, .address = address, .code = proof.code};
    for (const UserId owner : owners) {
        // The account before its secrets, as everywhere: two requests must not wait for each other.
        auto user = co_await store::lock_user(tx, owner);
        if (!user) continue;
        if (is_phone_proof(proof) && parts_.phones.is_test_code(proof.phone, proof.code)) {
            co_return Taken{std::move(*user), {kinds_of(proof.type).front(), proof.phone, {}}};
        }
        for (const OneTimeKind kind : kinds_of(proof.type)) {
            auto secret = co_await parts_.codes.take(tx, owner, kind, shown, browser);
            if (secret && !is_overtaken(*user, *secret)) co_return Taken{std::move(*user), std::move(*secret)};
        }
    }
    co_return std::nullopt;
}

Task<UserRow> Confirmations::settle(db::Tx& tx, UserRow user, TakenOneTime taken) {
    const UserId id = user.id;
    const bool is_of_sign_up = taken.kind == OneTimeKind::confirmation || taken.kind == OneTimeKind::phone_confirmation;
    const std::optional<Uuid> proven = is_of_sign_up ? taken.sign_up_id : std::nullopt;
    co_await store::settle_owner(tx, std::move(user), proven, parts_.clock.now());
    co_await parts_.sessions.end_others(tx, id, SessionId{});
    co_return co_await tx.one<UserRow>(sql::find_user, id);
}

Task<Result<std::string>> Confirmations::apply(db::Tx& tx, UserRow user, TakenOneTime taken) {
    const Time now = parts_.clock.now();
    if (user.is_unproven()) user = co_await settle(tx, std::move(user), taken);
    switch (taken.kind) {
        case OneTimeKind::email_change_current:
        case OneTimeKind::email_change_new:
            co_return co_await apply_email_change(tx, std::move(user), std::move(taken));
        case OneTimeKind::phone_change: {
            const auto changed = co_await apply_phone_change(tx, std::move(user), std::move(taken));
            if (!changed) co_return changed.error();
            break;
        }
        case OneTimeKind::phone_confirmation:
            co_await store::confirm_phone(tx, user.id, now);
            break;
        default:
            co_await store::confirm_email(tx, user.id, now);
    }
    co_return std::string();
}

Task<Result<std::string>> Confirmations::apply_email_change(db::Tx& tx, UserRow user, TakenOneTime taken) {
    const Time now = parts_.clock.now();
    const std::string side = side_of(taken.kind);
    const bool needs_both = parts_.config.secure_email_change && !user.email.empty() && user.email_confirmed_at;
    const bool is_other_done = !user.email_change_confirmed.empty() && user.email_change_confirmed != side;
    if (needs_both && !is_other_done) {
        co_await tx.execute(sql::mark_email_change_confirmed, user.id, side, now);
        co_return side;
    }
    const std::string old_email = user.email;
    const bool is_free = co_await store::change_email(tx, user, user.new_email, now);
    if (!is_free) {
        co_return Error{Code::unprocessable, "email_exists",
                        "A user with this email address has already been registered"};
    }
    // What was mailed to the old address must not open the account any more.
    co_await parts_.codes.forget(tx, user.id);
    co_await parts_.lockout.reset(tx, user.new_email);
    if (!old_email.empty()) co_await parts_.mails.notify(tx, user, MailKind::email_changed, old_email);
    co_await events::append(tx, UserUpdated{user.id, user.new_email, display_name_of(user.user_metadata.text)});
    co_return std::string();
}

Task<Result<void>> Confirmations::apply_phone_change(db::Tx& tx, UserRow user, TakenOneTime taken) {
    const bool is_free = co_await store::change_phone(tx, user, taken.address, parts_.clock.now());
    if (!is_free) {
        co_return Error{Code::unprocessable, "phone_exists",
                        "A user with this phone number has already been registered"};
    }
    if (!user.email.empty()) co_await parts_.mails.notify(tx, user, MailKind::phone_changed);
    co_return Result<void>();
}

Task<Verified> Confirmations::sign_in(db::Tx& tx, UserRow user, TakenOneTime taken, Proof proof, ProofBearer bearer) {
    const std::string kind = boost::describe::enum_to_string(taken.kind, "");
    co_await record(tx, {.action = audit_action_of(taken.kind),
                         .actor = user.id,
                         .ip = bearer.device.ip,
                         .user_agent = bearer.device.user_agent,
                         .details = {{"method", "otp"}, {"kind", kind}}});
    if (!proof.is_link()) {
        const AttemptOrigin origin{bearer.device.ip, bearer.device.devices};
        co_await parts_.lockout.succeed(tx, AttemptKind::otp, taken.address, origin);
    }
    log::info("address_proven", {{"user_id", to_string(user.id)}, {"kind", kind}});
    const std::string method = amr_method_of(taken.kind);
    if (bearer.wants_code && taken.pkce.is_set()) {
        co_return Verified{.auth_code = co_await flows_.create_code(tx, user.id, taken.pkce, method)};
    }
    co_return Verified{.session = co_await parts_.sessions.open(tx, user.id, method, bearer.device)};
}

}  // namespace tt::auth
