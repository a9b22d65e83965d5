#pragma once

#include "platform/db/database.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/restql/context.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/query/sql.hpp"
#include "platform/restql/respond/respond.hpp"
#include "platform/restql/respond/timing.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace platform::restql {

/// What is to be run for a request, made by the plan and query stages.
struct Work {
    Sql sql;
    std::optional<Sql> count_plan{};     ///< EXPLAIN of the count, for planned and estimated
    const Function* function = nullptr;  ///< called
    Outcome outcome{};                   ///< all but the result
    std::vector<std::pair<std::string, std::string>> legacy_names{};  ///< (relation, its alias) of filters
};

/// Where statements run. Reads may go to a replica, which answers with what it has by then.
struct Databases {
    db::Database primary;
    std::optional<db::Database> replica{};
};

/// One request on its way through the stages. Lives in the coroutine that answers it.
class Exchange {
public:
    Exchange(const Databases& databases, std::shared_ptr<const SchemaCache> schema, const Options& options,
             http::Request& request, std::string path, Caller caller);

    Task<ApiResult<http::Response>> run();
    /// The same as one operation of a transaction that others began and will end. Errors: also those of run(), and
    /// PGRST127 for what needs a transaction of its own.
    Task<ApiResult<http::Response>> run_in(db::Tx& tx);
    /// Rows that run_in() has inserted.
    std::int64_t inserted() const { return inserted_; }

private:
    ApiResult<Work> plan();
    ApiResult<Work> plan_select();
    ApiResult<Work> plan_change();
    ApiResult<Work> plan_function();
    ApiResult<http::Response> info();
    Task<ApiResult<http::Response>> inspect();
    Task<ApiResult<http::Response>> stream(Work work);
    Task<ApiResult<http::Response>> finish(Work work);
    Task<ApiResult<StatementResult>> execute(Work& work);
    Task<ApiResult<StatementResult>> write(Work& work, db::Context context);
    std::vector<db::Statement> statements(Work& work) const;
    StatementResult result_of(const Work& work, std::vector<db::Rows> rows) const;
    std::optional<std::int64_t> page_limit() const;
    Task<std::optional<ApiError>> refuse_cost(const Work& work, const db::Context& context);
    void add_headers(http::Response& response, const Work& work) const;
    void log_work(const Work& work, std::int64_t rows, std::chrono::nanoseconds duration) const;
    const db::Database& database_for(const db::Context& context) const;

    const Databases& databases_;
    std::shared_ptr<const SchemaCache> schema_;
    const Options& options_;
    http::Request& request_;
    std::string path_;
    Caller caller_;
    std::string pre_request_;  ///< statement; empty when there is none
    ApiRequest api_;
    Timing timing_;
    std::int64_t inserted_ = 0;
};

}  // namespace platform::restql
