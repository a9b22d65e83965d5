#include "platform/restql/batch.hpp"

#include "platform/restql/parse/preferences.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>

namespace platform::restql {

/// PostgreSQL takes the array apart: the bodies keep every digit of their numbers.
struct Batch::Operation {
    std::optional<std::string> method, path, headers, body;
    BOOST_DESCRIBE_CLASS(Operation, (), (method, path, headers, body), (), ())
};

namespace {

constexpr db::Query split_operations{
    "restql_batch",
    "SELECT upper(value ->> 'method') AS method, value ->> 'path' AS path, value ->> 'headers' AS headers, "
    "value ->> 'body' AS body FROM json_array_elements($1::json)"};

ApiError bad_batch(std::string message) {
    return {.status = 400, .code = "PGRST102", .message = std::move(message)};
}

ApiError too_many_rows(std::int64_t limit) {
    return {.status = 413,
            .code = "54000",
            .message = "Too many rows in one request",
            .details = "At most " + std::to_string(limit) + " rows may be inserted by one batch."};
}

ApiError at_operation(ApiError error, std::size_t index) {
    error.headers.emplace_back("Batch-Operation", std::to_string(index));
    return error;
}

bool is_allowed(std::string_view method) {
    return method == "GET" || method == "POST" || method == "PATCH" || method == "PUT" || method == "DELETE";
}

bool set_headers(http::Request& request, const std::string& text) {
    boost::system::error_code failure;
    const auto value = boost::json::parse(text, failure);
    if (failure || !value.is_object()) return false;
    for (const auto& [name, header] : value.get_object()) {
        if (!header.is_string()) return false;
        request.headers.set(name, std::string_view(header.get_string()));
    }
    return true;
}

/// {"status":…,"headers":{…},"body":…}; a body that is no JSON becomes a JSON text.
std::string described(const http::Response& response) {
    boost::json::object headers;
    for (const auto [name, value] : response.headers) headers[name] = boost::json::string_view(value);
    const auto body = http::text_of(response.body);
    const bool is_json = response.headers.find("Content-Type").value_or("").find("json") != std::string_view::npos;
    std::string text = "{\"status\":" + std::to_string(response.status) +
                       ",\"headers\":" + boost::json::serialize(headers) + ",\"body\":";
    if (body.empty()) {
        text += "null";
    } else if (is_json) {
        text += body;
    } else {
        text += boost::json::serialize(boost::json::value(boost::json::string_view(body)));
    }
    return text + "}";
}

}  // namespace

Batch::Batch(const Databases& databases, std::shared_ptr<const SchemaCache> schema, const Options& options,
             http::Request& request, Caller caller)
    : databases_(databases),
      schema_(std::move(schema)),
      options_(options),
      request_(request),
      caller_(std::move(caller)) {}

Task<ApiResult<http::Response>> Batch::run() {
    ApiRequest whole;
    whole.action = Action::call;
    whole.schema = options_.schemas.front();
    auto context = make_context(request_, "/", whole, caller_, nullptr, *schema_, options_);
    context.read_only = false;
    db::Tx tx = co_await databases_.primary.begin(std::move(context));
    const auto pre_request = pre_request_text(options_);
    if (!pre_request.empty()) co_await tx.query({"restql_pre_request", pre_request}, {});
    auto operations = co_await read_operations(tx);
    if (!operations) co_return operations.error();
    std::string answers = "[";
    for (std::size_t i = 0; i < operations->size(); ++i) {
        std::optional<ApiError> failure;
        try {
            auto answer = co_await run_one(tx, std::move((*operations)[i]));
            if (!answer) co_return at_operation(answer.error(), i);
            answers += (i == 0 ? "" : ",\n ") + *answer;
        } catch (const db::SqlError& error) {
            failure = from_sql_error(error, caller_.is_anonymous);
        }
        if (failure) co_return at_operation(std::move(*failure), i);
    }
    if (rolls_back(options_, parse_preferences(request_.headers, options_.tx_allow_override))) {
        co_await tx.query({"restql_constraints", "SET CONSTRAINTS ALL IMMEDIATE"}, {});
    } else {
        co_await tx.commit();
    }
    auto response = http::json_response(200, answers + "]");
    response.headers.set("Content-Type", "application/json; charset=utf-8");
    co_return response;
}

Task<ApiResult<std::vector<Batch::Operation>>> Batch::read_operations(db::Tx& tx) {
    const std::string_view body = request_.body;
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || body[first] != '[') {
        co_return bad_batch("A batch is a JSON array of operations");
    }
    auto operations = co_await tx.many<Operation>(split_operations, std::move(request_.body));
    const auto& limits = options_.limits;
    const std::size_t most = caller_.is_anonymous ? limits.anonymous_batch_operations.value_or(limits.batch_operations)
                                                  : limits.batch_operations;
    if (operations.size() > most) {
        co_return bad_batch("A batch has at most " + std::to_string(most) + " operations");
    }
    co_return operations;
}

Task<ApiResult<std::string>> Batch::run_one(db::Tx& tx, Operation operation) {
    http::Request request;
    request.method_text = operation.method.value_or("");
    request.method = http::parse_method(request.method_text);
    request.target = operation.path.value_or("");
    request.body = std::move(operation.body).value_or("");
    request.request_id = request_.request_id;
    if (!is_allowed(request.method_text))
        co_return bad_batch("An operation needs a method: GET, POST, PATCH, PUT or DELETE");
    if (!request.target.starts_with('/')) co_return bad_batch("An operation needs a path such as /books?id=eq.1");
    if (!set_headers(request, operation.headers.value_or("{}"))) {
        co_return bad_batch("The headers of an operation are an object of texts");
    }
    const std::string path(request.path());
    Exchange exchange(databases_, schema_, options_, request, path, caller_);
    auto response = co_await exchange.run_in(tx);
    if (!response) co_return response.error();
    inserted_ += exchange.inserted();
    const auto limit = inserted_row_limit(options_, caller_);
    if (limit && inserted_ > *limit) co_return too_many_rows(*limit);
    co_return described(*response);
}

}  // namespace platform::restql
