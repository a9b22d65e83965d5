// libFuzzer: the fields of a request that say who calls (Cookie, Authorization, apikey) and its query: reading them
// never fails, and a cookie that was found is one that was sent. Build: tools/build.sh dev http-cookie-fuzz
#include "platform/http/request.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// Control bytes do not come this far: the head validator refuses them, and so does Headers.
std::string without_control_bytes(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    }
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string clean = without_control_bytes({reinterpret_cast<const char*>(data), size});
    const std::string_view text = clean;
    platform::http::Request request;
    const auto half = text.size() / 2;
    request.headers.add("Cookie", text.substr(0, half));
    request.headers.add("Cookie", text.substr(half));
    request.headers.add("Authorization", text);
    for (const std::string_view name : {"session", "tt_device", "", "a", "__Host-x"}) {
        const auto value = request.cookie(name);
        if (!value) continue;
        require(text.find(*value) != std::string_view::npos);
        require(value->find(';') == std::string_view::npos);
    }
    require(request.header("authorization") == text);
    request.target = "/p?" + std::string(text);
    for (const auto& [name, value] : request.query_params()) require(name.size() + value.size() <= 3 * text.size() + 3);
    static_cast<void>(request.query_param("access_token"));
    return 0;
}
