#include "apps/trendtactics/commands.hpp"
#include "platform/db/admin_connection.hpp"
#include "platform/db/migrator.hpp"

#include <boost/url.hpp>

#include <cstdlib>
#include <iostream>

namespace tt::composition {
namespace {

/// The owner's connection to another database of the same cluster.
std::string with_database(const std::string& owner_url, const std::string& database) {
    boost::urls::url url(owner_url);
    url.set_path("/" + database);
    return std::string(url.buffer());
}

void create_database(const std::string& owner_url, const std::string& name) {
    db::AdminConnection owner(owner_url);
    if (!owner.query("SELECT 1 FROM pg_database WHERE datname = $1", {name}).empty()) return;
    owner.exec("CREATE DATABASE " + name);
    std::cout << "created database " << name << '\n';
}

/// The password stands in the pool's own connection string; the role gets the same.
void set_login_password(const std::string& owner_url, const std::string& pool_url) {
    const boost::urls::url url(pool_url);
    db::AdminConnection owner(owner_url);
    const auto quoted = owner.query("SELECT format('ALTER ROLE %I PASSWORD %L', $1::text, $2::text)",
                                    {std::string(url.user()), std::string(url.password())});
    owner.exec(quoted.at(0).at(0).value());
}

bool migrate_one(const CommandLine& line, const std::string& owner_url, const std::string& name,
                 const std::string& pool_url) {
    create_database(owner_url, name);
    const auto report =
        db::migrate(with_database(owner_url, name), line.settings.paths.root / "database/migrations" / name,
                    [&](std::string_view step) { std::cout << name << ": " << step << std::endl; });
    if (!report) {
        std::cerr << name << ": " << report.error().message << '\n';
        return false;
    }
    set_login_password(owner_url, pool_url);
    std::cout << name << ": " << report->applied << " of " << report->total << " migrations were new\n";
    return true;
}

}  // namespace

int migrate(const CommandLine& line) {
    const char* owner_url = std::getenv("TT_OWNER_URL");
    if (!owner_url) {
        std::cerr << "TT_OWNER_URL must name the databases' owner, e.g. postgres://postgres@127.0.0.1/postgres\n";
        return 2;
    }
    const auto& database = line.settings.database;
    const bool is_done = migrate_one(line, owner_url, "site", database.site_url) &&
                         migrate_one(line, owner_url, "academy", database.academy_url);
    return is_done ? 0 : 1;
}

}  // namespace tt::composition
