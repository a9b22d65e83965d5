#include "services/auth-service/src/domain/access_claims.hpp"

#include "services/auth-service/src/domain/metadata.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

namespace json = boost::json;

std::int64_t seconds(platform::Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

json::object access_claims(const AccessClaims& input) {
    const bool is_small = input.user_metadata.size() <= metadata_claim_limit_bytes;
    return {{"iss", input.issuer},
            {"sub", to_string(input.user_id)},
            {"aud", "authenticated"},
            {"exp", seconds(input.expires_at)},
            {"iat", seconds(input.issued_at)},
            {"jti", to_string(input.token_id)},
            {"email", input.email},
            {"phone", ""},
            {"app_metadata", json::parse(input.app_metadata)},
            {"user_metadata", is_small ? json::parse(input.user_metadata) : json::object()},
            {"role", "authenticated"},
            {"aal", input.aal},
            {"amr", json::parse(input.amr)},
            {"auth_time", seconds(input.authenticated_at)},
            {"session_id", to_string(input.session_id)},
            {"is_anonymous", false}};
}

std::string authentication_methods(const std::string& method, platform::Time at) {
    return json::serialize(json::array{json::object{{"method", method}, {"timestamp", seconds(at)}}});
}

}  // namespace tt::auth
