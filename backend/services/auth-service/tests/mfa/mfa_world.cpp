#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include "platform/crypto/base32.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/totp.hpp"

#include <gtest/gtest.h>

namespace tt::auth {

AuthConfig MfaWorld::mfa_config() {
    AuthConfig config = test_config(true);
    config.mfa.phone = true;
    config.sms_provider = "inbox";
    config.limits = AuthLimits::relaxed(20);  // they have tests of their own
    return config;
}

Answer MfaWorld::send(http::Method method, std::string target, boost::json::value body, std::string bearer) {
    const std::string text = body.is_null() ? std::string() : boost::json::serialize(body);
    return call({method, "/auth/v1" + std::move(target), text, std::move(bearer)});
}

std::string MfaWorld::person(const std::string& email) {
    return sign_up(email).str("access_token");
}

Answer MfaWorld::enroll(const std::string& bearer, const std::string& name) {
    return send(http::Method::post, "/factors", {{"factor_type", "totp"}, {"friendly_name", name}}, bearer);
}

TotpFactor MfaWorld::totp(const std::string& bearer, const std::string& name) {
    const Answer made = enroll(bearer, name);
    EXPECT_EQ(made.status, 200U) << made.text;
    return {made.str("id"), crypto::base32_decode(std::string(made["totp"].at("secret").as_string())).value()};
}

std::string MfaWorld::code_of(const TotpFactor& factor, int steps_off) const {
    return crypto::totp_code(factor.secret, crypto::totp_step(clock.now()) + steps_off);
}

std::string MfaWorld::challenge(const std::string& factor_id, const std::string& bearer) {
    return send(http::Method::post, "/factors/" + factor_id + "/challenge", boost::json::object(), bearer).str("id");
}

Answer MfaWorld::verify(const std::string& factor_id, const std::string& challenge_id, const std::string& code,
                        const std::string& bearer) {
    return send(http::Method::post, "/factors/" + factor_id + "/verify",
                {{"challenge_id", challenge_id}, {"code", code}}, bearer);
}

Answer MfaWorld::prove(const TotpFactor& factor, const std::string& bearer) {
    clock.advance(crypto::totp_period);
    return verify(factor.id, challenge(factor.id, bearer), code_of(factor), bearer);
}

std::string MfaWorld::person_with_factor(const std::string& email, TotpFactor* factor) {
    const std::string bearer = person(email);
    const TotpFactor made = totp(bearer);
    if (factor) *factor = made;
    const Answer proven = prove(made, bearer);
    EXPECT_EQ(proven.status, 200U) << proven.text;
    return proven.str("access_token");
}

platform::testing::SoftwareAuthenticator MfaWorld::authenticator() const {
    platform::testing::SoftwareAuthenticator key;
    key.rp_id = "site.test";
    key.origin = origin;
    return key;
}

Answer MfaWorld::begin_passkey(const std::string& bearer) {
    return send(http::Method::post, "/passkeys/registration/options", boost::json::object(), bearer);
}

Answer MfaWorld::finish_passkey(const Answer& begun, platform::testing::SoftwareAuthenticator& key,
                                const std::string& bearer) {
    return send(http::Method::post, "/passkeys/registration/verify",
                {{"challenge_id", begun["challenge_id"]}, {"credential", key.create(begun["options"].as_object())}},
                bearer);
}

std::string MfaWorld::passkey(platform::testing::SoftwareAuthenticator& key, const std::string& bearer) {
    const Answer made = finish_passkey(begin_passkey(bearer), key, bearer);
    EXPECT_EQ(made.status, 200U) << made.text;
    return made.str("id");
}

Answer MfaWorld::sign_in_with(platform::testing::SoftwareAuthenticator& key) {
    const Answer begun = send(http::Method::post, "/passkeys/authentication/options", boost::json::object());
    EXPECT_EQ(begun.status, 200U) << begun.text;
    return send(http::Method::post, "/passkeys/authentication/verify",
                {{"challenge_id", begun["challenge_id"]}, {"credential", key.get(begun["options"].as_object())}});
}

boost::json::object MfaWorld::claims_of(const std::string& access_token) {
    const auto begin = access_token.find('.') + 1;
    const auto payload = access_token.substr(begin, access_token.find('.', begin) - begin);
    return boost::json::parse(crypto::base64url_decode(payload).value()).as_object();
}

}  // namespace tt::auth
