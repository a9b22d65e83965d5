#include "services/auth-service/src/provider_discovery.hpp"

#include "platform/json/member.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

namespace bj = boost::json;

Error bad_document(std::string message) {
    return Error{Code::unprocessable, "bad_oauth_callback", std::move(message)};
}

bool lists(const bj::object& object, std::string_view name, std::string_view word) {
    const bj::value* value = object.if_contains(name);
    if (!value || !value->is_array()) return false;
    return std::any_of(value->get_array().begin(), value->get_array().end(),
                       [word](const bj::value& one) { return one.is_string() && one.get_string() == word; });
}

}  // namespace

Result<ProviderEndpoints> endpoints_in(const bj::value& document, const std::string& issuer) {
    if (!document.is_object()) return bad_document("The provider's discovery document is none");
    const bj::object& found = document.get_object();
    if (json::text_member(found, "issuer") != issuer) {
        return bad_document("The provider's discovery document is of another issuer");
    }
    ProviderEndpoints endpoints{.authorization = json::text_member(found, "authorization_endpoint"),
                                .token = json::text_member(found, "token_endpoint"),
                                .userinfo = json::text_member(found, "userinfo_endpoint"),
                                .jwks = json::text_member(found, "jwks_uri")};
    endpoints.uses_basic = !lists(found, "token_endpoint_auth_methods_supported", "client_secret_post");
    const bj::value* names_issuer = found.if_contains("authorization_response_iss_parameter_supported");
    endpoints.names_issuer = names_issuer && names_issuer->is_bool() && names_issuer->get_bool();
    return endpoints;
}

}  // namespace tt::auth
