#include "services/auth-service/src/identity_linking.hpp"

#include "platform/crypto/hash.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/admin_sql.hpp"
#include "services/auth-service/src/store/identities_sql.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;

/// What the provider says and the account does not say yet.
std::string with_missing_facts(const std::string& user_metadata, const bj::object& data) {
    bj::object metadata = bj::parse(user_metadata).as_object();
    for (const auto& [name, value] : data) {
        if (!metadata.contains(name)) metadata[name] = value;
    }
    return bj::serialize(metadata);
}

std::string text_of_person(const ProviderPerson& person) {
    return bj::serialize(bj::object{{"provider", person.provider},
                                    {"subject", person.subject},
                                    {"email", person.email},
                                    {"is_email_verified", person.is_email_verified},
                                    {"data", person.data}});
}

ProviderPerson person_of_text(const std::string& text) {
    const bj::object object = bj::parse(text).as_object();
    return {.provider = std::string(object.at("provider").as_string()),
            .subject = std::string(object.at("subject").as_string()),
            .email = std::string(object.at("email").as_string()),
            .is_email_verified = object.at("is_email_verified").as_bool(),
            .data = object.at("data").as_object()};
}

}  // namespace

Result<void> may_link(const Standing& standing, const AuthConfig& config, Time now) {
    if (standing.session.act_user) {
        return Error{Code::permission_denied, "not_while_impersonating", "Only the person can do this"};
    }
    // It is how a guest becomes somebody, and there is nothing to protect yet.
    if (standing.user.is_anonymous) return {};
    return may_change_credentials(standing, config, now);
}

Task<Result<UserRow>> link_identity(db::Tx& tx, UserRow user, ProviderPerson person, Time now) {
    const auto claimed = co_await tx.execute(sql::claim_identity, person.subject, person.provider, user.id);
    if (claimed == 0) {
        const auto owner = co_await tx.maybe_one<UserId>(sql::owner_of_identity, person.subject, person.provider);
        co_return Error{Code::unprocessable, "identity_already_exists",
                        owner == user.id ? "Identity is already linked" : "Identity is already linked to another user"};
    }
    const std::string data = bj::serialize(person.data);
    co_await tx.execute(sql::insert_provider_identity, user.id, uuid_v7(), person.provider, person.subject, data, now);
    user.app_metadata.text = with_provider(user.app_metadata.text, person.provider);
    user.user_metadata.text = with_missing_facts(user.user_metadata.text, person.data);
    if (user.is_anonymous && person.is_email_verified && user.email.empty()) {
        const auto is_free = co_await tx.execute(sql::claim_email, person.email, user.id);
        if (is_free > 0) {
            user.email = person.email;
            user.email_confirmed_at = now;
        }
    }
    user.is_anonymous = false;
    co_await tx.execute(sql::save_user, user.id, user.email, user.phone, user.password_hash, user.app_metadata,
                        user.user_metadata, user.email_confirmed_at, user.phone_confirmed_at, user.is_anonymous,
                        user.invited_at, user.banned_until, user.new_email, user.email_change_sent_at, now);
    AuditEntry entry{.action = action::identity_linked, .actor = user.id};
    entry.details["provider"] = person.provider;
    co_await record(tx, std::move(entry));
    co_return user;
}

Task<Result<UserRow>> add_identity(db::Tx& tx, AuthMails& mails, UserRow user, ProviderPerson person, Time now) {
    const UserRow before = user;
    auto linked = co_await link_identity(tx, std::move(user), std::move(person), now);
    if (linked) co_await mails.notify(tx, before, MailKind::identity_added);
    co_return linked;
}

Task<void> keep_identity(db::Tx& tx, UserId user, std::string code, ProviderPerson person, Time now) {
    const db::Bytea hash{crypto::sha256(code)};
    co_await tx.execute(sql::insert_pending_identity, hash, user, text_of_person(person), now);
}

Task<Result<void>> add_kept_identity(db::Tx& tx, AuthMails& mails, UserId user, std::string code, Time now) {
    const db::Bytea hash{crypto::sha256(code)};
    const auto kept = co_await tx.maybe_one<std::string>(sql::take_pending_identity, hash, user);
    if (!kept) co_return Result<void>();
    auto locked = co_await store::lock_user(tx, user);
    if (!locked)
        co_return Error{Code::permission_denied, "user_not_found", "User from sub claim in JWT does not exist"};
    const auto linked = co_await add_identity(tx, mails, std::move(*locked), person_of_text(*kept), now);
    if (!linked) co_return linked.error();
    co_return Result<void>();
}

}  // namespace tt::auth
