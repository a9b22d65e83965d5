// libFuzzer: a body of any type is refused, or it is what it is said to be: JSON that another parser accepts, whose
// objects have the keys that are told. The first byte chooses the type. Build: tools/build.sh dev restql-body-fuzz
#include "platform/core/text.hpp"
#include "platform/restql/parse/payload.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace platform;

void require(bool holds) {
    if (!holds) std::abort();
}

boost::json::value parse(std::string_view text, boost::system::error_code& error) {
    boost::json::parse_options options;
    options.max_depth = 1000;
    return boost::json::parse(text, error, {}, options);
}

void check_row(const boost::json::value& row, const std::vector<std::string>& keys) {
    require(row.is_object());
    for (const auto& member : row.get_object()) {
        require(std::ranges::binary_search(keys, std::string_view(member.key())));
    }
    require(row.get_object().size() == keys.size());
}

void check_json(const restql::Payload& payload) {
    require(std::ranges::is_sorted(payload.keys));
    if (payload.text.empty()) return;  // a call without arguments
    boost::system::error_code error;
    const auto value = parse(payload.text, error);
    // A number with a huge exponent is JSON; only Boost cannot hold it.
    if (error == boost::json::error::exponent_overflow) return;
    require(!error && value.is_array() == payload.is_array);
    if (!payload.is_array) return check_row(value, payload.keys);
    require(value.get_array().size() == payload.rows);
    for (const auto& row : value.get_array()) check_row(row, payload.keys);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array<std::string_view, 6> types{"application/json", "application/x-ndjson",
                                                    "text/csv",         "application/x-www-form-urlencoded",
                                                    "text/plain",       "application/octet-stream"};
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto type = restql::parse_media_type(types[data[0] % types.size()]);
    const bool is_call = data[0] / types.size() % 2 == 1;
    const auto payload = restql::parse_payload(type, std::string(text), {.is_call = is_call});
    if (payload) {
        if (payload->kind == restql::Payload::Kind::json) check_json(*payload);
    } else {
        require(payload.error().status == 400 && is_utf8(payload.error().message));
    }
    if (type.kind == restql::MediaType::Kind::json && !payload && payload.error().message == "Empty or invalid json") {
        boost::system::error_code error;
        parse(text, error);
        require(error.failed());
    }
    return 0;
}
