#include "platform/json/member.hpp"
#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/mfa.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/array.hpp>

namespace tt::auth::api {
namespace {

boost::json::object passkey_question_json(const PasskeyQuestion& question) {
    return {{"challenge_id", to_string(question.challenge_id)},
            {"options", question.options},
            {"expires_at", question.expires_at}};
}

Result<PasskeyAnswer> passkey_answer_in(const http::Request& request) {
    const auto body = read_body(request, {"challenge_id"});
    if (!body) return body.error();
    const auto id = id_in_body(*body, "challenge_id");
    if (!id) return id.error();
    auto credential = object(*body, "credential");
    if (!credential) return credential.error();
    if (credential->empty()) return Error{Code::invalid_argument, "validation_failed", "credential is required"};
    return PasskeyAnswer{*id, std::move(*credential)};
}

Task<http::Response> post_registration_options(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto question = co_await auth.multi_factor().passkeys().begin_registration(*caller);
    if (!question) co_return refuse(question.error(), request);
    co_return private_json(passkey_question_json(*question));
}

Task<http::Response> post_registration_verify(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    auto answer = passkey_answer_in(request);
    if (!answer) co_return refuse(answer.error(), request);
    const auto passkey =
        co_await auth.multi_factor().passkeys().finish_registration(*caller, std::move(*answer), device_of(request));
    if (!passkey) co_return refuse(passkey.error(), request);
    co_return private_json(passkey_json(*passkey));
}

Task<http::Response> post_authentication_options(AuthService& auth, http::Request& request) {
    const auto question = co_await auth.multi_factor().passkeys().begin_sign_in();
    if (!question) co_return refuse(question.error(), request);
    co_return private_json(passkey_question_json(*question));
}

Task<http::Response> post_authentication_verify(AuthService& auth, http::Request& request) {
    auto answer = passkey_answer_in(request);
    if (!answer) co_return refuse(answer.error(), request);
    const auto issued = co_await auth.multi_factor().passkeys().finish_sign_in(std::move(*answer), device_of(request));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

Task<http::Response> get_passkeys(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto passkeys = co_await auth.multi_factor().passkeys().list(*caller);
    if (!passkeys) co_return refuse(passkeys.error(), request);
    co_return passkeys_response(*passkeys);
}

// In the path an id of another form is an unknown passkey, as upstream.
Result<Uuid> passkey_in_path(const http::Request& request) {
    if (const auto id = request.uuid_param("passkey_id")) return *id;
    return Error{Code::not_found, "validation_failed", "Passkey not found"};
}

Task<http::Response> patch_passkey(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto id = passkey_in_path(request);
    if (!id) co_return refuse(id.error(), request);
    const auto body = read_body(request, {"friendly_name"});
    if (!body) co_return refuse(body.error(), request);
    const auto passkey = co_await auth.multi_factor().passkeys().rename(
        *caller, *id, json::text_member(*body, "friendly_name"), device_of(request));
    if (!passkey) co_return refuse(passkey.error(), request);
    co_return private_json(passkey_json(*passkey));
}

Task<http::Response> delete_passkey(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto id = passkey_in_path(request);
    if (!id) co_return refuse(id.error(), request);
    const auto removed = co_await auth.multi_factor().passkeys().remove(*caller, *id, device_of(request));
    if (!removed) co_return refuse(removed.error(), request);
    co_return http::empty(204);
}

}  // namespace

boost::json::object passkey_json(const CredentialRow& passkey) {
    boost::json::object body{{"id", to_string(passkey.id)},
                             {"friendly_name", passkey.friendly_name},
                             {"created_at", to_rfc3339(passkey.created_at)}};
    if (passkey.last_used_at) body["last_used_at"] = to_rfc3339(*passkey.last_used_at);
    return body;
}

http::Response passkeys_response(const std::vector<CredentialRow>& passkeys) {
    boost::json::array list;
    for (const CredentialRow& passkey : passkeys) list.push_back(passkey_json(passkey));
    return private_json(list);
}

void mount_passkeys(http::Router& router, AuthService& auth) {
    using http::Method;
    const std::string path = "/auth/v1/passkeys";
    router.route(
        Method::post, path + "/registration/options",
        [&auth](http::Request& request) { return post_registration_options(auth, request); },
        mfa_options(
            "auth_passkey_registration_options", "What a browser needs to make a passkey (GoTrue)",
            {"400 reauthentication_needed", "403 insufficient_aal", "404 passkey_disabled", "422 too_many_passkeys"}));
    router.route(
        Method::post, path + "/registration/verify",
        [&auth](http::Request& request) { return post_registration_verify(auth, request); },
        mfa_options("auth_passkey_registration_verify", "Keeps a passkey that was just made (GoTrue)",
                    {"400 webauthn_challenge_not_found", "400 webauthn_challenge_expired",
                     "400 webauthn_verification_failed", "422 webauthn_credential_exists"}));
    router.route(
        Method::post, path + "/authentication/options",
        [&auth](http::Request& request) { return post_authentication_options(auth, request); },
        mfa_options("auth_passkey_authentication_options",
                    "What a browser needs to let the person choose a passkey (GoTrue)", {"404 passkey_disabled"},
                    true));
    router.route(
        Method::post, path + "/authentication/verify",
        [&auth](http::Request& request) { return post_authentication_verify(auth, request); },
        mfa_options("auth_passkey_authentication_verify", "Signs in with a passkey (GoTrue)",
                    {"400 webauthn_challenge_not_found", "400 webauthn_challenge_expired",
                     "400 webauthn_verification_failed", "403 email_not_confirmed", "403 user_banned"},
                    true));
    router.route(
        Method::get, path, [&auth](http::Request& request) { return get_passkeys(auth, request); },
        mfa_options("auth_list_passkeys", "The caller's passkeys (GoTrue)", {"404 passkey_disabled"}));
    router.route(
        Method::patch, path + "/{passkey_id}", [&auth](http::Request& request) { return patch_passkey(auth, request); },
        mfa_options("auth_rename_passkey", "Renames a passkey (GoTrue)",
                    {"400 validation_failed", "404 validation_failed"}));
    router.route(
        Method::delete_, path + "/{passkey_id}",
        [&auth](http::Request& request) { return delete_passkey(auth, request); },
        mfa_options("auth_delete_passkey", "Removes a passkey (GoTrue)",
                    {"400 reauthentication_needed", "403 insufficient_aal", "404 validation_failed"}));
}

}  // namespace tt::auth::api
