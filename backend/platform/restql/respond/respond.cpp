#include "platform/restql/respond/respond.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace platform::restql {
namespace {

constexpr std::string_view object_type = "application/vnd.pgrst.object+json";

ApiError not_single(std::int64_t rows) {
    return {.status = 406,
            .code = "PGRST116",
            .message = "Cannot coerce the result to a single JSON object",
            .details = "The result contains " + std::to_string(rows) + " rows"};
}

std::string content_range(std::int64_t offset, std::int64_t rows, std::optional<std::int64_t> total) {
    const std::string range = rows == 0 ? "*" : std::to_string(offset) + "-" + std::to_string(offset + rows - 1);
    return range + "/" + (total ? std::to_string(*total) : "*");
}

/// The relation with its parameters sorted by key, as they were encoded.
std::string content_location(const http::Request& request) {
    const std::string_view path = request.path();
    std::string location(path.substr(path.rfind('/')));
    auto parameters = request.query_params();
    std::sort(parameters.begin(), parameters.end());
    char separator = '?';
    for (const auto& [key, value] : parameters) {
        location += separator + http::percent_encode(key) + "=" + http::percent_encode(value);
        separator = '&';
    }
    return location;
}

http::Response base(unsigned status, const StatementResult& result, const MediaType& media) {
    auto response = http::text_response(status, result.body, media.content_type);
    response.headers.set("Vary", "Accept, Prefer, Range");
    return response;
}

/// "/orders?id=eq.5": values are encoded, a key may be any text.
std::string row_location(const http::Request& request, const std::string& keys_json) {
    const std::string_view path = request.path();
    std::string location(path.substr(path.rfind('/')));
    char separator = '?';
    const auto keys = boost::json::parse(keys_json);
    for (const auto& [name, value] : keys.as_object()) {
        location += separator + http::percent_encode(name) + "=eq." + http::percent_encode(value.as_string());
        separator = '&';
    }
    return location;
}

bool is_acceptable(std::string_view type) {
    return type == "*/*" || type == "application/*" || type == "application/json" || type.empty();
}

}  // namespace

ApiResult<MediaType> negotiate(const http::Request& request) {
    const std::string_view accept = request.header("accept");
    std::string_view rest = accept;
    if (rest.empty()) return MediaType{BodyShape::array, "application/json; charset=utf-8"};
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        std::string_view type = rest.substr(0, std::min(comma, rest.find(';')));
        while (type.starts_with(' ')) type.remove_prefix(1);
        while (type.ends_with(' ')) type.remove_suffix(1);
        if (is_acceptable(type)) return MediaType{BodyShape::array, "application/json; charset=utf-8"};
        if (type == object_type || type == "application/vnd.pgrst.object") {
            return MediaType{BodyShape::object, std::string(object_type) + "; charset=utf-8"};
        }
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return ApiError{.status = 406,
                    .code = "PGRST107",
                    .message = "None of these media types are available: " + std::string(accept)};
}

ApiResult<http::Response> read_response(const http::Request& request, const StatementResult& result,
                                        const MediaType& media, const Preferences& preferences, std::int64_t offset) {
    if (media.shape == BodyShape::object && result.page_total != 1) return not_single(result.page_total);
    if (result.total && offset > *result.total && offset > 0) {
        return ApiError{.status = 416,
                        .code = "PGRST103",
                        .message = "Requested range not satisfiable",
                        .details = "An offset of " + std::to_string(offset) + " was requested, but there are only " +
                                   std::to_string(*result.total) + " rows."};
    }
    const bool is_partial = result.total && result.page_total < *result.total;
    auto response = base(is_partial ? 206 : 200, result, media);
    response.headers.set("Content-Range", content_range(offset, result.page_total, result.total));
    response.headers.set("Content-Location", content_location(request));
    if (!preferences.applied.empty()) response.headers.set("Preference-Applied", preferences.applied);
    return response;
}

ApiResult<http::Response> insert_response(const http::Request& request, const StatementResult& result,
                                          const MediaType& media, const Preferences& preferences) {
    const bool has_body = preferences.returns == "representation";
    if (has_body && media.shape == BodyShape::object && result.page_total != 1) return not_single(result.page_total);
    auto response = has_body ? base(201, result, media) : http::empty(201);
    const std::string total = preferences.counts_total ? std::to_string(result.page_total) : "*";
    response.headers.set("Content-Range", "*/" + total);
    if (preferences.returns == "headers-only" && result.page_total == 1 && result.keys) {
        response.headers.set("Location", row_location(request, *result.keys));
    }
    if (!preferences.applied.empty()) response.headers.set("Preference-Applied", preferences.applied);
    return response;
}

}  // namespace platform::restql
