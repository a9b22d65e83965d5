#include "platform/restql/parse/payload_formats.hpp"
#include "platform/restql/parse/query_string.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace platform::restql {

namespace {

/// One object; of a repeated name the last value counts.
Payload row_of(std::vector<QueryParameter> parameters) {
    std::map<std::string, std::string> values;
    for (auto& [key, value] : parameters) values.insert_or_assign(std::move(key), std::move(value).value_or(""));
    Payload payload{.kind = Payload::Kind::json, .text = "{"};
    for (const auto& [key, value] : values) {
        if (!payload.keys.empty()) payload.text += ',';
        append_json_string(payload.text, key);
        payload.text += ':';
        append_json_string(payload.text, value);
        payload.keys.push_back(key);
    }
    payload.text += '}';
    return payload;
}

Payload arguments_of(std::vector<QueryParameter> parameters) {
    Payload payload{.kind = Payload::Kind::form};
    for (auto& [key, value] : parameters) {
        payload.keys.push_back(key);
        payload.pairs.emplace_back(std::move(key), std::move(value).value_or(""));
    }
    std::ranges::sort(payload.keys);
    payload.keys.erase(std::unique(payload.keys.begin(), payload.keys.end()), payload.keys.end());
    return payload;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < ' ') {
            out.append("\\u00") += hex[byte >> 4u];
            out += hex[byte & 15u];
        } else {
            out += c;
        }
    }
    out += '"';
}

ApiResult<Payload> parse_form(std::string_view text, bool is_call) {
    auto parameters = decode_parameters(text);
    if (!parameters) return std::move(parameters).error();
    return is_call ? arguments_of(std::move(*parameters)) : row_of(std::move(*parameters));
}

}  // namespace platform::restql
