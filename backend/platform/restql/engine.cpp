#include "platform/restql/engine.hpp"

#include "platform/core/error.hpp"
#include "platform/restql/batch.hpp"
#include "platform/restql/header_readers_sql.hpp"

namespace platform::restql {
namespace {

ApiError no_schema() {
    return {
        .status = 503, .code = "PGRST002", .message = "Could not query the database for the schema cache. Retrying."};
}

/// SQL's own words for a role that may not be switched to.
std::optional<ApiError> refuse_role(const std::string& role) {
    if (!role.empty() && role != "none" && role.find('\0') == std::string::npos) return std::nullopt;
    return ApiError{.status = 401,
                    .code = "22023",
                    .message = "role \"" + role + "\" does not exist",
                    .headers = {{"WWW-Authenticate", "Bearer"}}};
}

}  // namespace

Engine::Engine(db::Database database, Options options, std::optional<db::Database> replica, Runtime* runtime)
    : databases_{std::move(database), std::move(replica)},
      runtime_(runtime),
      state_(std::make_shared<const State>(State{std::move(options), nullptr})) {}

std::shared_ptr<const Engine::State> Engine::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

void Engine::publish(std::shared_ptr<const State> next) {
    const std::lock_guard lock(mutex_);
    state_ = std::move(next);
}

std::shared_ptr<const SchemaCache> Engine::schema() const {
    return state()->schema;
}

void Engine::set_options(Options options) {
    publish(std::make_shared<const State>(State{std::move(options), schema()}));
}

Task<void> Engine::load_schema() {
    const auto before = state();
    const auto& options = before->options;
    auto schema = co_await SchemaCache::load(
        databases_.primary, {options.schemas, options.extra_search_path, options.hoisted_settings}, runtime_);
    State next{state()->options, std::move(schema)};
    if (next.options.sends_headers_when_read) {
        next.options.sends_headers = co_await databases_.primary.one<bool>(restql::sql::any_header_reader);
    }
    publish(std::make_shared<const State>(std::move(next)));
}

Task<http::Response> Engine::handle(http::Request& request, std::string path, Caller caller) {
    const auto current = state();
    const bool is_verbose = current->options.verbose_errors;
    if (!current->schema) co_return error_response(no_schema(), is_verbose);
    if (const auto refused = refuse_role(caller.role)) co_return error_response(*refused, is_verbose);
    const bool is_anonymous = caller.is_anonymous;
    try {
        if (current->options.batch && request.method == http::Method::post && path == "/") {
            Batch batch(databases_, current->schema, current->options, request, std::move(caller));
            auto answer = co_await batch.run();
            if (answer) co_return std::move(*answer);
            co_return error_response(answer.error(), is_verbose);
        }
        Exchange exchange(databases_, current->schema, current->options, request, std::move(path), std::move(caller));
        auto response = co_await exchange.run();
        if (response) co_return std::move(*response);
        co_return error_response(response.error(), is_verbose);
    } catch (const db::SqlError& error) {
        co_return error_response(from_sql_error(error, is_anonymous), is_verbose);
    } catch (const Unavailable& failure) {
        co_return error_response(from_unavailable(failure), is_verbose);
    } catch (const DeadlineExceeded&) {
        co_return error_response(timed_out(), is_verbose);
    }
}

}  // namespace platform::restql
