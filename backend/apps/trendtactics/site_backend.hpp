#pragma once

#include "api-gateway/src/gateway.hpp"
#include "platform/crypto/password.hpp"
#include "services/auth-service/src/service.hpp"
#include "services/content-service/src/service.hpp"
#include "services/rest-service/src/service.hpp"
#include "services/user-service/src/host_config.hpp"
#include "services/user-service/src/service.hpp"
#include "shared/host/host.hpp"

namespace tt::composition {

/// The website's half: auth, user, content and the data API on the site database, behind the site gateway.
class SiteBackend {
public:
    SiteBackend(Host& host, auth::AuthConfig auth_config);

    /// Opens the gateway and runs the services' events, jobs and schedules in this process.
    void serve();
    /// Routes that the academy's gateway offers too: signing in, and the caller's profile.
    void mount_shared(http::Router& router);
    Issuer& issuer() { return issuer_; }
    auth::AuthService& auth() { return auth_; }
    user::UserService& users() { return users_; }
    content::ContentService& content() { return content_; }
    /// Mounts every route, for the API document.
    void mount(http::Router& router);

private:
    Host& host_;
    crypto::PasswordHasher hasher_;
    auth::AuthService auth_;
    content::ContentService content_;
    user::AcademyData academy_data_;
    user::UserService users_;
    rest::RestService rest_;
    Issuer issuer_;
    gateway::Gateway gateway_;
};

}  // namespace tt::composition
