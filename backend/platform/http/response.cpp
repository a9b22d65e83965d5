#include "platform/http/response.hpp"

#include "platform/http/request.hpp"
#include "platform/http/router.hpp"
#include "platform/json/json.hpp"

#include <boost/describe.hpp>

namespace platform::http {
namespace {

struct ProblemField {
    std::string pointer;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(ProblemField, (), (pointer, detail))

/// RFC 9457, with the extension members of our API.
struct Problem {
    std::string type = "about:blank";
    std::string title;
    std::int32_t status = 0;
    std::optional<std::string> detail;
    std::string code;
    std::string request_id;
    std::optional<std::vector<ProblemField>> errors;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, detail, code, request_id, errors))

}  // namespace
}  // namespace platform::http

namespace platform::json {
template <>
inline constexpr Rule rule<&http::Problem::detail>{.omit_when_null = true};
template <>
inline constexpr Rule rule<&http::Problem::errors>{.omit_when_null = true};
}  // namespace platform::json

namespace platform::http {

std::string_view reason_phrase(unsigned status) {
    switch (status) {
        case 100:
            return "Continue";
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 402:
            return "Payment Required";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Status";
    }
}

Response text_response(unsigned status, std::string text, std::string_view content_type) {
    Response response{status};
    response.headers.add("content-type", content_type);
    response.body = std::move(text);
    return response;
}

Response json_response(unsigned status, std::string json) {
    return text_response(status, std::move(json), "application/json; charset=utf-8");
}

Response empty(unsigned status) {
    return Response{status};
}

Response redirect(unsigned status, std::string location) {
    Response response{status};
    response.headers.add("location", location);
    return response;
}

Response problem(const Error& error, const Request& request, unsigned status) {
    if (status == 0) status = http_status(error.code);
    Problem body;
    body.title = reason_phrase(status);
    body.status = static_cast<std::int32_t>(status);
    if (!error.message.empty()) body.detail = error.message;
    body.code = error.reason;
    body.request_id = request.request_id;
    if (!error.fields.empty()) {
        body.errors.emplace();
        for (const auto& field : error.fields) body.errors->push_back({field.pointer, field.detail});
    }
    Response response = text_response(status, json::write(body), "application/problem+json");
    response.headers.add("cache-control", "no-store");
    if (error.retry_after_s) response.headers.add("retry-after", std::to_string(*error.retry_after_s));
    return response;
}

Response render_error(const Error& error, const Request& request, unsigned status) {
    if (status == 0) status = http_status(error.code);
    if (!request.renderers) return problem(error, request, status);
    return request.renderers->render(error, status, request);
}

}  // namespace platform::http
