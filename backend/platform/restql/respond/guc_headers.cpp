#include "platform/restql/respond/guc_headers.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <set>

namespace platform::restql {
namespace {

ApiError bad_headers() {
    return {.status = 500,
            .code = "PGRST111",
            .message =
                "response.headers guc must be a JSON array composed of objects with a single key and a string value"};
}

ApiError bad_status() {
    return {.status = 500, .code = "PGRST112", .message = "response.status guc must be a valid status code"};
}

/// A line break in a value would be a header of its own.
bool is_field_text(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return false;
    }
    return true;
}

}  // namespace

ApiResult<> apply_overrides(http::Response& response, const StatementResult& result) {
    if (result.response_status) {
        unsigned status = 0;
        const std::string& text = *result.response_status;
        const auto end = std::from_chars(text.data(), text.data() + text.size(), status);
        if (end.ec != std::errc{} || status < 100 || status > 999) return bad_status();
        response.status = status;
    }
    if (!result.response_headers) return {};
    boost::system::error_code failure;
    const auto value = boost::json::parse(*result.response_headers, failure);
    if (failure || !value.is_array()) return bad_headers();
    std::set<std::string> replaced;
    for (const auto& item : value.get_array()) {
        if (!item.is_object() || item.get_object().size() != 1) return bad_headers();
        const auto& [name, text] = *item.get_object().begin();
        if (!text.is_string() || !is_field_text(text.get_string()) || !is_field_text(name)) return bad_headers();
        // The first of a name replaces ours; Set-Cookie may follow several times.
        if (replaced.insert(std::string(name)).second) response.headers.remove(name);
        response.headers.add(std::string(name), std::string(text.get_string()));
    }
    return {};
}

}  // namespace platform::restql
