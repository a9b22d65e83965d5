#include "services/auth-service/src/user_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;

void set_time(bj::object& object, std::string_view name, const std::optional<Time>& time) {
    if (time) object[name] = to_rfc3339(*time);
}

std::optional<Time> earliest(const std::optional<Time>& one, const std::optional<Time>& other) {
    if (one && other) return std::min(*one, *other);
    return one ? one : other;
}

void set_changes(bj::object& body, const UserRow& user) {
    if (!user.new_email.empty()) {
        body["new_email"] = user.new_email;
        set_time(body, "email_change_sent_at", user.email_change_sent_at);
    }
    if (!user.new_phone.empty()) {
        body["new_phone"] = user.new_phone;
        set_time(body, "phone_change_sent_at", user.phone_change_sent_at);
    }
}

}  // namespace

bj::object identity_json(const IdentityRow& row) {
    const bj::value data = bj::parse(row.identity_data.text);
    bj::object identity{{"identity_id", to_string(row.id)},
                        {"id", row.provider_id},
                        {"user_id", to_string(row.user_id)},
                        {"identity_data", data},
                        {"provider", row.provider}};
    set_time(identity, "last_sign_in_at", row.last_sign_in_at);
    set_time(identity, "created_at", row.created_at);
    set_time(identity, "updated_at", row.updated_at);
    if (const bj::value* email = data.as_object().if_contains("email")) identity["email"] = *email;
    return identity;
}

bj::object factor_json(const FactorView& factor) {
    bj::object body{{"id", to_string(factor.id)},
                    {"status", factor.status},
                    {"friendly_name", factor.friendly_name},
                    {"factor_type", factor.factor_type}};
    set_time(body, "created_at", factor.created_at);
    set_time(body, "updated_at", factor.updated_at);
    if (!factor.phone.empty()) body["phone"] = factor.phone;
    set_time(body, "last_challenged_at", factor.last_challenged_at);
    return body;
}

bj::object user_json(const UserView& view) {
    const UserRow& user = view.user;
    const bool is_real = user.is_anonymous || !view.identities.empty();
    bj::array identities;
    for (const IdentityRow& row : view.identities) identities.push_back(identity_json(row));
    bj::object body{{"id", to_string(user.id)},
                    {"aud", "authenticated"},
                    {"role", is_real ? "authenticated" : ""},
                    {"email", user.email},
                    {"phone", user.phone}};
    set_time(body, "email_confirmed_at", user.email_confirmed_at);
    set_time(body, "phone_confirmed_at", user.phone_confirmed_at);
    set_time(body, "confirmed_at", earliest(user.email_confirmed_at, user.phone_confirmed_at));
    set_time(body, "invited_at", user.invited_at);
    set_time(body, "confirmation_sent_at", user.confirmation_sent_at);
    set_time(body, "recovery_sent_at", user.recovery_sent_at);
    set_changes(body, user);
    set_time(body, "reauthentication_sent_at", user.reauthentication_sent_at);
    set_time(body, "last_sign_in_at", user.last_sign_in_at);
    body["app_metadata"] = bj::parse(user.app_metadata.text);
    body["user_metadata"] = bj::parse(user.user_metadata.text);
    body["identities"] = std::move(identities);
    if (!view.factors.empty()) {
        bj::array factors;
        for (const FactorView& factor : view.factors) factors.push_back(factor_json(factor));
        body["factors"] = std::move(factors);
    }
    set_time(body, "created_at", user.created_at);
    set_time(body, "updated_at", user.updated_at);
    set_time(body, "banned_until", user.banned_until);
    set_time(body, "deleted_at", user.deleted_at);
    body["is_anonymous"] = user.is_anonymous;
    return body;
}

}  // namespace tt::auth
