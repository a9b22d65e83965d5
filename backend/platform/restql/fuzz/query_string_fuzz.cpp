// libFuzzer: whatever query string arrives, it is understood or refused as 400 or 416 with a text that is UTF-8; and
// understanding it again says the same. Build: tools/build.sh dev restql-query-string-fuzz
#include "platform/core/text.hpp"
#include "platform/restql/parse/api_request.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace platform;

void require(bool holds) {
    if (!holds) std::abort();
}

void check_refusal(const restql::ApiError& error) {
    require(error.status == 400 || error.status == 416);
    require(error.code == "PGRST100" || error.code == "PGRST103" || error.code == "PGRST114" ||
            error.code == "PGRST102" || error.code == "22021");
    require(is_utf8(error.message) && is_utf8(error.details.value_or("")));
    require(error.code != "PGRST100" || error.details.has_value());
}

void check_request(const restql::ApiRequest& request) {
    require(!request.query.select.empty());
    require(request.window.offset >= 0 && request.window.limit.value_or(0) >= 0);
    require(is_utf8(request.query.canonical));
    for (const auto& [path, window] : request.query.windows) require(!path.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> targets{
        {{"GET", "/items"}, {"GET", "/rpc/f"}, {"PUT", "/items"}, {"POST", "/items"}}};
    if (size == 0) return 0;
    const auto& [method, path] = targets[data[0] % targets.size()];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    // The HTTP server has refused what cannot stand in a request line.
    if (text.find_first_of(std::string_view("\r\n #\0", 5)) != std::string_view::npos) return 0;
    http::Request request;
    request.method_text = method;
    request.target = std::string(path) + "?" + std::string(text);
    request.body = "{}";
    const restql::Options options{.limits = {.embed_depth = 16, .list_items = 1000}};
    const auto parsed = restql::parse_request(request, path, options);
    parsed ? check_request(*parsed) : check_refusal(parsed.error());
    return 0;
}
