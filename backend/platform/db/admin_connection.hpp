#pragma once

#include <optional>
#include <string>
#include <vector>

struct pg_conn;

namespace platform::db {

/// A plain blocking session for what happens before serving and in tests: migrations, creating databases. Not for
/// io threads.
class AdminConnection {
public:
    /// Error: platform::Unavailable.
    explicit AdminConnection(const std::string& conninfo);
    ~AdminConnection();
    AdminConnection(const AdminConnection&) = delete;
    AdminConnection& operator=(const AdminConnection&) = delete;

    /// One or more statements. Errors: SqlError (message has the line when the server gave a position), Unavailable.
    void exec(const std::string& sql);

    using Row = std::vector<std::optional<std::string>>;
    std::vector<Row> query(const std::string& sql, const std::vector<std::string>& params = {});

    bool is_in_transaction() const;

    /// Only plans it, on the server, without running it. Error: SqlError.
    void prepare(const std::string& sql);

private:
    [[noreturn]] void fail(const void* result, const std::string& sql);

    pg_conn* connection_;
};

}  // namespace platform::db
