#include "platform/restql/respond/respond.hpp"

#include "platform/restql/respond/guc_headers.hpp"

namespace platform::restql {
namespace {

bool is_call(const ApiRequest& request) {
    return request.action == Action::call || request.action == Action::call_read;
}

bool is_write(const ApiRequest& request) {
    return request.action == Action::insert || request.action == Action::update || request.action == Action::put ||
           request.action == Action::remove;
}

bool has_representation(const ApiRequest& request) {
    return request.preferences.returns == Return::representation;
}

std::string content_range(std::int64_t lower, std::int64_t upper, std::optional<std::int64_t> total) {
    const bool has_rows = total != 0 && lower <= upper;
    const std::string range = has_rows ? std::to_string(lower) + "-" + std::to_string(upper) : "*";
    return range + "/" + (total ? std::to_string(*total) : "*");
}

/// The preferences that had an effect on this kind of request.
Preferences applied_to(const ApiRequest& request, const Outcome& outcome) {
    Preferences applied = request.preferences;
    if (request.action != Action::insert || !outcome.has_key) applied.resolution.reset();
    if (!is_write(request)) applied.returns.reset();
    if (request.action != Action::insert && request.action != Action::update) applied.missing.reset();
    const bool limits_rows = request.action == Action::update || request.action == Action::remove || is_call(request);
    if (!limits_rows) applied.max_affected.reset();
    return applied;
}

void set_applied(http::Response& response, const ApiRequest& request, const Outcome& outcome) {
    const auto text = preference_applied(applied_to(request, outcome));
    if (!text.empty()) response.headers.set("Preference-Applied", text);
}

std::optional<std::int64_t> counted(const ApiRequest& request, const StatementResult& result) {
    return request.preferences.count ? std::optional(result.page_total) : std::nullopt;
}

ApiError out_of_range(std::int64_t offset, std::int64_t total) {
    return {.status = 416,
            .code = "PGRST103",
            .message = "Requested range not satisfiable",
            .details = "An offset of " + std::to_string(offset) + " was requested, but there are only " +
                       std::to_string(total) + " rows."};
}

/// Reads and calls: rows [offset, offset + page_total) of total. 206 when some are not shown.
void set_range(http::Response& response, const ApiRequest& request, const StatementResult& result) {
    const std::int64_t lower = request.window.offset;
    response.headers.set("Content-Range", content_range(lower, lower + result.page_total - 1, result.total));
    if (!result.total) return;
    if (lower > *result.total) {
        response.status = 416;
    } else if (result.page_total < *result.total) {
        response.status = 206;
    }
}

/// "/orders?id=eq.5" of "id=eq.5": values are encoded.
std::string row_location(const ApiRequest& request, const std::vector<std::string>& keys) {
    std::string location = "/" + request.name;
    char separator = '?';
    for (const auto& key : keys) {
        const auto equals = key.find('=');
        location += separator + http::percent_encode(key.substr(0, equals)) + "=" +
                    http::percent_encode(key.substr(equals + 1));
        separator = '&';
    }
    return location;
}

void set_body(http::Response& response, const ApiRequest& request, Outcome& outcome) {
    set_content_headers(response, request, outcome.media);
    if (!outcome.result.body.text.empty()) response.body = std::move(outcome.result.body);
}

http::Response read_answer(const ApiRequest& request, Outcome& outcome) {
    auto response = http::empty(200);
    set_range(response, request, outcome.result);
    const std::string query = request.query.canonical.empty() ? "" : "?" + request.query.canonical;
    response.headers.set("Content-Location", "/" + request.name + query);
    if (request.is_head) outcome.result.body = {};
    set_body(response, request, outcome);
    return response;
}

http::Response call_answer(const ApiRequest& request, Outcome& outcome) {
    auto response = http::empty(200);
    set_range(response, request, outcome.result);
    if (outcome.is_void) {
        response.status = 204;
        return response;
    }
    if (request.is_head) outcome.result.body = {};
    set_body(response, request, outcome);
    return response;
}

http::Response insert_answer(const ApiRequest& request, Outcome& outcome) {
    const auto& result = outcome.result;
    const bool only_merged =
        result.inserted && *result.inserted <= 0 && request.preferences.resolution == Resolution::merge_duplicates;
    auto response = http::empty(only_merged ? 200 : 201);
    if (!result.location.empty()) response.headers.set("Location", row_location(request, result.location));
    response.headers.set("Content-Range", content_range(1, 0, counted(request, result)));
    if (has_representation(request)) set_body(response, request, outcome);
    return response;
}

http::Response put_answer(const ApiRequest& request, Outcome& outcome) {
    if (!has_representation(request)) return http::empty(204);
    auto response = http::empty(outcome.result.inserted.value_or(0) > 0 ? 201 : 200);
    set_body(response, request, outcome);
    return response;
}

http::Response change_answer(const ApiRequest& request, Outcome& outcome) {
    const auto& result = outcome.result;
    const bool is_update = request.action == Action::update;
    const auto range =
        content_range(is_update ? 0 : 1, is_update ? result.page_total - 1 : 0, counted(request, result));
    auto response = http::empty(has_representation(request) ? 200 : 204);
    response.headers.set("Content-Range", range);
    if (has_representation(request)) set_body(response, request, outcome);
    return response;
}

http::Response answer(const ApiRequest& request, Outcome& outcome) {
    switch (request.action) {
        case Action::insert:
            return insert_answer(request, outcome);
        case Action::put:
            return put_answer(request, outcome);
        case Action::update:
        case Action::remove:
            return change_answer(request, outcome);
        case Action::call:
        case Action::call_read:
            return call_answer(request, outcome);
        default:
            return read_answer(request, outcome);
    }
}

/// EXPLAIN's own answer has neither ranges nor preferences.
http::Response explain_answer(const ApiRequest& request, Outcome& outcome) {
    auto response = http::empty(200);
    set_body(response, request, outcome);
    return response;
}

}  // namespace

void set_content_headers(http::Response& response, const ApiRequest& request, const MediaType& media) {
    response.headers.set("Content-Type", content_type(media));
    if (request.schema_was_negotiated) response.headers.set("Content-Profile", request.schema);
}

std::optional<ApiError> refuse_outcome(const ApiRequest& request, const MediaType& media, std::int64_t rows) {
    if (media.kind == MediaType::Kind::plan) return std::nullopt;
    if (request.action == Action::put) {
        if (rows == 1) return std::nullopt;
        return ApiError{
            .status = 400, .code = "PGRST115", .message = "Payload values do not match URL in primary key column(s)"};
    }
    if (media.is_object() && rows != 1) {
        return ApiError{.status = 406,
                        .code = "PGRST116",
                        .message = "Cannot coerce the result to a single JSON object",
                        .details = "The result contains " + std::to_string(rows) + " rows"};
    }
    const auto& preferences = request.preferences;
    const bool limits_rows = request.action == Action::update || request.action == Action::remove || is_call(request);
    if (limits_rows && preferences.is_strict() && preferences.max_affected && rows > *preferences.max_affected) {
        return ApiError{.status = 400,
                        .code = "PGRST124",
                        .message = "Query result exceeds max-affected preference constraint",
                        .details = "The query affects " + std::to_string(rows) + " rows"};
    }
    return std::nullopt;
}

ApiResult<http::Response> respond(const ApiRequest& request, Outcome outcome, const Options& options) {
    const bool is_plan = outcome.media.kind == MediaType::Kind::plan;
    const auto result = StatementResult{.total = outcome.result.total,
                                        .response_headers = outcome.result.response_headers,
                                        .response_status = outcome.result.response_status};
    auto response = is_plan ? explain_answer(request, outcome) : answer(request, outcome);
    if (!is_plan) set_applied(response, request, outcome);
    if (response.status == 416) {
        response.body =
            error_body(out_of_range(request.window.offset, result.total.value_or(0)), options.verbose_errors);
    }
    if (const auto overridden = apply_overrides(response, result); !overridden) return overridden.error();
    if (!response.headers.find("Vary")) response.headers.set("Vary", "Accept, Prefer, Range");
    return response;
}

}  // namespace platform::restql
