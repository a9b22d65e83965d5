// libFuzzer: whatever Prefer, Accept, Content-Type, Range and profile headers arrive, they are understood or refused
// with a text that is UTF-8, and what is said back is understood as the same. The input is one header's value in a
// line, in this order. Build: tools/build.sh dev restql-headers-fuzz
#include "platform/core/text.hpp"
#include "platform/restql/parse/api_request.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace platform;

void require(bool holds) {
    if (!holds) std::abort();
}

/// A type that is told is read as the same type.
void check_media_type(const restql::MediaType& type) {
    const auto told = restql::mime(type);
    require(is_utf8(told));
    if (type.kind == restql::MediaType::Kind::other) return;
    const auto again = restql::parse_media_type(told);
    require(again.kind == type.kind && again.explain == type.explain);
}

void check_preferences(const restql::Preferences& preferences) {
    const auto applied = restql::preference_applied(preferences);
    http::Headers headers;
    headers.add("Prefer", applied);
    const auto again = restql::parse_preferences(headers, true);
    require(again.invalid.empty());
    require(restql::preference_applied(again) == applied);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array<std::string_view, 6> names{"Prefer", "Accept",         "Content-Type",
                                                    "Range",  "Accept-Profile", "Content-Profile"};
    std::string_view text(reinterpret_cast<const char*>(data), size);
    // The HTTP server has refused what cannot stand in a header.
    if (std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7f; })) return 0;
    http::Request request;
    request.body = "a=1";
    for (const auto name : names) {
        const auto end = std::min(text.find('\n'), text.size());
        request.headers.add(name, trimmed(text.substr(0, end), " \t"));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const bool is_write = size % 2 == 1;
    request.method_text = is_write ? "POST" : "GET";
    request.target = is_write ? "/rpc/f" : "/items";
    const restql::Options options{.schemas = {"public", "api"}, .tx_allow_override = true, .ndjson = true};
    const auto parsed = restql::parse_request(request, request.target, options);
    if (!parsed) {
        require(is_utf8(parsed.error().message));
        return 0;
    }
    for (const auto& type : parsed->accepts) check_media_type(type);
    check_media_type(parsed->content_type);
    check_preferences(parsed->preferences);
    require(parsed->window.offset >= 0);
    return 0;
}
