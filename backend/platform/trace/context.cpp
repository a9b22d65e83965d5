#include "platform/trace/context.hpp"

#include <random>

namespace platform::trace {
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
    constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) out += digits[(word >> shift) & 15];
}

/// Lower-case digits only, as the specification has it.
std::optional<std::uint64_t> parse_hex(std::string_view text) {
    std::uint64_t word = 0;
    for (const char c : text) {
        const bool is_decimal = c >= '0' && c <= '9';
        if (!is_decimal && (c < 'a' || c > 'f')) return std::nullopt;
        word = word << 4 | static_cast<std::uint64_t>(is_decimal ? c - '0' : c - 'a' + 10);
    }
    return word;
}

}  // namespace

TraceId new_trace_id() {
    return {random_word(), random_word() | 1};
}

SpanId new_span_id() {
    return random_word() | 1;
}

std::string to_hex(const TraceId& id) {
    std::string text;
    text.reserve(32);
    append_hex(text, id.high);
    append_hex(text, id.low);
    return text;
}

std::string to_hex(SpanId id) {
    std::string text;
    text.reserve(16);
    append_hex(text, id);
    return text;
}

std::optional<SpanContext> parse_traceparent(std::string_view text) {
    constexpr std::size_t size_00 = 55;
    if (text.size() < size_00 || text[2] != '-' || text[35] != '-' || text[52] != '-') return std::nullopt;
    const auto version = parse_hex(text.substr(0, 2));
    const auto high = parse_hex(text.substr(3, 16));
    const auto low = parse_hex(text.substr(19, 16));
    const auto span = parse_hex(text.substr(36, 16));
    const auto flags = parse_hex(text.substr(53, 2));
    if (!version || !high || !low || !span || !flags) return std::nullopt;
    if (*version == 0xff || (*high | *low) == 0 || *span == 0) return std::nullopt;
    // Versions above 00 may have more behind the flags.
    if (text.size() > size_00 && (*version == 0 || text[size_00] != '-')) return std::nullopt;
    return SpanContext{{*high, *low}, *span, (*flags & 1) != 0};
}

std::string to_traceparent(const SpanContext& context) {
    std::string text = "00-";
    text.reserve(55);
    append_hex(text, context.trace_id.high);
    append_hex(text, context.trace_id.low);
    text += '-';
    append_hex(text, context.span_id);
    text += context.is_sampled ? "-01" : "-00";
    return text;
}

}  // namespace platform::trace
