#pragma once

#include "platform/db/database.hpp"
#include "platform/http/router.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/schema_cache.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace platform::restql {

/// Who runs the statements: a database role and the claims that row level security sees.
struct Caller {
    std::string role = "anon";
    std::string claims_json = R"({"role":"anon"})";
};

struct EngineConfig {
    std::string schema = "public";
    std::string anonymous_role = "anon";
    std::int64_t max_rows = 10'000;               ///< clamps the root level of reads
    std::chrono::seconds anonymous_read_time{3};  ///< a stranger's statement is cancelled after this (as at Supabase)
    std::chrono::seconds read_time{8};
    std::size_t anonymous_insert_rows = 10;  ///< of one request
    std::size_t insert_rows = 100;           ///< of one request, except for trusted_role
    std::string trusted_role = "service_role";
};

/// The data API of one database: parse → plan → query → respond, on the wire of PostgREST 16.
///
///     GET, HEAD /{relation}   select, filters, logic trees, order, limit, ranges, counts, embedded relations
///     POST /{relation}        one row or many, with Prefer: return=
///
/// Every statement runs in its own transaction as the caller's role with request.jwt.claims set, in one flush.
class Engine {
public:
    Engine(db::Database database, EngineConfig config);

    /// Reads the catalogue as the login role's default; call before the first request and after a migration.
    Task<void> load_schema();
    Task<http::Response> handle(http::Request& request, std::string relation, Caller caller);

private:
    std::shared_ptr<const SchemaCache> schema() const;
    Task<ApiResult<http::Response>> read(http::Request& request, std::string relation, Caller caller);
    Task<ApiResult<http::Response>> insert(http::Request& request, std::string relation, Caller caller);
    db::Context context_for(const http::Request& request, const Caller& caller, bool is_read) const;

    db::Database database_;
    EngineConfig config_;
    mutable std::mutex mutex_;
    std::shared_ptr<const SchemaCache> schema_;
};

}  // namespace platform::restql
