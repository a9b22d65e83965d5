#pragma once

#include "platform/db/tx.hpp"
#include "platform/json/type_info.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

struct CustomProviderRow {
    Uuid id;
    std::string identifier;
    std::string provider_type;  // oauth2, oidc
    std::string name;
    std::string client_id;
    db::Bytea secret;  // sealed
    std::vector<std::string> acceptable_client_ids;
    std::vector<std::string> scopes;
    std::vector<std::string> custom_claims_allowlist;
    bool pkce_enabled = true;
    json::Raw attribute_mapping;
    json::Raw authorization_params;
    bool is_enabled = true;
    bool email_optional = false;
    std::optional<std::string> issuer;
    std::optional<std::string> discovery_url;
    bool skip_nonce_check = false;
    std::optional<json::Raw> discovery_document;
    std::optional<std::string> authorization_url;
    std::optional<std::string> token_url;
    std::optional<std::string> userinfo_url;
    std::optional<std::string> jwks_uri;
    Time created_at{};
    Time updated_at{};

    bool is_oidc() const { return provider_type == "oidc"; }
};
BOOST_DESCRIBE_STRUCT(CustomProviderRow, (),
                      (id, identifier, provider_type, name, client_id, secret, acceptable_client_ids, scopes,
                       custom_claims_allowlist, pkce_enabled, attribute_mapping, authorization_params, is_enabled,
                       email_optional, issuer, discovery_url, skip_nonce_check, discovery_document, authorization_url,
                       token_url, userinfo_url, jwks_uri, created_at, updated_at))

}  // namespace tt::auth
