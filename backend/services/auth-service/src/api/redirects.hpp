#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"
#include "services/auth-service/src/domain/redirect.hpp"
#include "services/auth-service/src/sessions.hpp"
#include "shared/types/prelude.hpp"

#include <string>

namespace tt::auth::api {

/// redirect_to of the header or the query, if it is allowed; else the page that asked (Referer), if that is; else the
/// site.
std::string redirect_of(const http::Request& request, const AuthConfig& config);
/// For an address from elsewhere, e.g. a body: see allowed_redirect().
RedirectRules redirect_rules(const AuthConfig& config);

/// The session as GoTrue hands it to a page in the fragment; `type` of the mail's link, if one led here.
std::string session_in_fragment(const IssuedSession& issued, const std::string& type = {});
/// 303, never cached; the next page does not learn where it came from.
http::Response redirect_to(std::string location);
/// GoTrue's way to tell a page what went wrong: in the fragment, and for clients of PKCE in the query, too.
http::Response redirect_with_error(const std::string& target, const Error& error, bool is_pkce);

}  // namespace tt::auth::api
