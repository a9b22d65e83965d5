#include "services/auth-service/src/domain/access_claims.hpp"

#include "services/auth-service/src/domain/metadata.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;

std::int64_t seconds(platform::Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

// What does not fit into a header stays out; GET /user has all of it (auth.md §3 row 11).
bj::object metadata_claim(const AccessClaims& input) {
    bj::object metadata = bj::parse(input.user_metadata).as_object();
    if (!input.claims_include.empty()) {
        bj::object chosen;
        for (const std::string& name : input.claims_include) {
            if (const bj::value* value = metadata.if_contains(name)) chosen[name] = *value;
        }
        metadata = std::move(chosen);
    }
    return bj::serialize(metadata).size() <= metadata_claim_limit_bytes ? metadata : bj::object();
}

bj::object common_claims(const AccessClaims& input) {
    return {{"iss", input.issuer},
            {"sub", to_string(input.user_id)},
            {"exp", seconds(input.expires_at)},
            {"iat", seconds(input.issued_at)},
            {"jti", to_string(input.token_id)},
            {"aal", input.aal},
            {"auth_time", seconds(input.authenticated_at)},
            {"session_id", to_string(input.session_id)}};
}

// Another program's token says whose it is and opens nothing here (RFC 9068 §3). It may lie around there: what a person
// is called, which roles they have and how they proved who they are is not in it.
bj::object foreign_claims(const AccessClaims& input) {
    bj::object claims = common_claims(input);
    claims["aud"] = input.issuer + "/oauth/userinfo";
    claims["client_id"] = input.client_id;
    claims["scope"] = *input.scope;
    return claims;
}

}  // namespace

bj::object access_claims(const AccessClaims& input) {
    if (input.scope) return foreign_claims(input);
    bj::object claims = common_claims(input);
    claims["aud"] = "authenticated";
    claims["email"] = input.email;
    claims["phone"] = input.phone;
    claims["app_metadata"] = bj::parse(input.app_metadata);
    claims["user_metadata"] = metadata_claim(input);
    claims["role"] = "authenticated";
    claims["amr"] = bj::parse(input.amr);
    claims["is_anonymous"] = input.is_anonymous;
    const std::array<std::pair<std::string_view, const std::string*>, 3> rare{
        {{"org_id", &input.org_id}, {"org_role", &input.org_role}, {"client_id", &input.client_id}}};
    for (const auto& [name, value] : rare) {
        if (!value->empty()) claims[name] = *value;
    }
    if (!input.permissions.empty()) {
        claims["permissions"] = bj::array(input.permissions.begin(), input.permissions.end());
    }
    if (!input.act_user.empty()) claims["act"] = bj::object{{"sub", input.act_user}};
    return claims;
}

std::string authentication_methods(const std::string& method, platform::Time at) {
    return with_authentication_method("[]", method, at);
}

std::string with_authentication_method(const std::string& methods, const std::string& method, platform::Time at) {
    bj::array list{bj::object{{"method", method}, {"timestamp", seconds(at)}}};
    bj::value before = bj::parse(methods);
    for (bj::value& earlier : before.as_array()) list.push_back(std::move(earlier));
    return bj::serialize(list);
}

bool has_authentication_method(const std::string& methods, std::string_view method) {
    const bj::value list = bj::parse(methods);
    return std::any_of(list.as_array().begin(), list.as_array().end(), [method](const bj::value& proof) {
        const bj::value* name = proof.as_object().if_contains("method");
        return name && name->is_string() && name->get_string() == method;
    });
}

}  // namespace tt::auth
