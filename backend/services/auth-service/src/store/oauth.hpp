#pragma once

#include "platform/db/tx.hpp"
#include "platform/json/type_info.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

struct OauthClientRow {
    Uuid id;
    std::string name;
    std::string uri;
    std::string logo_uri;
    std::string client_type;  // public, confidential
    std::string token_endpoint_auth_method;
    std::vector<std::string> redirect_uris;
    std::vector<std::string> grant_types;
    std::string scope;
    std::optional<db::Bytea> secret_hash;
    std::string registration_type;  // manual, dynamic
    bool is_first_party = false;
    Time created_at{};
    Time updated_at{};

    bool is_public() const { return client_type == "public"; }
};
BOOST_DESCRIBE_STRUCT(OauthClientRow, (),
                      (id, name, uri, logo_uri, client_type, token_endpoint_auth_method, redirect_uris, grant_types,
                       scope, secret_hash, registration_type, is_first_party, created_at, updated_at))

struct OauthAuthorizationRow {
    std::string id;
    Uuid client_id;
    std::string redirect_uri;
    std::string scope;
    std::optional<std::string> state;
    std::optional<std::string> nonce;
    std::string code_challenge;
    std::optional<UserId> user_id;
    Time created_at{};
    std::optional<Time> decided_at;
};
BOOST_DESCRIBE_STRUCT(OauthAuthorizationRow, (),
                      (id, client_id, redirect_uri, scope, state, nonce, code_challenge, user_id, created_at,
                       decided_at))

struct OauthCodeRow {
    Uuid client_id;
    UserId user_id;
    std::string redirect_uri;
    std::string scope;
    std::optional<std::string> nonce;
    std::string code_challenge;
    std::string aal;
    json::Raw amr;
    Time authenticated_at{};
    Time created_at{};
    std::optional<Time> used_at;
    std::optional<SessionId> session_id;
};
BOOST_DESCRIBE_STRUCT(OauthCodeRow, (),
                      (client_id, user_id, redirect_uri, scope, nonce, code_challenge, aal, amr, authenticated_at,
                       created_at, used_at, session_id))

struct OauthConsentRow {
    Uuid client_id;
    std::vector<std::string> scopes;
    Time granted_at{};
};
BOOST_DESCRIBE_STRUCT(OauthConsentRow, (), (client_id, scopes, granted_at))

}  // namespace tt::auth
