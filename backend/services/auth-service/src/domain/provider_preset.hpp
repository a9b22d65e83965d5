#pragma once

#include <array>
#include <string_view>

namespace tt::auth {

/// oauth2: no ID token, the userinfo answer says who it is, in the words of OpenID Connect.
enum class ProviderKind { oidc, oauth2, github, facebook };

/// What is known of a provider without asking it.
struct ProviderPreset {
    std::string_view name;
    ProviderKind kind = ProviderKind::oidc;
    std::string_view issuer{};
    std::string_view other_issuer{};  // that its ID tokens may name instead
    std::string_view authorization_endpoint{};
    std::string_view token_endpoint{};
    std::string_view userinfo_endpoint{};
    std::string_view scopes = "openid email profile";
    bool posts_callback = false;  // response_mode=form_post
};

inline constexpr std::array<ProviderPreset, 5> provider_presets{{
    {.name = "google", .issuer = "https://accounts.google.com", .other_issuer = "accounts.google.com"},
    {.name = "github",
     .kind = ProviderKind::github,
     .authorization_endpoint = "https://github.com/login/oauth/authorize",
     .token_endpoint = "https://github.com/login/oauth/access_token",
     .userinfo_endpoint = "https://api.github.com/user",
     .scopes = "user:email"},
    {.name = "apple", .issuer = "https://appleid.apple.com", .scopes = "email name", .posts_callback = true},
    {.name = "facebook",
     .kind = ProviderKind::facebook,
     .authorization_endpoint = "https://www.facebook.com/v24.0/dialog/oauth",
     .token_endpoint = "https://graph.facebook.com/v24.0/oauth/access_token",
     .userinfo_endpoint = "https://graph.facebook.com/v24.0/me",
     .scopes = "email"},
    {.name = "oidc"},
}};

}  // namespace tt::auth
