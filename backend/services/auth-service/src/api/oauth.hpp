#pragma once

#include "platform/http/router.hpp"
#include "services/auth-service/src/service.hpp"

#include <map>
#include <string>

namespace tt::auth::api {

/// /admin/oauth/clients[/{client_id}[/regenerate_secret]], /oauth/clients/register
void mount_oauth_clients(http::Router& router, AuthService& auth);
/// /oauth/authorize, /oauth/authorizations/{id}[/consent|/release], /user/oauth/grants
void mount_oauth_consent(http::Router& router, AuthService& auth);
/// /oauth/token, /oauth/userinfo
void mount_oauth_token(http::Router& router, AuthService& auth);
/// /sso, /sso/saml/…, /admin/sso/providers: SAML is not offered, and this says so in GoTrue's words
void mount_sso(http::Router& router, AuthService& auth);

/// /admin/custom-providers[/{identifier}]
void mount_custom_providers(http::Router& router, AuthService& auth);
/// /authorize, /callback, /user/identities/authorize
void mount_providers(http::Router& router, AuthService& auth);
/// POST /token?grant_type=id_token
Task<http::Response> id_token_grant(AuthService& auth, http::Request& request);

/// An error in the shape of RFC 6749 §5.2.
http::Response oauth_refusal(const Error& error);
/// A form body (or query text) as names and values; the last of a name counts.
std::map<std::string, std::string> form_members(std::string_view text);

}  // namespace tt::auth::api
