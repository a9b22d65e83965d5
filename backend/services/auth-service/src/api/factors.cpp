#include "platform/json/member.hpp"
#include "platform/qr/qr_code.hpp"
#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/mfa.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

boost::json::object enrolled_json(const EnrolledFactor& made) {
    boost::json::object body{{"id", to_string(made.id)}, {"type", made.type}, {"friendly_name", made.friendly_name}};
    if (made.type == "totp") {
        const auto code = qr::qr_code(made.totp_address, qr::Correction::high);
        body["totp"] = boost::json::object{
            {"qr_code", qr::svg_of(code)}, {"secret", made.totp_secret}, {"uri", made.totp_address}};
    }
    if (made.type == "phone") body["phone"] = made.phone;
    return body;
}

Task<http::Response> post_factor(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto body = read_body(request, {"factor_type", "friendly_name", "issuer", "phone"});
    if (!body) co_return refuse(body.error(), request);
    FactorWish wish{json::text_member(*body, "factor_type"), json::text_member(*body, "friendly_name"),
                    json::text_member(*body, "issuer"), json::text_member(*body, "phone")};
    const auto made = co_await auth.multi_factor().factors().enroll(*caller, std::move(wish), device_of(request));
    if (!made) co_return refuse(made.error(), request);
    co_return private_json(enrolled_json(*made));
}

boost::json::object question_json(const FactorQuestion& question) {
    boost::json::object body{
        {"id", to_string(question.id)}, {"type", question.type}, {"expires_at", question.expires_at}};
    if (!question.ceremony.empty()) {
        body["webauthn"] =
            boost::json::object{{"type", question.ceremony}, {"credential_options", question.credential_options}};
    }
    return body;
}

Task<http::Response> post_challenge(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto id = id_in_path(request, "factor_id");
    if (!id) co_return refuse(id.error(), request);
    const auto body = read_body(request, {"channel"});
    if (!body) co_return refuse(body.error(), request);
    const auto question = co_await auth.multi_factor().factors().challenge(
        *caller, *id, json::text_member(*body, "channel"), device_of(request));
    if (!question) co_return refuse(question.error(), request);
    co_return private_json(question_json(*question));
}

Result<FactorProof> proof_in(const boost::json::object& body) {
    FactorProof proof;
    if (const std::string given = json::text_member(body, "challenge_id"); !given.empty()) {
        const auto id = parse_uuid(given);
        if (!id) return Error{Code::invalid_argument, "validation_failed", "challenge_id must be a valid UUID"};
        proof.challenge_id = *id;
    }
    proof.code = json::text_member(body, "code");
    const auto webauthn = object(body, "webauthn");
    if (!webauthn) return webauthn.error();
    proof.ceremony = json::text_member(*webauthn, "type");
    auto credential = object(*webauthn, "credential_response");
    if (!credential) return credential.error();
    if (!credential->empty()) proof.credential = std::move(*credential);
    return proof;
}

Task<http::Response> post_factor_verify(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto id = id_in_path(request, "factor_id");
    if (!id) co_return refuse(id.error(), request);
    const auto body = read_body(request, {"challenge_id", "code"});
    if (!body) co_return refuse(body.error(), request);
    auto proof = proof_in(*body);
    if (!proof) co_return refuse(proof.error(), request);
    const auto issued =
        co_await auth.multi_factor().factors().verify(*caller, *id, std::move(*proof), device_of(request));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

Task<http::Response> delete_factor(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto id = id_in_path(request, "factor_id");
    if (!id) co_return refuse(id.error(), request);
    const auto removed = co_await auth.multi_factor().factors().unenroll(*caller, *id, device_of(request));
    if (!removed) co_return refuse(removed.error(), request);
    co_return private_json(boost::json::object{{"id", to_string(*id)}});
}

}  // namespace

http::RouteOptions mfa_options(std::string id, std::string summary, std::vector<std::string> reasons, bool is_public) {
    if (!is_public) reasons.insert(reasons.begin(), {"401 no_authorization", "403 bad_jwt", "403 session_not_found"});
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth";
    made.error_reasons = std::move(reasons);
    made.is_public = is_public;
    made.rate_bucket = "sensitive";
    return made;
}

Result<Uuid> id_in_body(const boost::json::object& body, std::string_view name) {
    const std::string given = json::text_member(body, name);
    const auto id = parse_uuid(given);
    if (id) return *id;
    const std::string what = given.empty() ? " is required" : " must be a valid UUID";
    return Error{Code::invalid_argument, "validation_failed", std::string(name) + what};
}

http::Response private_json(const boost::json::value& body) {
    http::Response response = http::json_response(200, boost::json::serialize(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

void mount_factors(http::Router& router, AuthService& auth) {
    using http::Method;
    router.route(
        Method::post, "/auth/v1/factors", [&auth](http::Request& request) { return post_factor(auth, request); },
        mfa_options("auth_enroll_factor", "Begins to set up a second factor: totp, phone or webauthn (GoTrue)",
                    {"400 validation_failed", "400 reauthentication_needed", "403 insufficient_aal",
                     "422 mfa_factor_name_conflict", "422 too_many_enrolled_mfa_factors",
                     "422 mfa_totp_enroll_not_enabled", "422 mfa_phone_enroll_not_enabled",
                     "422 mfa_webauthn_enroll_not_enabled", "422 mfa_verified_factor_exists"}));
    router.route(
        Method::post, "/auth/v1/factors/{factor_id}/challenge",
        [&auth](http::Request& request) { return post_challenge(auth, request); },
        mfa_options("auth_challenge_factor", "Asks a factor: the id to verify with, and what a browser needs (GoTrue)",
                    {"404 mfa_factor_not_found", "422 mfa_totp_verify_not_enabled", "429 over_sms_send_rate_limit"}));
    router.route(
        Method::post, "/auth/v1/factors/{factor_id}/verify",
        [&auth](http::Request& request) { return post_factor_verify(auth, request); },
        mfa_options("auth_verify_factor", "Proves a factor: the session becomes aal2 (GoTrue)",
                    {"400 validation_failed", "404 mfa_factor_not_found", "422 mfa_verification_failed",
                     "422 mfa_challenge_expired", "422 mfa_ip_address_mismatch", "422 webauthn_credential_exists",
                     "403 mfa_verification_rejected", "429 over_request_rate_limit"}));
    router.route(
        Method::delete_, "/auth/v1/factors/{factor_id}",
        [&auth](http::Request& request) { return delete_factor(auth, request); },
        mfa_options("auth_unenroll_factor", "Removes a factor (GoTrue)",
                    {"404 mfa_factor_not_found", "422 insufficient_aal", "400 reauthentication_needed",
                     "422 mfa_recovery_codes_sole_factor"}));
}

}  // namespace tt::auth::api
