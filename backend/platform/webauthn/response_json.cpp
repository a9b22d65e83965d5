#include "platform/webauthn/response_json.hpp"

#include "platform/crypto/encoding.hpp"

#include <boost/json/value.hpp>

namespace platform::webauthn {
namespace {

std::string_view string_member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

}  // namespace

Error malformed_response(std::string why) {
    return {Code::invalid_argument, "webauthn_malformed", "the credential cannot be read: " + std::move(why)};
}

std::optional<std::string> decoded_member(const boost::json::object& object, std::string_view name) {
    const auto text = string_member(object, name);
    return text.empty() ? std::nullopt : crypto::base64url_decode(text);
}

Result<std::string> credential_id_of(const boost::json::object& json) {
    if (string_member(json, "type") != "public-key") return malformed_response("type");
    if (string_member(json, "id") != string_member(json, "rawId")) return malformed_response("id and rawId differ");
    auto id = decoded_member(json, "rawId");
    if (!id) return malformed_response("rawId");
    return std::move(*id);
}

Result<boost::json::object> inner_response(const boost::json::object& json) {
    const auto* value = json.if_contains("response");
    if (!value || !value->is_object()) return malformed_response("response");
    return value->get_object();
}

}  // namespace platform::webauthn
