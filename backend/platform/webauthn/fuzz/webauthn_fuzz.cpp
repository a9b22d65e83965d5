// libFuzzer: whatever an authenticator or a browser sends, it is refused by name or it is what it is said to be: a key
// that can be read again, an id within its bounds, a signature that was really made. The first byte chooses the part.
// Build: tools/build.sh dev webauthn-fuzz
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/webauthn/assertion.hpp"
#include "platform/webauthn/cbor.hpp"
#include "platform/webauthn/client_data.hpp"
#include "platform/webauthn/public_key.hpp"
#include "platform/webauthn/registration.hpp"

#include <boost/json/parse.hpp>

#include <cstdint>
#include <cstdlib>

namespace {

using namespace platform;

const webauthn::RelyingParty party{"localhost", "Example", {"http://localhost:5173"}};
const webauthn::Ceremony ceremony{std::string(32, 'c'), webauthn::UserVerification::preferred};

void require(bool holds) {
    if (!holds) std::abort();
}

template <class T>
void require_named(const Result<T>& result) {
    if (!result) require(!result.error().reason.empty() && result.error().code == Code::invalid_argument);
}

/// A registration whose client data is right, so that the attestation decides.
void register_with(std::string_view attestation) {
    webauthn::RegistrationResponse response;
    response.client_data_json = R"({"type":"webauthn.create","challenge":")" +
                                crypto::base64url_encode(ceremony.challenge) +
                                R"(","origin":"http://localhost:5173","crossOrigin":false})";
    response.attestation_object = attestation;
    // The id that the attestation names, where it can be found: it must not end there.
    if (const auto value = webauthn::cbor::parse(attestation); value && value->as<webauthn::cbor::Map>()) {
        const auto data = webauthn::AuthenticatorData::parse(
            webauthn::cbor::bytes_member(*value->as<webauthn::cbor::Map>(), "authData"));
        if (data && data->credential) response.credential_id = data->credential->id;
    }
    const auto made = webauthn::verify_registration(party, ceremony, response);
    require_named(made);
    if (!made) return;
    require(!made->id.empty() && made->id.size() <= 1023);
    require(webauthn::PublicKey::from_cose(made->public_key).has_value());
    require(made->is_backup_eligible || !made->is_backed_up);
}

/// An assertion under a key nobody has the private part of: none may be accepted.
void assert_with(std::string_view bytes) {
    static const std::string key = crypto::hex_decode(
                                       "a5010203262001215820"
                                       "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296225820"
                                       "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
                                       .value();
    webauthn::AssertionResponse response;
    response.client_data_json = R"({"type":"webauthn.get","challenge":")" +
                                crypto::base64url_encode(ceremony.challenge) + R"(","origin":"http://localhost:5173"})";
    const std::size_t half = bytes.size() / 2;
    response.authenticator_data = crypto::sha256(party.id) + std::string(bytes.substr(0, half));
    response.signature = bytes.substr(half);
    const auto assertion = webauthn::verify_assertion(party, ceremony, {key, 0, false}, response);
    require_named(assertion);
}

void parse_json(std::string_view text) {
    boost::system::error_code error;
    const auto value = boost::json::parse(text, error);
    if (error || !value.is_object()) return;
    require_named(webauthn::RegistrationResponse::parse(value.get_object()));
    require_named(webauthn::AssertionResponse::parse(value.get_object()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 6) {
        case 0:
            register_with(bytes);
            break;
        case 1:
            assert_with(bytes);
            break;
        case 2:
            require_named(webauthn::AuthenticatorData::parse(bytes));
            break;
        case 3:
            require_named(webauthn::PublicKey::from_cose(bytes));
            break;
        case 4:
            require_named(webauthn::ClientData::parse(bytes));
            break;
        default:
            parse_json(bytes);
    }
    return 0;
}
