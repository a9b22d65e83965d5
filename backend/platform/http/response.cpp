#include "platform/http/response.hpp"

#include "platform/http/request.hpp"
#include "platform/http/router.hpp"
#include "platform/json/json.hpp"

#include <array>
#include <boost/describe.hpp>

namespace platform::http {
namespace {

struct Phrase {
    unsigned status;
    std::string_view text;
};

/// The frequent ones first.
constexpr std::array<Phrase, 54> phrases{{
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {418, "I'm a teapot"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {424, "Failed Dependency"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
    {508, "Loop Detected"},
    {511, "Network Authentication Required"},
}};

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

std::string_view text_of(const Body& body) {
    if (const auto* shared = std::get_if<SharedText>(&body)) return shared->text;
    const auto* text = std::get_if<std::string>(&body);
    return text ? std::string_view(*text) : std::string_view();
}

std::string_view reason_phrase(unsigned status) {
    for (const auto& [code, phrase] : phrases) {
        if (code == status) return phrase;
    }
    return "Status";
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
