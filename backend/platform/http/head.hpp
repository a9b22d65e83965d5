#pragma once

#include "platform/http/server.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace platform::http {

/// An answer of the server itself to a request it does not pass on.
struct Refusal {
    unsigned status = 0;
    std::string_view reason{};
    std::string_view message{};
};

/// uri-host[:port] as the Host field must have it (RFC 9112 §3.2); IP literals in brackets, no user information.
bool is_valid_host(std::string_view host);
/// Whether `host` is in the allow-list (entries: host, or host:port); an empty list allows every valid host.
bool is_allowed_host(std::string_view host, const std::vector<std::string>& allowed);

/// Checks the raw head of a request, line by line as it arrives, before Beast sees it. Beast 1.81 by itself lets
/// request smuggling through (gateway-security.md §6.3); what passes here has one meaning only.
class HeadValidator {
public:
    enum class State { incomplete, complete, refused };

    HeadValidator(const ServerLimits& limits, const std::vector<std::string>& allowed_hosts)
        : limits_(limits), allowed_hosts_(allowed_hosts) {}

    /// `buffer` begins with the request line; call it again with the same bytes and more.
    State feed(std::string_view buffer);
    void reset();

    const Refusal& refusal() const { return refusal_; }
    /// The facts of a complete head: it is buffer[begin, end).
    std::size_t begin() const { return begin_; }
    std::size_t end() const { return position_; }
    bool is_http_11() const { return is_http_11_; }
    bool is_chunked() const { return has_transfer_encoding_; }
    std::uint64_t content_length() const { return content_length_.value_or(0); }
    bool has_body() const { return has_transfer_encoding_ || content_length() > 0; }
    bool expects_continue() const { return expects_continue_; }
    bool keep_alive() const { return is_http_11_ ? !wants_close_ : wants_keep_alive_ && !wants_close_; }
    /// The target line is known even when a later line is refused: the answer has the shape of its route family.
    std::string_view method(std::string_view buffer) const { return buffer.substr(begin_, method_size_); }
    std::string_view target(std::string_view buffer) const { return buffer.substr(target_begin_, target_size_); }
    /// Bytes of "http://host" in front of the path of an absolute-form target.
    std::size_t origin_size() const { return origin_size_; }

private:
    State refuse(unsigned status, std::string_view reason, std::string_view message);
    State check_open_line(std::string_view rest);
    bool check_line(std::string_view line);
    bool check_request_line(std::string_view line);
    bool check_target(std::string_view method, std::string_view target);
    bool check_absolute(std::string_view target);
    bool check_version(std::string_view version);
    bool check_field(std::string_view line);
    bool check_known_field(std::string_view name, std::string_view value);
    bool check_host(std::string_view host);
    bool check_transfer_encoding(std::string_view value);
    bool check_content_length(std::string_view value);
    bool check_expect(std::string_view value);
    bool note_singleton(std::string_view name);
    State check_whole();

    const ServerLimits& limits_;
    const std::vector<std::string>& allowed_hosts_;
    Refusal refusal_{};
    std::size_t begin_ = 0;
    std::size_t position_ = 0;  // where the next line begins
    std::size_t scanned_ = 0;   // no line feed before this
    std::size_t fields_begin_ = 0;
    std::size_t field_count_ = 0;
    std::size_t origin_size_ = 0;
    std::size_t method_size_ = 0;
    std::size_t target_begin_ = 0;
    std::size_t target_size_ = 0;
    std::uint32_t singletons_seen_ = 0;
    std::optional<std::uint64_t> content_length_{};
    std::string host_{};       // of the Host field
    std::string authority_{};  // of an absolute-form target
    bool has_request_line_ = false;
    bool is_http_11_ = false;
    bool has_host_ = false;
    bool has_transfer_encoding_ = false;
    bool expects_continue_ = false;
    bool wants_close_ = false;
    bool wants_keep_alive_ = false;
};

}  // namespace platform::http
