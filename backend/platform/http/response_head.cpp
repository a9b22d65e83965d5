#include "platform/http/response_head.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <ctime>

namespace platform::http {
namespace {

std::string_view cached_date() {
    struct Cache {
        std::time_t second = 0;
        std::string text;
    };
    thread_local Cache cache;
    const std::time_t now = std::time(nullptr);
    if (now != cache.second) {
        cache.second = now;
        cache.text = to_http_date(Time(std::chrono::seconds(now)));
    }
    return cache.text;
}

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end);
}

bool is_framing_field(std::string_view name) {
    switch (name.size()) {
        case 4:
            return iequals(name, "date");
        case 10:
            return iequals(name, "connection") || iequals(name, "keep-alive");
        case 14:
            return iequals(name, "content-length");
        case 17:
            return iequals(name, "transfer-encoding");
        default:
            return false;
    }
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

/// RFC 9112 §4: HTAB, SP, VCHAR, obs-text.
void append_reason(std::string& out, const Response& response) {
    if (response.reason.empty()) {
        out += reason_phrase(response.status);
        return;
    }
    for (const char c : response.reason) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f) out += c;
    }
}

}  // namespace

bool may_have_body(Method method, unsigned status) {
    return method != Method::head && status >= 200 && status != 204 && status != 304;
}

void append_head(std::string& out, const Response& response, const Request& request, const Framing& framing) {
    out += framing.is_http_11 ? "HTTP/1.1 " : "HTTP/1.0 ";
    append_number(out, response.status);
    out += ' ';
    append_reason(out, response);
    out += "\r\ndate: ";
    out += cached_date();
    out += "\r\n";
    for (const auto [name, value] : response.headers) {
        if (!is_framing_field(name)) append_field(out, name, value);
    }
    if (!request.request_id.empty()) append_field(out, "x-request-id", request.request_id);
    if (framing.content_length) {
        out += "content-length: ";
        append_number(out, *framing.content_length);
        out += "\r\n";
    } else if (const auto length = response.headers.find("content-length"); length && request.method == Method::head) {
        append_field(out, "content-length", *length);  // a proxied answer to HEAD
    }
    if (framing.is_chunked) out += "transfer-encoding: chunked\r\n";
    if (!framing.keep_alive) {
        out += "connection: close\r\n";
    } else if (!framing.is_http_11) {
        out += "connection: keep-alive\r\n";
    }
    out += "\r\n";
}

}  // namespace platform::http
