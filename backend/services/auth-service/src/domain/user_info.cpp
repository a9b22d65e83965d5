#include "services/auth-service/src/domain/user_info.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;

void copy_first(const bj::object& from, std::initializer_list<const char*> names, bj::object& to, const char* as) {
    for (const char* name : names) {
        const bj::value* value = from.if_contains(name);
        if (!value || !value->is_string() || value->get_string().empty()) continue;
        to[as] = *value;
        return;
    }
}

}  // namespace

bj::object person_claims(const PersonFacts& person, const std::vector<std::string>& scope) {
    const auto asks_for = [&scope](const char* word) {
        return std::find(scope.begin(), scope.end(), word) != scope.end();
    };
    bj::object claims{{"sub", person.id}};
    if (asks_for("email") && !person.email.empty()) {
        claims["email"] = person.email;
        claims["email_verified"] = person.is_email_verified;
    }
    if (asks_for("profile")) {
        const bj::object metadata = bj::parse(person.user_metadata).as_object();
        copy_first(metadata, {"display_name", "full_name", "name"}, claims, "name");
        copy_first(metadata, {"avatar_url", "picture"}, claims, "picture");
        copy_first(metadata, {"preferred_username", "user_name", "username"}, claims, "preferred_username");
        claims["updated_at"] = person.updated_at;
    }
    if (asks_for("phone") && !person.phone.empty()) {
        claims["phone_number"] = '+' + person.phone;
        claims["phone_number_verified"] = person.is_phone_verified;
    }
    return claims;
}

}  // namespace tt::auth
