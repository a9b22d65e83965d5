#include "platform/webauthn/response_json.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/json/member.hpp"

#include <boost/json/value.hpp>

namespace platform::webauthn {
namespace {}  // namespace

Error malformed_response(std::string why) {
    return {Code::invalid_argument, "webauthn_malformed", "the credential cannot be read: " + std::move(why)};
}

std::optional<std::string> decoded_member(const boost::json::object& object, std::string_view name) {
    const auto text = json::text_member(object, name);
    return text.empty() ? std::nullopt : crypto::base64url_decode(text);
}

Result<std::string> credential_id_of(const boost::json::object& json) {
    if (json::text_member(json, "type") != "public-key") return malformed_response("type");
    if (json::text_member(json, "id") != json::text_member(json, "rawId"))
        return malformed_response("id and rawId differ");
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
