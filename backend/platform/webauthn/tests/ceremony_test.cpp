#include "platform/crypto/encoding.hpp"
#include "platform/crypto/random.hpp"
#include "platform/testing/software_authenticator.hpp"
#include "platform/webauthn/assertion.hpp"
#include "platform/webauthn/options.hpp"
#include "platform/webauthn/public_key.hpp"
#include "platform/webauthn/registration.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace platform::webauthn {
namespace {

using testing::SoftwareAuthenticator;
using Algorithm = SoftwareAuthenticator::Algorithm;

const RelyingParty party{"localhost", "Example", {"http://localhost:5173", "https://localhost"}};

Ceremony new_ceremony(UserVerification verification = UserVerification::preferred) {
    return {crypto::random_bytes(challenge_bytes), verification};
}

boost::json::object creation(const Ceremony& ceremony) {
    return creation_options(party, ceremony, {std::string(16, 'u'), "ada@example.com", "Ada"}, {}, true);
}

Result<NewCredential> registered(SoftwareAuthenticator& key, const Ceremony& ceremony) {
    const auto response = RegistrationResponse::parse(key.create(creation(ceremony)));
    if (!response) return response.error();
    return verify_registration(party, ceremony, *response);
}

Result<Assertion> asserted(SoftwareAuthenticator& key, const Ceremony& ceremony, const StoredCredential& stored) {
    const auto response = AssertionResponse::parse(key.get(request_options(party, ceremony, {})));
    if (!response) return response.error();
    return verify_assertion(party, ceremony, stored, *response);
}

StoredCredential stored_of(const NewCredential& credential) {
    return {credential.public_key, credential.sign_count, credential.is_backup_eligible};
}

class EveryAlgorithm : public ::testing::TestWithParam<Algorithm> {};

// WebAuthn L3 §7.1, §7.2: ES256, EdDSA and RS256 verify.
TEST_P(EveryAlgorithm, RegistersAndSignsIn) {
    SoftwareAuthenticator key(GetParam());
    key.sign_count = 5;
    const auto credential = registered(key, new_ceremony());
    ASSERT_TRUE(credential) << credential.error().message;
    EXPECT_EQ(credential->id, key.credential_id());
    EXPECT_EQ(credential->public_key, key.cose_key());
    EXPECT_EQ(credential->sign_count, 5U);
    EXPECT_TRUE(credential->is_user_verified);
    EXPECT_EQ(credential->transports, std::vector<std::string>{"usb"});
    const auto assertion = asserted(key, new_ceremony(), stored_of(*credential));
    ASSERT_TRUE(assertion) << assertion.error().message;
    EXPECT_EQ(assertion->sign_count, 6U);
}

TEST_P(EveryAlgorithm, SelfAttestationIsChecked) {
    SoftwareAuthenticator key(GetParam());
    key.has_self_attestation = true;
    const Ceremony ceremony = new_ceremony();
    EXPECT_TRUE(registered(key, ceremony));
    auto response = RegistrationResponse::parse(key.create(creation(ceremony))).value();
    response.client_data_json.insert(1, " ");  // the same JSON, another hash
    const auto bent = verify_registration(party, ceremony, response);
    ASSERT_FALSE(bent);
    EXPECT_EQ(bent.error().reason, "webauthn_refused");
}

INSTANTIATE_TEST_SUITE_P(Ceremony, EveryAlgorithm,
                         ::testing::Values(Algorithm::es256, Algorithm::eddsa, Algorithm::rs256));

// WebAuthn L3 §7.1 steps 7–19: every lie is refused.
TEST(Registration, LiesAreRefused) {
    struct Lie {
        const char* name;
        void (*tell)(SoftwareAuthenticator&);
    };
    const Lie lies[] = {
        {"a foreign origin", [](SoftwareAuthenticator& key) { key.origin = "http://localhost:5174"; }},
        {"an origin that begins alike", [](SoftwareAuthenticator& key) { key.origin = "https://localhost.evil"; }},
        {"another relying party", [](SoftwareAuthenticator& key) { key.rp_id = "evil.example"; }},
        {"nobody present", [](SoftwareAuthenticator& key) { key.is_user_present = false; }},
        {"nobody verified", [](SoftwareAuthenticator& key) { key.is_user_verified = false; }},
        {"backed up, not eligible", [](SoftwareAuthenticator& key) { key.is_backed_up = true; }},
        {"within a foreign page", [](SoftwareAuthenticator& key) { key.is_cross_origin = true; }},
    };
    for (const Lie& lie : lies) {
        SoftwareAuthenticator key;
        lie.tell(key);
        const auto credential = registered(key, new_ceremony(UserVerification::required));
        ASSERT_FALSE(credential) << lie.name;
        EXPECT_EQ(credential.error().reason, "webauthn_refused") << lie.name;
    }
}

TEST(Registration, AnotherChallengeOrTypeIsRefused) {
    SoftwareAuthenticator key;
    const auto response = RegistrationResponse::parse(key.create(creation(new_ceremony()))).value();
    EXPECT_EQ(verify_registration(party, new_ceremony(), response).error().message, "another challenge");
    const Ceremony ceremony = new_ceremony();
    auto mixed = RegistrationResponse::parse(key.create(creation(ceremony))).value();
    mixed.client_data_json.replace(mixed.client_data_json.find("webauthn.create"), 15, "webauthn.get");
    EXPECT_EQ(verify_registration(party, ceremony, mixed).error().message, "another type of ceremony");
}

TEST(Registration, TheIdIsTheOneThatWasMade) {
    SoftwareAuthenticator key;
    const Ceremony ceremony = new_ceremony();
    auto response = RegistrationResponse::parse(key.create(creation(ceremony))).value();
    response.credential_id = "another";
    EXPECT_EQ(verify_registration(party, ceremony, response).error().reason, "webauthn_refused");
}

TEST(Registration, UnverifiedPersonIsToldApart) {
    SoftwareAuthenticator key;
    key.is_user_verified = false;
    const auto credential = registered(key, new_ceremony());
    ASSERT_TRUE(credential);
    EXPECT_FALSE(credential->is_user_verified);
}

TEST(Registration, ExtensionsAreSkipped) {
    SoftwareAuthenticator key;
    key.has_extensions = true;
    EXPECT_TRUE(registered(key, new_ceremony()));
}

TEST(Registration, MalformedAnswersAreNamed) {
    SoftwareAuthenticator key;
    const auto good = key.create(creation(new_ceremony()));
    const auto reason = [](boost::json::object json) { return RegistrationResponse::parse(json).error().reason; };
    for (const char* member : {"id", "rawId", "type", "response"}) {
        auto bent = good;
        bent.erase(member);
        EXPECT_EQ(reason(bent), "webauthn_malformed") << member;
    }
    for (const char* member : {"clientDataJSON", "attestationObject"}) {
        auto bent = good;
        bent["response"].as_object()[member] = "not base64url!";
        EXPECT_EQ(reason(bent), "webauthn_malformed") << member;
    }
    auto bent = good;
    bent["response"].as_object()["transports"] = boost::json::array{"usb", "telepathy", 7, "usb"};
    EXPECT_EQ(RegistrationResponse::parse(bent)->transports, std::vector<std::string>{"usb"});
}

TEST(Registration, UnknownAttestationIsRefusedByName) {
    SoftwareAuthenticator key;
    const Ceremony ceremony = new_ceremony();
    auto response = RegistrationResponse::parse(key.create(creation(ceremony))).value();
    response.attestation_object.replace(response.attestation_object.find("none"), 4, "acme");
    EXPECT_EQ(verify_registration(party, ceremony, response).error().reason, "webauthn_attestation_unsupported");
}

class AssertionTest : public ::testing::Test {
protected:
    AssertionTest() { stored_ = stored_of(registered(key_, new_ceremony()).value()); }
    std::string refusal(const Ceremony& ceremony = new_ceremony()) {
        const auto assertion = asserted(key_, ceremony, stored_);
        return assertion ? "" : assertion.error().reason;
    }
    SoftwareAuthenticator key_;
    StoredCredential stored_;
};

TEST_F(AssertionTest, LiesAreRefused) {
    EXPECT_EQ(refusal(), "");
    key_.origin = "https://localhost:443";
    EXPECT_EQ(refusal(), "webauthn_refused");
    key_.origin = "https://localhost";
    EXPECT_EQ(refusal(), "");
    key_.rp_id = "evil.example";
    EXPECT_EQ(refusal(), "webauthn_refused");
    key_.rp_id = "localhost";
    key_.is_user_verified = false;
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(refusal(new_ceremony(UserVerification::required)), "webauthn_refused");
    key_.is_user_present = false;
    EXPECT_EQ(refusal(), "webauthn_refused");
}

TEST_F(AssertionTest, AnotherKeysSignatureIsRefused) {
    SoftwareAuthenticator other;
    stored_.public_key = other.cose_key();
    EXPECT_EQ(refusal(), "webauthn_refused");
}

// WebAuthn L3 §6.1.1: a counter that stands still or goes back tells of a copy; one that is always 0 tells nothing.
TEST_F(AssertionTest, CopiedCredentialIsFound) {
    EXPECT_EQ(refusal(), "");
    stored_.sign_count = 7;
    EXPECT_EQ(refusal(), "webauthn_cloned");
    key_.sign_count = 7;
    EXPECT_EQ(refusal(), "webauthn_cloned");
    EXPECT_EQ(refusal(), "");  // the authenticator has counted on to 8
}

TEST_F(AssertionTest, BackupEligibilityDoesNotChange) {
    key_.is_backup_eligible = true;
    EXPECT_EQ(refusal(), "webauthn_refused");
}

TEST_F(AssertionTest, EveryBentByteIsRefused) {
    const Ceremony ceremony = new_ceremony();
    const auto response = AssertionResponse::parse(key_.get(request_options(party, ceremony, {}))).value();
    ASSERT_TRUE(verify_assertion(party, ceremony, stored_, response));
    for (std::string AssertionResponse::* part :
         {&AssertionResponse::client_data_json, &AssertionResponse::authenticator_data,
          &AssertionResponse::signature}) {
        for (std::size_t i = 0; i < (response.*part).size(); ++i) {
            AssertionResponse bent = response;
            (bent.*part)[i] = static_cast<char>((bent.*part)[i] ^ 0x10);
            EXPECT_FALSE(verify_assertion(party, ceremony, stored_, bent)) << i;
        }
    }
    AssertionResponse longer = response;
    longer.signature += '\0';
    EXPECT_FALSE(verify_assertion(party, ceremony, stored_, longer));
}

TEST(PublicKeyTest, KeysWeCannotVerifyWithAreRefused) {
    const std::string es256 = SoftwareAuthenticator().cose_key();
    auto off_curve = es256;
    off_curve.back() = static_cast<char>(off_curve.back() ^ 1);
    auto other_algorithm = es256;
    other_algorithm[4] = '\x27';  // -8: EdDSA, on a key of P-256
    for (const std::string& key : {std::string(), std::string("\xA0"), off_curve, other_algorithm, es256 + "x"}) {
        EXPECT_FALSE(PublicKey::from_cose(key));
    }
    EXPECT_TRUE(PublicKey::from_cose(es256));
}

TEST(Options, AreWhatTheStandardNames) {
    const Ceremony ceremony = new_ceremony(UserVerification::required);
    const auto create =
        creation_options(party, ceremony, {"handle", "ada@example.com", "Ada"}, {{"known", {"usb"}}}, true);
    EXPECT_EQ(create.at("rp").at("id"), "localhost");
    EXPECT_EQ(create.at("user").at("id").as_string(), crypto::base64url_encode("handle"));
    EXPECT_EQ(create.at("challenge").as_string(), crypto::base64url_encode(ceremony.challenge));
    EXPECT_EQ(create.at("pubKeyCredParams").at(0).at("alg"), -7);
    EXPECT_EQ(create.at("excludeCredentials").at(0).at("id").as_string(), crypto::base64url_encode("known"));
    EXPECT_EQ(create.at("authenticatorSelection").at("residentKey"), "required");
    EXPECT_EQ(create.at("authenticatorSelection").at("userVerification"), "required");
    EXPECT_EQ(create.at("attestation"), "none");
    const auto request = request_options(party, ceremony, {});
    EXPECT_EQ(request.at("rpId"), "localhost");
    EXPECT_FALSE(request.contains("allowCredentials"));
}

}  // namespace
}  // namespace platform::webauthn
