#include "shared/utils/account_pages.hpp"

#include <algorithm>
#include <array>

namespace tt {
namespace {

constexpr std::array<std::string_view, 19> account_paths{
    "/forgot-password",  "/reset-password", "/session/callback", "/session/confirm",       "/session/handoff",
    "/oauth/consent",    "/invitations",    "/account",          "/account/security",      "/account/sessions",
    "/account/api-keys", "/account/data",   "/account/restore",  "/account/organizations", "/admin",
    "/admin/users",      "/admin/roles",    "/admin/audit",      "/admin/claim",
};

/// With one id behind them.
constexpr std::array<std::string_view, 2> id_prefixes{"/account/organizations/", "/admin/users/"};

}  // namespace

bool is_account_page(std::string_view path) {
    if (std::ranges::find(account_paths, path) != account_paths.end()) return true;
    return std::ranges::any_of(id_prefixes, [path](std::string_view prefix) {
        return path.starts_with(prefix) && path.size() > prefix.size() &&
               path.find('/', prefix.size()) == std::string_view::npos;
    });
}

}  // namespace tt
