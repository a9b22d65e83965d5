#include "platform/http/trace_context.hpp"

#include <algorithm>
#include <random>

namespace platform::http {
namespace {

/// Ids need to be distinct, not secret: a generator per thread, seeded by the system, costs no system call.
std::uint64_t random_word() {
    thread_local std::mt19937_64 generator = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return generator();
}

void append_hex(std::string& out, std::uint64_t word) {
    constexpr std::string_view hex = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) out += hex[(word >> shift) & 15];
}

bool is_lower_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_zero(std::string_view text) {
    return text.find_first_not_of('0') == std::string_view::npos;
}

/// The trace id of a valid traceparent; versions above 00 may have more behind the flags.
std::string_view trace_of(std::string_view parent) {
    constexpr std::size_t size_00 = 55;
    if (parent.size() < size_00 || parent[2] != '-' || parent[35] != '-' || parent[52] != '-') return {};
    const auto version = parent.substr(0, 2);
    const auto trace = parent.substr(3, 32);
    const auto span = parent.substr(36, 16);
    const bool is_hex =
        is_lower_hex(version) && is_lower_hex(trace) && is_lower_hex(span) && is_lower_hex(parent.substr(53, 2));
    if (!is_hex || version == "ff" || is_zero(trace) || is_zero(span)) return {};
    if (parent.size() > size_00 && (version == "00" || parent[size_00] != '-')) return {};
    return trace;
}

bool is_request_id(std::string_view text) {
    constexpr std::size_t max_size = 64;
    return !text.empty() && text.size() <= max_size && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.';
    });
}

}  // namespace

void assign_ids(Request& request, bool is_trusted_peer) {
    std::string_view given;
    if (request.headers.count("traceparent") == 1) given = trace_of(request.header("traceparent"));
    if (is_trusted_peer && !given.empty()) {
        request.trace_id = given;
    } else {
        append_hex(request.trace_id, random_word());
        append_hex(request.trace_id, random_word() | 1);  // never all zero
        request.linked_trace_id = given;
    }
    append_hex(request.span_id, random_word() | 1);
    const auto id = request.header("x-request-id");
    request.request_id = is_request_id(id) ? id : std::string_view(request.trace_id);
}

}  // namespace platform::http
