#include "platform/testing/test_db.hpp"

#include "platform/db/admin_connection.hpp"
#include "platform/db/errors.hpp"
#include "platform/db/quote.hpp"

#include <unistd.h>
#include <atomic>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <stdexcept>

namespace platform::testing {
namespace {

namespace fs = std::filesystem;
using db::AdminConnection;

// Names the advisory lock "templates of this test server": test programs run side by side.
constexpr const char* lock_sql = "SELECT pg_advisory_lock(778102002)";
constexpr const char* unlock_sql = "SELECT pg_advisory_unlock(778102002)";

fs::path folder_of(const std::string& kind) {
    const char* root = std::getenv("TT_SOURCE_DIR");
    return fs::path(root != nullptr ? root : TT_TESTING_SOURCE_DIR) / "database" / "migrations" / kind;
}

std::string template_name(const std::vector<db::Migration>& migrations) {
    std::string all;
    for (const auto& migration : migrations)
        all += migration.set + "/" + migration.name + ":" + migration.sha256 + "\n";
    char hash[17];
    std::snprintf(hash, sizeof hash, "%016zx", std::hash<std::string>{}(all));
    return std::string("tt_template_") + hash;
}

bool exists(AdminConnection& server, const std::string& database) {
    return !server.query("SELECT FROM pg_database WHERE datname = $1", {database}).empty();
}

/// Databases of test programs that were killed before they could clean up.
void drop_abandoned(AdminConnection& server) {
    for (const auto& row : server.query("SELECT datname FROM pg_database WHERE datname ~ '^tt_test_[0-9]+_[0-9]+$'")) {
        const std::string& name = *row[0];
        const auto pid = static_cast<pid_t>(std::atoi(name.c_str() + std::string_view("tt_test_").size()));
        if (::kill(pid, 0) != 0 && errno == ESRCH) server.exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}

void build_template(AdminConnection& server, const std::string& name, const fs::path& migrations) {
    const std::string draft = name + "_draft";
    server.exec("DROP DATABASE IF EXISTS " + draft + " WITH (FORCE)");
    server.exec("CREATE DATABASE " + draft +
                " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'");
    const auto report = db::migrate(url_with_database(test_server_url(), draft), migrations);
    if (report.has_error()) throw std::runtime_error(report.error().reason + ": " + report.error().message);
    server.exec("ALTER DATABASE " + draft + " RENAME TO " + name);
    server.exec("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
}

std::string create_database(const fs::path& migrations) {
    static std::atomic<int> next{0};
    const auto files = db::read_migrations(migrations);
    if (files.has_error()) throw std::runtime_error(files.error().message);
    AdminConnection server(test_server_url());
    const std::string source = template_name(*files);
    const std::string name = "tt_test_" + std::to_string(::getpid()) + "_" + std::to_string(next++);
    server.exec(lock_sql);
    drop_abandoned(server);
    if (!exists(server, source)) build_template(server, source, migrations);
    server.exec(unlock_sql);
    server.exec("CREATE DATABASE " + name + " TEMPLATE " + source);
    return name;
}

/// On a server that asks for passwords, login roles get the superuser's: the migrations give them none.
void give_password(const std::string& role, const std::string& password) {
    AdminConnection server(test_server_url());
    server.exec(lock_sql);
    std::string statement = "ALTER ROLE ";
    db::append_role(statement, role);
    statement += " PASSWORD ";
    db::append_literal(statement, password);
    server.exec(statement);
}

}  // namespace

std::string test_server_url() {
    const char* url = std::getenv("TT_TEST_PG_URL");
    return url != nullptr ? url : "postgres://postgres@127.0.0.1:5499/postgres";
}

std::string url_with_database(const std::string& url, const std::string& database) {
    boost::urls::url changed(url);
    changed.set_path("/" + database);
    return std::string(changed.buffer());
}

TestDb::TestDb(const std::string& kind) : TestDb(folder_of(kind)) {}

TestDb::TestDb(const fs::path& migrations) : name_(create_database(migrations)) {}

TestDb::~TestDb() {
    try {
        AdminConnection(test_server_url()).exec("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (const std::exception& error) {
        std::fprintf(stderr, "test database %s is left behind: %s\n", name_.c_str(), error.what());
    }
}

std::string TestDb::url() const {
    return url_with_database(test_server_url(), name_);
}

std::string TestDb::url_as(const std::string& role) const {
    boost::urls::url changed(url());
    if (changed.has_password()) give_password(role, changed.password());
    changed.set_user(role);
    return std::string(changed.buffer());
}

void TestDb::exec(const std::string& sql) const {
    AdminConnection(url()).exec(sql);
}

std::string TestDb::scalar(const std::string& sql) const {
    const auto rows = AdminConnection(url()).query(sql);
    if (rows.empty() || rows[0].empty()) return "";
    return rows[0][0].value_or("");
}

std::vector<std::string> TestDb::prepare_all(std::span<const db::Query> queries) const {
    AdminConnection connection(url());
    std::vector<std::string> failed;
    for (const auto& query : queries) {
        try {
            connection.prepare(std::string(query.text));
        } catch (const db::SqlError& error) {
            failed.push_back(std::string(query.name) + ": " + error.what());
        }
    }
    return failed;
}

}  // namespace platform::testing
