#include "platform/restql/engine.hpp"

#include "platform/restql/parse/preferences.hpp"
#include "platform/restql/parse/query_string.hpp"
#include "platform/restql/plan/insert_plan.hpp"
#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/query/sql.hpp"
#include "platform/restql/respond/respond.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

/// Range header and max_rows cut what limit and offset ask for.
void clamp(Read& read, const std::optional<Range>& range, std::int64_t max_rows) {
    if (range) {
        read.offset = read.offset.value_or(0) + range->first;
        if (range->last) {
            const std::int64_t rows = *range->last - range->first + 1;
            read.limit = read.limit ? std::min(*read.limit, rows) : rows;
        }
    }
    read.limit = read.limit ? std::min(*read.limit, max_rows) : max_rows;
}

ApiError bad_range() {
    return {.status = 416,
            .code = "PGRST103",
            .message = "Requested range not satisfiable",
            .details = "The lower boundary must be lower than or equal to the upper boundary in the Range header."};
}

/// The schema a client names must be the exposed one; supabase clients name it in every call.
std::optional<ApiError> check_profile(const http::Request& request, const std::string& schema) {
    const bool is_write = request.method == http::Method::post;
    const std::string_view profile = request.header(is_write ? "content-profile" : "accept-profile");
    if (profile.empty() || profile == schema) return std::nullopt;
    return ApiError{.status = 406,
                    .code = "PGRST106",
                    .message = "Invalid schema: " + std::string(profile),
                    .hint = "Only the following schemas are exposed: " + schema};
}

/// A megabyte holds tens of thousands of addresses, and each may mean a mail to somebody.
ApiError too_many_rows(std::size_t limit) {
    return {.status = 413,
            .code = "54000",
            .message = "Too many rows in one request",
            .details = "At most " + std::to_string(limit) + " rows may be inserted at once."};
}

db::Query named(const Sql& sql, bool is_read) {
    return {is_read ? "restql_read" : "restql_insert", sql.text};
}

}  // namespace

Engine::Engine(db::Database database, EngineConfig config)
    : database_(std::move(database)), config_(std::move(config)) {}

std::shared_ptr<const SchemaCache> Engine::schema() const {
    const std::lock_guard lock(mutex_);
    if (!schema_) throw Unavailable("schema cache is not loaded yet");
    return schema_;
}

Task<void> Engine::load_schema() {
    auto loaded = co_await SchemaCache::load(database_, config_.schema);
    const std::lock_guard lock(mutex_);
    schema_ = std::move(loaded);
}

db::Context Engine::context_for(const http::Request& request, const Caller& caller, bool is_read) const {
    db::Context context;
    context.role = caller.role;
    context.read_only = is_read;
    const auto limit = caller.role == config_.anonymous_role ? config_.anonymous_read_time : config_.read_time;
    const Deadline soon = std::chrono::steady_clock::now() + limit;
    context.deadline = is_read ? std::min(request.deadline, soon) : request.deadline;
    context.settings = {{"request.jwt.claims", caller.claims_json},
                        {"request.method", request.method_text},
                        {"request.path", std::string(request.path())},
                        {"search_path", config_.schema}};
    return context;
}

Task<http::Response> Engine::handle(http::Request& request, std::string relation, Caller caller) {
    const bool is_anonymous = caller.role == config_.anonymous_role;
    const bool is_insert = request.method == http::Method::post;
    if (const auto refused = check_profile(request, config_.schema)) co_return error_response(*refused);
    try {
        auto pending = is_insert ? insert(request, std::move(relation), std::move(caller))
                                 : read(request, std::move(relation), std::move(caller));
        auto response = co_await std::move(pending);
        if (!response) co_return error_response(response.error());
        co_return std::move(*response);
    } catch (const db::SqlError& error) {
        co_return error_response(from_sql_error(error, is_anonymous));
    }
}

Task<ApiResult<http::Response>> Engine::read(http::Request& request, std::string relation, Caller caller) {
    const auto cache = schema();
    const auto media = negotiate(request);
    if (!media) co_return media.error();
    auto query = parse_query(request.query_params());
    if (!query) co_return query.error();
    const auto preferences = read_preferences(request);
    const auto range = read_range(request);
    if (range && range->last && *range->last < range->first) co_return bad_range();
    clamp(query->read, range, config_.max_rows);

    const auto plan = plan_read(*cache, relation, query->read);
    if (!plan) co_return plan.error();
    const ReadOptions options{.shape = media->shape,
                              .counts_total = preferences.counts_total,
                              .has_body = request.method != http::Method::head};
    auto sql = build_read(**plan, options);
    if (!sql) co_return sql.error();
    const auto rows =
        co_await database_.run(context_for(request, caller, true), named(*sql, true), std::move(sql->params));
    co_return read_response(request, rows.one<StatementResult>(), *media, preferences, query->read.offset.value_or(0));
}

Task<ApiResult<http::Response>> Engine::insert(http::Request& request, std::string relation, Caller caller) {
    const auto cache = schema();
    const auto media = negotiate(request);
    if (!media) co_return media.error();
    auto query = parse_query(request.query_params());
    if (!query) co_return query.error();
    const auto preferences = read_preferences(request);
    const auto plan = plan_read(*cache, relation, query->read);
    if (!plan) co_return plan.error();
    auto insert = plan_insert(*(*plan)->relation, *query, request);
    if (!insert) co_return insert.error();
    const bool is_anonymous = caller.role == config_.anonymous_role;
    const std::size_t row_limit = is_anonymous ? config_.anonymous_insert_rows : config_.insert_rows;
    if (insert->row_count > row_limit && caller.role != config_.trusted_role) co_return too_many_rows(row_limit);
    insert->returns_rows = preferences.returns == "representation";
    insert->returns_keys = preferences.returns == "headers-only";

    auto sql = build_insert(*insert, **plan, {.shape = media->shape});
    if (!sql) co_return sql.error();
    // Held open until the answer is known to be what the client asked for: a single object of several rows rolls back.
    db::Tx tx = co_await database_.begin(context_for(request, caller, false));
    const auto rows = co_await tx.query(named(*sql, false), std::move(sql->params));
    auto response = insert_response(request, rows.one<StatementResult>(), *media, preferences);
    if (response) co_await tx.commit();
    co_return response;
}

}  // namespace platform::restql
