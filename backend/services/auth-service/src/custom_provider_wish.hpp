#pragma once

#include "platform/core/allowed_peers.hpp"
#include "platform/core/result.hpp"
#include "services/auth-service/src/store/custom_providers.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What an administrator says about a provider; what is empty stays as it is, or takes the default of a new one.
struct CustomProviderWish {
    std::string provider_type{};  // of a new one; so is identifier
    std::string identifier{};
    std::string name{};
    std::string client_id{};
    std::string client_secret{};
    std::optional<std::vector<std::string>> acceptable_client_ids{};
    std::optional<std::vector<std::string>> scopes{};
    std::optional<std::vector<std::string>> custom_claims_allowlist{};
    std::optional<bool> pkce_enabled{};
    std::optional<boost::json::object> attribute_mapping{};
    std::optional<boost::json::object> authorization_params{};
    std::optional<bool> is_enabled{};
    std::optional<bool> email_optional{};
    std::string issuer{};
    std::string discovery_url{};
    std::optional<bool> skip_nonce_check{};
    std::string authorization_url{};
    std::string token_url{};
    std::string userinfo_url{};
    std::string jwks_uri{};
};

/// custom:name, as in addresses and identities.
bool is_custom_identifier(std::string_view text);

/// Whether a new provider has all it needs. Error: validation_failed (400); so for both.
Result<void> check_new_provider(const CustomProviderWish& wish);
/// Whether what is said may be said; addresses must be such that we may call them.
Result<void> check_provider_wish(const CustomProviderWish& wish, const AllowedPeers& peers);
/// Puts everything but the secret into the row.
void apply_provider_wish(CustomProviderWish wish, CustomProviderRow& provider);

}  // namespace tt::auth
