#include "services/auth-service/src/administrator_link.hpp"

#include "platform/log/log.hpp"

#include <fstream>

namespace tt::auth {

Task<void> offer_administrator_link(AuthService& auth, std::string site_url, std::filesystem::path file) {
    std::filesystem::remove(file);
    if (co_await auth.has_administrator()) co_return;
    const auto token = co_await auth.create_admin_claim();
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << site_url << "/admin/claim?token=" << token << '\n';
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    log::info("administrator_link_written");
}

}  // namespace tt::auth
