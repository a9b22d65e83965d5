#include "platform/http/head.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace platform::http {
namespace {

/// Fields that must not come twice: two values would let a proxy and us read different ones.
constexpr std::array<std::string_view, 9> singletons{"host",         "content-length",  "transfer-encoding",
                                                     "content-type", "authorization",   "apikey",
                                                     "expect",       "idempotency-key", "range"};

constexpr std::array<bool, 256> make_token_table() {
    std::array<bool, 256> table{};
    for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = true;
    for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = true;
    for (const char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] = true;
    return table;
}
constexpr auto token_table = make_token_table();

bool is_token(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return token_table[static_cast<unsigned char>(c)]; });
}

/// field-vchar, SP, HTAB and obs-text (RFC 9110 §5.5); no other control byte.
bool is_field_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
    });
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_port(std::string_view text) {
    constexpr std::size_t max_digits = 5;
    if (!is_digits(text) || text.size() > max_digits) return false;
    unsigned port = 0;
    std::from_chars(text.data(), text.data() + text.size(), port);
    return port > 0 && port <= 65535;
}

bool is_ip_literal(std::string_view text) {
    return text.size() >= 4 && text.front() == '[' && text.back() == ']' &&
           std::ranges::all_of(text.substr(1, text.size() - 2), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' ||
                      c == '.';
           });
}

bool is_host_name(std::string_view text) {
    constexpr std::size_t max_name = 253;  // RFC 1035 §2.3.4
    return !text.empty() && text.size() <= max_name && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
               c == '_';
    });
}

/// Where the host ends and a port begins; npos without a port.
std::size_t port_colon(std::string_view host) {
    const auto bracket = host.rfind(']');
    const auto colon = host.rfind(':');
    if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) {
        return std::string_view::npos;
    }
    return colon;
}

}  // namespace

bool is_valid_host(std::string_view host) {
    const auto colon = port_colon(host);
    if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) return false;
    const auto name = host.substr(0, colon);
    return is_host_name(name) || is_ip_literal(name);
}

bool is_allowed_host(std::string_view host, const std::vector<std::string>& allowed) {
    if (allowed.empty()) return true;
    const auto name = host.substr(0, port_colon(host));
    return std::ranges::any_of(allowed,
                               [&](const auto& entry) { return iequals(entry, host) || iequals(entry, name); });
}

void HeadValidator::reset() {
    refusal_ = {};
    begin_ = position_ = scanned_ = fields_begin_ = field_count_ = origin_size_ = 0;
    method_size_ = target_begin_ = target_size_ = 0;
    singletons_seen_ = 0;
    content_length_.reset();
    host_.clear();
    authority_.clear();
    has_request_line_ = is_http_11_ = has_host_ = has_transfer_encoding_ = false;
    expects_continue_ = wants_close_ = wants_keep_alive_ = false;
}

HeadValidator::State HeadValidator::refuse(unsigned status, std::string_view reason, std::string_view message) {
    refusal_ = {status, reason, message};
    return State::refused;
}

HeadValidator::State HeadValidator::feed(std::string_view buffer) {
    while (true) {
        const auto newline = buffer.find('\n', std::max(position_, scanned_));
        if (newline == std::string_view::npos) {
            scanned_ = buffer.size();  // a peer that sends single bytes must not make us search from the start again
            return check_open_line(buffer.substr(position_));
        }
        if (newline == position_ || buffer[newline - 1] != '\r') {
            return refuse(400, "malformed_request", "Lines must end with CR LF.");
        }
        const auto line = buffer.substr(position_, newline - 1 - position_);
        position_ = newline + 1;
        if (has_request_line_ && line.empty()) return check_whole();
        if (!check_line(line)) return State::refused;
    }
}

/// A line that has not ended yet: only its size counts, and whether this is HTTP at all.
HeadValidator::State HeadValidator::check_open_line(std::string_view rest) {
    if (has_request_line_) {
        if (position_ - fields_begin_ + rest.size() > limits_.header_bytes) {
            return refuse(431, "headers_too_large", "The header fields are too large.");
        }
        return State::incomplete;
    }
    if (rest.size() > limits_.request_line_bytes) {
        return refuse(414, "uri_too_long", "The request target is too long.");
    }
    const auto first = rest.empty() ? 'G' : rest.front();
    // A TLS hello or other noise shows in the first byte; waiting for a line end would only keep the peer waiting.
    if (first != '\r' && !token_table[static_cast<unsigned char>(first)]) {
        return refuse(400, "malformed_request", "This is not an HTTP request.");
    }
    return State::incomplete;
}

bool HeadValidator::check_line(std::string_view line) {
    if (has_request_line_) {
        if (position_ - fields_begin_ > limits_.header_bytes || ++field_count_ > limits_.header_count) {
            refuse(431, "headers_too_large", "There are too many header fields.");
            return false;
        }
        return check_field(line);
    }
    // One empty line before the request is tolerated (RFC 9112 §2.2): old clients send it after a POST body.
    if (line.empty() && position_ == 2) {
        begin_ = position_;
        return true;
    }
    if (line.size() > limits_.request_line_bytes) {
        refuse(414, "uri_too_long", "The request target is too long.");
        return false;
    }
    has_request_line_ = true;
    fields_begin_ = position_;
    return check_request_line(line);
}

bool HeadValidator::check_request_line(std::string_view line) {
    const auto first_space = line.find(' ');
    const auto last_space = line.rfind(' ');
    const auto method = line.substr(0, first_space);
    if (first_space == std::string_view::npos || first_space == last_space || !is_token(method)) {
        refuse(400, "malformed_request", "The request line must be: method, target, version.");
        return false;
    }
    const auto target = line.substr(first_space + 1, last_space - first_space - 1);
    if (!check_version(line.substr(last_space + 1)) || !check_target(method, target)) return false;
    method_size_ = method.size();
    target_begin_ = begin_ + first_space + 1 + origin_size_;
    target_size_ = target.size() - origin_size_;
    return true;
}

bool HeadValidator::check_version(std::string_view version) {
    is_http_11_ = version == "HTTP/1.1";
    if (is_http_11_ || version == "HTTP/1.0") return true;
    const bool is_http = version.size() == 8 && version.starts_with("HTTP/") && is_digits(version.substr(5, 1)) &&
                         version[6] == '.' && is_digits(version.substr(7));
    if (is_http) {
        refuse(505, "http_version_not_supported", "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    } else {
        refuse(400, "malformed_request", "The protocol version is malformed.");
    }
    return false;
}

bool HeadValidator::check_target(std::string_view method, std::string_view target) {
    const bool is_clean = !target.empty() && std::ranges::all_of(target, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte < 0x7f && byte != '#';
    });
    if (!is_clean) {
        refuse(400, "malformed_target", "The request target has characters that must be percent-encoded.");
        return false;
    }
    if (target.front() == '/') return true;
    if (method == "CONNECT") {
        refuse(501, "not_implemented", "CONNECT is not supported.");
        return false;
    }
    if (target == "*" && method == "OPTIONS") return true;
    return check_absolute(target);
}

bool HeadValidator::check_absolute(std::string_view target) {
    const auto scheme_end = target.find("://");
    const auto scheme = target.substr(0, scheme_end);
    if (scheme_end == std::string_view::npos || (!iequals(scheme, "http") && !iequals(scheme, "https"))) {
        refuse(400, "malformed_target", "The request target must begin with a slash.");
        return false;
    }
    const auto begin = scheme_end + 3;
    const auto end = std::min(target.find_first_of("/?", begin), target.size());
    authority_ = target.substr(begin, end - begin);
    origin_size_ = end;
    if (!is_valid_host(authority_)) {
        refuse(400, "malformed_target", "The request target has a malformed host.");
        return false;
    }
    return true;
}

bool HeadValidator::check_field(std::string_view line) {
    const auto colon = line.find(':');
    if (line.empty() || line.front() == ' ' || line.front() == '\t') {
        refuse(400, "malformed_header", "Folded header lines are not accepted.");
        return false;
    }
    const auto name = line.substr(0, colon);
    if (colon == std::string_view::npos || !is_token(name)) {
        refuse(400, "malformed_header", "A header field name is malformed.");
        return false;
    }
    const auto value = line.substr(colon + 1);
    if (!is_field_value(value)) {
        refuse(400, "malformed_header", "A header field value has control bytes.");
        return false;
    }
    return check_known_field(name, trimmed(value, " \t"));
}

bool HeadValidator::note_singleton(std::string_view name) {
    for (std::size_t i = 0; i < singletons.size(); ++i) {
        if (!iequals(singletons[i], name)) continue;
        const std::uint32_t bit = 1U << i;
        if (singletons_seen_ & bit) {
            refuse(400, "repeated_header", "A header field that must be unique came twice.");
            return false;
        }
        singletons_seen_ |= bit;
        return true;
    }
    return true;
}

bool HeadValidator::check_known_field(std::string_view name, std::string_view value) {
    if (!note_singleton(name)) return false;
    if (iequals(name, "host")) return check_host(value);
    if (iequals(name, "transfer-encoding")) return check_transfer_encoding(value);
    if (iequals(name, "content-length")) return check_content_length(value);
    if (iequals(name, "expect")) return check_expect(value);
    if (iequals(name, "connection")) {
        wants_close_ = wants_close_ || has_token(value, "close");
        wants_keep_alive_ = wants_keep_alive_ || has_token(value, "keep-alive");
    }
    return true;
}

bool HeadValidator::check_host(std::string_view host) {
    has_host_ = true;
    if (!is_valid_host(host)) {
        refuse(400, "malformed_host", "The Host field is malformed.");
        return false;
    }
    host_ = host;
    return true;
}

bool HeadValidator::check_transfer_encoding(std::string_view value) {
    has_transfer_encoding_ = true;
    // A 1.0 proxy in front would not know where this body ends: checked first, it is an attack and not a feature.
    if (!is_http_11_) {
        refuse(400, "malformed_framing", "HTTP/1.0 has no transfer encodings.");
        return false;
    }
    if (!iequals(value, "chunked")) {
        refuse(501, "transfer_encoding_not_supported", "The only transfer encoding is chunked.");
        return false;
    }
    return true;
}

bool HeadValidator::check_content_length(std::string_view value) {
    std::uint64_t length = 0;
    const auto end = value.data() + value.size();
    const bool is_number = is_digits(value) && std::from_chars(value.data(), end, length).ec == std::errc();
    // The top bit is kept free, so that sums of lengths and offsets cannot wrap.
    if (!is_number || length > std::uint64_t(INT64_MAX)) {
        refuse(400, "malformed_framing", "Content-Length is malformed.");
        return false;
    }
    content_length_ = length;
    return true;
}

bool HeadValidator::check_expect(std::string_view value) {
    expects_continue_ = iequals(value, "100-continue");
    if (!expects_continue_) refuse(417, "expectation_failed", "The only expectation is 100-continue.");
    return expects_continue_;
}

HeadValidator::State HeadValidator::check_whole() {
    if (has_transfer_encoding_ && content_length_) {
        return refuse(400, "malformed_framing", "Content-Length and Transfer-Encoding exclude each other.");
    }
    if (is_http_11_ && !has_host_) return refuse(400, "malformed_host", "The Host field is missing.");
    if (!authority_.empty() && has_host_ && !iequals(authority_, host_)) {
        return refuse(400, "malformed_host", "The target and the Host field name different hosts.");
    }
    const std::string_view host = authority_.empty() ? host_ : authority_;
    if (!host.empty() && !is_allowed_host(host, allowed_hosts_)) {
        return refuse(421, "misdirected_request", "This host is not served here.");
    }
    if (!is_http_11_) expects_continue_ = false;  // RFC 9110 §10.1.1
    return State::complete;
}

}  // namespace platform::http
