#include "platform/restql/exchange.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/log/log.hpp"
#include "platform/restql/keyset.hpp"
#include "platform/restql/plan/call_plan.hpp"
#include "platform/restql/plan/negotiate.hpp"
#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/plan/strict_preferences.hpp"
#include "platform/restql/plan/write_plan.hpp"
#include "platform/restql/query/call_sql.hpp"
#include "platform/restql/query/count_sql.hpp"
#include "platform/restql/query/explain_sql.hpp"
#include "platform/restql/query/read_sql.hpp"
#include "platform/restql/query/write_sql.hpp"
#include "platform/restql/respond/etag.hpp"
#include "platform/restql/respond/info.hpp"
#include "platform/restql/respond/inspect.hpp"
#include "platform/restql/respond/openapi2.hpp"
#include "platform/restql/stream.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

/// The wire's deprecation notice: a filter named an embedded relation although it has an alias.
std::string legacy_warning(const std::vector<std::pair<std::string, std::string>>& names) {
    std::string hint;
    for (const auto& [name, alias] : names) hint += (hint.empty() ? "`" : ", `") + name + "` to `" + alias + "`";
    return "299 " + std::string(wire_product) + "v" + std::string(wire_version) +
           " \"Embedded resource was referenced by relation name even though it has an alias. This is deprecated and "
           "will stop working in a future release. Update " +
           hint + " in query string filters, orders or limits.\"";
}

ApiError too_costly(double cost, double limit) {
    return {.status = 400,
            .code = "54001",
            .message = "The query is too expensive",
            .details = "The planner prices it at " + std::to_string(cost) + ", and the limit is " +
                       std::to_string(limit) + ".",
            .hint = "Add a filter on an indexed column or ask for fewer embedded resources."};
}

/// A client may take a stream as slowly as it likes, but each fetch of it has the time of a whole read.
void limit_statements(db::Context& context) {
    if (!context.deadline) return;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*context.deadline - std::chrono::steady_clock::now());
    const auto limit = std::max<std::int64_t>(left.count(), 1);
    context.deadline.reset();
    const auto is_timeout = [](const db::Setting& setting) { return setting.name == "statement_timeout"; };
    if (std::ranges::any_of(context.login_settings, is_timeout)) return;  // the role's own limit
    context.settings.push_back({"statement_timeout", std::to_string(limit)});
}

ApiError not_in_batch() {
    return {.status = 400,
            .code = "PGRST127",
            .message = "Feature not implemented",
            .details = "The root, NDJSON and planned counts are not available in a batch"};
}

/// Takes the values and leaves the text, which the statement refers to.
db::Statement statement(std::string_view name, Sql& sql) {
    return {{name, sql.text}, std::move(sql.params)};
}

}  // namespace

Exchange::Exchange(const Databases& databases, std::shared_ptr<const SchemaCache> schema, const Options& options,
                   http::Request& request, std::string path, Caller caller)
    : databases_(databases),
      schema_(std::move(schema)),
      options_(options),
      request_(request),
      path_(std::move(path)),
      caller_(std::move(caller)),
      pre_request_(pre_request_text(options)),
      timing_(options.timing_enabled) {}

Task<ApiResult<http::Response>> Exchange::run() {
    if (caller_.token_time) timing_.add("jwt", *caller_.token_time);
    const Keyset keyset = options_.keyset ? Keyset::take(request_) : Keyset();
    auto parsed = parse_request(request_, path_, options_);
    if (!parsed) co_return parsed.error();
    api_ = std::move(*parsed);
    if (const auto applied = keyset.apply(api_); !applied) co_return applied.error();
    timing_.end("parse");
    if (api_.action == Action::inspect) co_return co_await inspect();
    if (is_info(api_.action)) co_return info();

    auto work = plan();
    if (!work) co_return work.error();
    timing_.end("plan");
    if (work->outcome.media.kind == MediaType::Kind::ndjson && !api_.is_head)
        co_return co_await stream(std::move(*work));
    co_return co_await finish(std::move(*work));
}

Task<ApiResult<http::Response>> Exchange::finish(Work work) {
    const auto began = std::chrono::steady_clock::now();
    auto result = co_await execute(work);
    if (!result) co_return result.error();
    log_work(work, result->page_total, std::chrono::steady_clock::now() - began);
    timing_.end("transaction");
    work.outcome.result = std::move(*result);
    const http::SharedText body = work.outcome.result.body;
    const auto rows = work.outcome.result.page_total;
    auto response = respond(api_, std::move(work.outcome), options_);
    if (!response) co_return response.error();
    const auto* relation = schema_->relation({api_.schema, api_.name});
    if (options_.keyset && api_.action == Action::read && relation) {
        Keyset::add_link(*response, request_, api_, *relation, {page_limit(), rows, body.text});
    }
    timing_.end("response");
    add_headers(*response, work);
    if (options_.etags) apply_etag(request_, *response);
    co_return response;
}

/// The rows of a read as they come; neither counted nor held in memory.
Task<ApiResult<http::Response>> Exchange::stream(Work work) {
    auto context = make_context(request_, path_, api_, caller_, nullptr, *schema_, options_);
    const auto refused_cost = co_await refuse_cost(work, context);
    if (refused_cost) co_return *refused_cost;
    limit_statements(context);
    db::Tx tx = co_await database_for(context).begin(std::move(context));
    if (!pre_request_.empty()) co_await tx.query({"restql_pre_request", pre_request_}, {});
    auto response = co_await stream_rows(std::move(tx), std::move(work.sql));
    add_headers(response, work);
    co_return response;
}

const db::Database& Exchange::database_for(const db::Context& context) const {
    const bool may_lag = databases_.replica && api_.action != Action::call && context.read_only &&
                         request_.header("x-read-primary").empty();
    return may_lag ? *databases_.replica : databases_.primary;
}

/// One line per statement: which one (its text's hash groups equal shapes), what it cost. Never a value.
void Exchange::log_work(const Work& work, std::int64_t rows, std::chrono::nanoseconds duration) const {
    if (!log::is_enabled(log::Level::info)) return;
    log::info("data_api_query", {{"http.request.id", request_.request_id},
                                 {"db.collection.name", api_.name},
                                 {"http.request.method", request_.method_text},
                                 {"db.query.hash", crypto::sha256_hex(work.sql.text).substr(0, 12)},
                                 {"db.response.returned_rows", rows},
                                 {"user.role", caller_.role},
                                 {"event.duration", duration.count()}});
}

Task<ApiResult<http::Response>> Exchange::run_in(db::Tx& tx) {
    auto parsed = parse_request(request_, path_, options_);
    if (!parsed) co_return parsed.error();
    api_ = std::move(*parsed);
    api_.preferences.tx.reset();  // the batch's own counts
    if (api_.action == Action::inspect || is_info(api_.action)) co_return not_in_batch();
    auto work = plan();
    if (!work) co_return work.error();
    if (work->outcome.media.kind == MediaType::Kind::ndjson || work->count_plan) co_return not_in_batch();
    pre_request_.clear();                                                       // the transaction has had it
    co_await tx.query({"restql_upsert", "SET LOCAL pgrst.updated TO ''"}, {});  // query/write_sql.hpp says why
    auto rows = co_await tx.batch(statements(*work));
    work->outcome.result = result_of(*work, std::move(rows));
    const auto changed = work->outcome.result.page_total;
    if (auto refused = refuse_outcome(api_, work->outcome.media, changed)) co_return std::move(*refused);
    if (api_.action == Action::insert) inserted_ = changed;
    co_return respond(api_, std::move(work->outcome), options_);
}

ApiResult<Work> Exchange::plan() {
    if (api_.action == Action::read) return plan_select();
    if (api_.action == Action::call || api_.action == Action::call_read) return plan_function();
    return plan_change();
}

ApiResult<Work> Exchange::plan_select() {
    const QualifiedName subject{api_.schema, api_.name};
    auto plan = plan_read(*schema_, options_, api_, subject, ReadSource::table);
    if (!plan) return plan.error();
    const auto format = negotiate(*schema_, options_, api_, subject, (*plan)->has_default_select());
    if (!format) return format.error();
    if (auto refused = refuse_preferences(api_.preferences)) return std::move(*refused);
    auto sql = read_statement(**plan, *format, api_, options_);
    if (!sql) return sql.error();
    Work work{.sql = std::move(*sql), .outcome = {.media = format->media}, .legacy_names = legacy_target_names(**plan)};
    const auto& count = api_.preferences.count;
    const bool is_explain = format->media.kind == MediaType::Kind::plan;
    if (count && *count != Count::exact && !is_explain) work.count_plan = explained(count_statement(**plan));
    return work;
}

ApiResult<Work> Exchange::plan_change() {
    auto plan = plan_write(*schema_, options_, api_);
    if (!plan) return plan.error();
    if (const auto limit = inserted_row_limit(options_, caller_)) {
        if (const auto checked = check_inserted_rows(*plan, *limit); !checked) return checked.error();
    }
    auto sql = write_statement(*plan);
    if (!sql) return sql.error();
    return Work{
        .sql = std::move(*sql),
        .outcome = {.media = plan->format.media, .has_key = plan->conflict.has_value() || !plan->relation->key.empty()},
        .legacy_names = legacy_target_names(*plan->read)};
}

std::optional<std::int64_t> Exchange::page_limit() const {
    const auto& wanted = api_.window.limit;
    if (!options_.max_rows) return wanted;
    return std::min(wanted.value_or(*options_.max_rows), *options_.max_rows);
}

ApiResult<Work> Exchange::plan_function() {
    auto plan = plan_call(*schema_, options_, api_);
    if (!plan) return plan.error();
    auto sql = call_statement(*plan, api_, options_);
    if (!sql) return sql.error();
    return Work{.sql = std::move(*sql),
                .function = plan->function,
                .outcome = {.media = plan->format.media, .is_void = plan->function->returns.is_void()},
                .legacy_names = legacy_target_names(*plan->read)};
}

ApiResult<http::Response> Exchange::info() {
    auto response = info_response(*schema_, api_);
    timing_.end("response");
    if (response) add_headers(*response, {});
    return response;
}

Task<ApiResult<http::Response>> Exchange::inspect() {
    const auto media = inspection_media(api_, options_);
    if (!media) co_return media.error();
    if (auto refused = refuse_preferences(api_.preferences)) co_return std::move(*refused);
    timing_.end("plan");
    auto queries = openapi2_queries(api_.schema, options_);
    std::vector<db::Statement> statements;
    if (!pre_request_.empty()) statements.push_back({{"restql_pre_request", pre_request_}, {}});
    for (auto& query : queries) statements.push_back(statement("restql_inspect", query));
    const auto context = make_context(request_, path_, api_, caller_, nullptr, *schema_, options_);
    auto rows = co_await database_for(context).run(context, std::move(statements));
    if (!pre_request_.empty()) rows.erase(rows.begin());
    timing_.end("transaction");
    auto response = inspection_response(api_, *schema_, options_, rows, *media);
    timing_.end("response");
    add_headers(response, {});
    co_return response;
}

std::vector<db::Statement> Exchange::statements(Work& work) const {
    std::vector<db::Statement> list;
    if (!pre_request_.empty()) list.push_back({{"restql_pre_request", pre_request_}, {}});
    list.push_back(statement(api_.action == Action::read ? "restql_read" : "restql_write", work.sql));
    if (work.count_plan) list.push_back(statement("restql_count_plan", *work.count_plan));
    return list;
}

Task<std::optional<ApiError>> Exchange::refuse_cost(const Work& work, const db::Context& context) {
    const auto& limit = options_.limits.plan_cost;
    const bool is_explain = work.outcome.media.kind == MediaType::Kind::plan;
    if (!limit || api_.action != Action::read || is_explain) co_return std::nullopt;
    const Sql sql = explained(work.sql);
    const auto plan = co_await database_for(context).run(context, {"restql_cost", sql.text}, sql.params);
    const double cost = planned_cost(plan).value_or(0);
    if (cost <= *limit) co_return std::nullopt;
    co_return too_costly(cost, *limit);
}

Task<ApiResult<StatementResult>> Exchange::execute(Work& work) {
    const auto context = make_context(request_, path_, api_, caller_, work.function, *schema_, options_);
    if (!context.read_only) co_return co_await write(work, context);
    const auto refused_cost = co_await refuse_cost(work, context);
    if (refused_cost) co_return *refused_cost;
    auto rows = co_await database_for(context).run(context, statements(work));
    auto result = result_of(work, std::move(rows));
    if (auto refused = refuse_outcome(api_, work.outcome.media, result.page_total)) co_return std::move(*refused);
    co_return result;
}

/// Held open until the answer is known to be what the client asked for: a single object of several rows rolls back.
Task<ApiResult<StatementResult>> Exchange::write(Work& work, db::Context context) {
    auto list = statements(work);
    const bool is_trial = rolls_back(options_, api_.preferences);
    if (is_trial) list.push_back({{"restql_constraints", "SET CONSTRAINTS ALL IMMEDIATE"}, {}});
    db::Tx tx = co_await databases_.primary.begin(std::move(context));
    auto rows = co_await tx.batch(std::move(list));
    auto result = result_of(work, std::move(rows));
    if (auto refused = refuse_outcome(api_, work.outcome.media, result.page_total)) co_return std::move(*refused);
    if (!is_trial) co_await tx.commit();
    co_return result;
}

StatementResult Exchange::result_of(const Work& work, std::vector<db::Rows> rows) const {
    auto& main = rows[pre_request_.empty() ? 0 : 1];
    if (work.outcome.media.kind == MediaType::Kind::plan) return read_explain(main);
    auto result = read_result(std::move(main));
    if (!work.count_plan) return result;
    const auto planned = planned_rows(rows.back());
    const bool is_beyond = result.total && (!options_.max_rows || *result.total > *options_.max_rows);
    if (api_.preferences.count == Count::planned) {
        result.total = planned;
    } else if (is_beyond && planned) {
        result.total = std::max(*result.total, *planned);
    }
    return result;
}

void Exchange::add_headers(http::Response& response, const Work& work) const {
    if (!timing_.header().empty()) response.headers.set("Server-Timing", timing_.header());
    if (options_.legacy_target_names && !work.legacy_names.empty()) {
        response.headers.set("Warning", legacy_warning(work.legacy_names));
    }
}

}  // namespace platform::restql
