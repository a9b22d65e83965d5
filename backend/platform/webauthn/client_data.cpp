#include "platform/webauthn/client_data.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/json/member.hpp"

#include <boost/json.hpp>

namespace platform::webauthn {
namespace {

constexpr std::size_t max_client_data_bytes = 8 * 1024;  // a challenge, an origin and a few flags

Error malformed_client_data() {
    return {Code::invalid_argument, "webauthn_malformed", "the client data cannot be read"};
}

}  // namespace

Result<ClientData> ClientData::parse(std::string_view text) {
    if (text.size() > max_client_data_bytes) return malformed_client_data();
    boost::system::error_code failure;
    const auto value = boost::json::parse(text, failure);
    if (failure || !value.is_object()) return malformed_client_data();
    const auto& object = value.get_object();
    const auto challenge = crypto::base64url_decode(json::text_member(object, "challenge"));
    if (!challenge) return malformed_client_data();
    const auto* cross_origin = object.if_contains("crossOrigin");
    const bool is_cross_origin = cross_origin && cross_origin->is_bool() && cross_origin->get_bool();
    return ClientData{json::text_member(object, "type"), *challenge, json::text_member(object, "origin"),
                      is_cross_origin || object.contains("topOrigin")};
}

}  // namespace platform::webauthn
