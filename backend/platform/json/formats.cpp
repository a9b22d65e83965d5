#include "platform/json/formats.hpp"

#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <string>

namespace platform::json {
namespace {

bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_label(std::string_view label) {
    constexpr std::size_t max_label = 63;  // RFC 1035 §2.3.4
    if (label.empty() || label.size() > max_label || label.front() == '-' || label.back() == '-') return false;
    return std::ranges::all_of(label, [](char c) { return is_alnum(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
    std::size_t labels = 0;
    while (true) {
        const auto dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) return false;
        ++labels;
        if (dot == std::string_view::npos) return labels >= 2;
        domain.remove_prefix(dot + 1);
    }
}

bool is_mailbox_name(std::string_view local) {
    constexpr std::size_t max_local = 64;  // RFC 5321 §4.5.3.1.1
    if (local.empty() || local.size() > max_local || local.front() == '.' || local.back() == '.') return false;
    if (local.find("..") != std::string_view::npos) return false;
    return std::ranges::all_of(local, [](char c) {
        return is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
    });
}

bool read_number(std::string_view text, int& out) {
    if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return false;
    return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc();
}

}  // namespace

bool is_email(std::string_view text) {
    constexpr std::size_t max_address = 254;  // RFC 5321 §4.5.3.1.3 less the angle brackets
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || text.size() > max_address) return false;
    return is_mailbox_name(text.substr(0, at)) && is_domain(text.substr(at + 1));
}

bool is_http_url(std::string_view text) {
    constexpr std::size_t max_url = 2048;
    const bool is_https = text.starts_with("https://");
    if (!is_https && !text.starts_with("http://")) return false;
    const auto rest = text.substr(is_https ? 8 : 7);
    if (rest.empty() || rest.front() == '/' || rest.front() == ':' || text.size() > max_url) return false;
    return std::ranges::none_of(text, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
    });
}

bool is_slug(std::string_view text) {
    if (text.empty() || text.front() == '-' || text.back() == '-') return false;
    return std::ranges::all_of(text,
                               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_date(std::string_view text) {
    int year = 0, month = 0, day = 0;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    if (!read_number(text.substr(0, 4), year) || !read_number(text.substr(5, 2), month) ||
        !read_number(text.substr(8, 2), day)) {
        return false;
    }
    // Year 0 is not a year of the calendar PostgreSQL keeps.
    return year > 0 && std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(unsigned(month)),
                                                   std::chrono::day(unsigned(day)))
                           .ok();
}

bool has_format(std::string_view format, std::string_view text) {
    if (format == "email") return is_email(text);
    if (format == "uri") return is_http_url(text);
    if (format == "slug") return is_slug(text);
    if (format == "date") return is_date(text);
    if (format == "uuid") return parse_uuid(text).has_value();
    if (format == "date-time") return parse_rfc3339(text).has_value();
    throw std::logic_error("json: unknown format " + std::string(format));
}

std::string_view format_description(std::string_view format) {
    if (format == "email") return "an e-mail address";
    if (format == "uri") return "an http or https address";
    if (format == "slug") return "lower-case letters, digits and hyphens";
    if (format == "date") return "a date such as 2026-01-31";
    if (format == "uuid") return "a UUID";
    return "a date and time such as 2026-01-31T09:00:00Z";
}

}  // namespace platform::json
