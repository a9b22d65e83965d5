#include "services/auth-service/src/custom_provider_wish.hpp"

#include "services/auth-service/src/domain/claim_rules.hpp"
#include "services/auth-service/src/domain/oauth_members.hpp"
#include "services/auth-service/src/domain/outgoing_url.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;

constexpr std::string_view custom_prefix = "custom:";
// As the columns (0012_custom_providers.sql).
constexpr std::size_t identifier_limit = 50;
constexpr std::size_t provider_name_limit = 100;
constexpr std::size_t provider_client_limit = 512;
constexpr std::size_t provider_secret_limit = 4096;
constexpr std::size_t provider_address_limit = 2048;
constexpr std::size_t provider_list_limit = 50;
constexpr std::size_t authorization_params_limit_bytes = 4096;

Error bad_provider(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

bool is_plain_end(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

Result<void> check_size(const char* name, const std::string& text, std::size_t most) {
    if (text.size() > most)
        return bad_provider(std::string(name) + " cannot exceed " + std::to_string(most) + " characters");
    return {};
}

Result<void> check_sizes(const CustomProviderWish& wish) {
    struct Row {
        const char* name;
        const std::string& text;
        std::size_t most;
    };
    const Row rows[] = {{"name", wish.name, provider_name_limit},
                        {"client_id", wish.client_id, provider_client_limit},
                        {"client_secret", wish.client_secret, provider_secret_limit}};
    for (const Row& row : rows) {
        const auto checked = check_size(row.name, row.text, row.most);
        if (!checked) return checked.error();
    }
    return {};
}

Result<void> check_provider_addresses(const CustomProviderWish& wish, const AllowedPeers& peers) {
    const std::pair<const char*, const std::string&> addresses[] = {{"issuer", wish.issuer},
                                                                    {"discovery_url", wish.discovery_url},
                                                                    {"authorization_url", wish.authorization_url},
                                                                    {"token_url", wish.token_url},
                                                                    {"userinfo_url", wish.userinfo_url},
                                                                    {"jwks_uri", wish.jwks_uri}};
    for (const auto& [name, address] : addresses) {
        if (address.empty()) continue;
        const auto checked = check_size(name, address, provider_address_limit);
        if (!checked) return checked.error();
        if (!may_call(address, peers))
            return bad_provider(std::string(name) + " must be an https URL of a public server");
    }
    return {};
}

/// Words without blanks: RFC 6749 §3.3 for scopes, and client ids are compared whole.
Result<void> check_words(const char* name, const std::optional<std::vector<std::string>>& words) {
    if (!words) return {};
    if (words->size() > provider_list_limit) return bad_provider(std::string(name) + " cannot exceed 50 items");
    for (const std::string& word : *words) {
        const bool is_plain =
            std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < 0x7f && c != '"'; });
        if (word.empty() || !is_plain || word.size() > provider_client_limit) {
            return bad_provider(std::string(name) + " entries must be non-empty strings without spaces");
        }
    }
    return {};
}

Result<void> check_params(const std::optional<bj::object>& params) {
    if (!params) return {};
    for (const auto& [name, value] : *params) {
        if (is_reserved_oauth_member(name)) {
            return bad_provider("Cannot override reserved OAuth parameter: " + std::string(name));
        }
        if (!value.is_string())
            return bad_provider("Authorization parameter \"" + std::string(name) + "\" must be a string");
    }
    if (bj::serialize(*params).size() > authorization_params_limit_bytes) {
        return bad_provider("authorization_params is too large");
    }
    return {};
}

void put(std::string&& said, std::string& text) {
    if (!said.empty()) text = std::move(said);
}

void put(std::string&& said, std::optional<std::string>& text) {
    if (!said.empty()) text = std::move(said);
}

template <class T>
void put(std::optional<T>&& said, T& value) {
    if (said) value = std::move(*said);
}

}  // namespace

bool is_custom_identifier(std::string_view text) {
    if (!text.starts_with(custom_prefix) || text.size() > identifier_limit) return false;
    const auto name = text.substr(custom_prefix.size());
    if (name.empty() || !is_plain_end(name.front()) || !is_plain_end(name.back())) return false;
    return std::all_of(name.begin(), name.end(), [](char c) { return is_plain_end(c) || c == '-' || c == ':'; });
}

Result<void> check_new_provider(const CustomProviderWish& wish) {
    const bool is_oidc = wish.provider_type == "oidc";
    if (!is_oidc && wish.provider_type != "oauth2")
        return bad_provider("provider_type must be either 'oauth2' or 'oidc'");
    if (wish.identifier.empty()) return bad_provider("identifier is required");
    if (!is_custom_identifier(wish.identifier)) {
        return bad_provider(
            "identifier must start with 'custom:' prefix, followed by up to 43 of a-z, 0-9, '-' and ':'");
    }
    if (wish.name.empty()) return bad_provider("name is required");
    if (wish.client_id.empty()) return bad_provider("client_id is required");
    if (wish.client_secret.empty()) return bad_provider("client_secret is required");
    if (is_oidc && wish.issuer.empty()) return bad_provider("issuer is required for OIDC providers");
    if (is_oidc) return {};
    if (wish.authorization_url.empty()) return bad_provider("authorization_url is required for OAuth2 providers");
    if (wish.token_url.empty()) return bad_provider("token_url is required for OAuth2 providers");
    if (wish.userinfo_url.empty()) return bad_provider("userinfo_url is required for OAuth2 providers");
    return {};
}

Result<void> check_provider_wish(const CustomProviderWish& wish, const AllowedPeers& peers) {
    const auto sizes = check_sizes(wish);
    if (!sizes) return sizes.error();
    const auto params = check_params(wish.authorization_params);
    if (!params) return params.error();
    const ClaimRules rules{.mapping = wish.attribute_mapping.value_or(bj::object()),
                           .kept = wish.custom_claims_allowlist.value_or(std::vector<std::string>())};
    const auto claims = check_claim_rules(rules);
    if (!claims) return claims.error();
    const auto scopes = check_words("scopes", wish.scopes);
    if (!scopes) return scopes.error();
    const auto clients = check_words("acceptable_client_ids", wish.acceptable_client_ids);
    if (!clients) return clients.error();
    return check_provider_addresses(wish, peers);
}

void apply_provider_wish(CustomProviderWish wish, CustomProviderRow& provider) {
    put(std::move(wish.name), provider.name);
    put(std::move(wish.client_id), provider.client_id);
    put(std::move(wish.acceptable_client_ids), provider.acceptable_client_ids);
    put(std::move(wish.scopes), provider.scopes);
    put(std::move(wish.custom_claims_allowlist), provider.custom_claims_allowlist);
    put(std::move(wish.pkce_enabled), provider.pkce_enabled);
    put(std::move(wish.is_enabled), provider.is_enabled);
    put(std::move(wish.email_optional), provider.email_optional);
    if (wish.attribute_mapping) provider.attribute_mapping.text = bj::serialize(*wish.attribute_mapping);
    if (wish.authorization_params) provider.authorization_params.text = bj::serialize(*wish.authorization_params);
    if (!provider.is_oidc()) {
        put(std::move(wish.authorization_url), provider.authorization_url);
        put(std::move(wish.token_url), provider.token_url);
        put(std::move(wish.userinfo_url), provider.userinfo_url);
        put(std::move(wish.jwks_uri), provider.jwks_uri);
        return;
    }
    put(std::move(wish.issuer), provider.issuer);
    put(std::move(wish.discovery_url), provider.discovery_url);
    put(std::move(wish.skip_nonce_check), provider.skip_nonce_check);
    auto& scopes = provider.scopes;
    if (std::find(scopes.begin(), scopes.end(), "openid") == scopes.end()) scopes.insert(scopes.begin(), "openid");
}

}  // namespace tt::auth
