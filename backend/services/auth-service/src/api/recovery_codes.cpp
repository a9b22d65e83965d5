#include "platform/json/member.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/mfa.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/array.hpp>

namespace tt::auth::api {
namespace {

constexpr const char* recovery_type = "recovery_code";

boost::json::object new_set_json(const RecoverySet& set) {
    return {{"id", to_string(set.id)},
            {"type", recovery_type},
            {"friendly_name", set.friendly_name},
            {"total", set.total},
            {"codes", boost::json::array(set.codes.begin(), set.codes.end())}};
}

Task<http::Response> get_recovery_codes(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto set = co_await auth.multi_factor().recovery_codes().find(*caller);
    if (!set) co_return refuse(set.error(), request);
    co_return private_json(boost::json::object{
        {"id", to_string(set->id)}, {"type", recovery_type}, {"total", set->total}, {"remaining", set->remaining}});
}

Task<http::Response> post_recovery_codes(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto body = read_body(request, {"friendly_name"});
    if (!body) co_return refuse(body.error(), request);
    const auto set = co_await auth.multi_factor().recovery_codes().create(
        *caller, json::text_member(*body, "friendly_name"), device_of(request));
    if (!set) co_return refuse(set.error(), request);
    co_return private_json(new_set_json(*set));
}

Task<http::Response> post_regenerate(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto set = co_await auth.multi_factor().recovery_codes().renew(*caller, device_of(request));
    if (!set) co_return refuse(set.error(), request);
    co_return private_json(new_set_json(*set));
}

Task<http::Response> post_recovery_verify(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto body = read_body(request, {"code"});
    if (!body) co_return refuse(body.error(), request);
    const std::string code = json::text_member(*body, "code");
    if (code.empty()) {
        const Error error{Code::invalid_argument, "validation_failed", "Code needs to be non-empty"};
        co_return refuse(error, request);
    }
    const auto issued = co_await auth.multi_factor().recovery_codes().verify(*caller, code, device_of(request));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

Task<http::Response> delete_recovery_codes(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto id = co_await auth.multi_factor().recovery_codes().remove(*caller, device_of(request));
    if (!id) co_return refuse(id.error(), request);
    co_return private_json(boost::json::object{{"id", to_string(*id)}});
}

}  // namespace

void mount_recovery_codes(http::Router& router, AuthService& auth) {
    using http::Method;
    const std::string path = "/auth/v1/factors/recovery-codes";
    router.route(
        Method::get, path, [&auth](http::Request& request) { return get_recovery_codes(auth, request); },
        mfa_options("auth_get_recovery_codes", "How many recovery codes are left (GoTrue)",
                    {"404 mfa_factor_not_found"}));
    router.route(
        Method::post, path, [&auth](http::Request& request) { return post_recovery_codes(auth, request); },
        mfa_options("auth_create_recovery_codes", "Ten recovery codes, shown this once (GoTrue)",
                    {"403 insufficient_aal", "422 mfa_recovery_codes_sole_factor", "422 mfa_verified_factor_exists",
                     "422 mfa_recovery_codes_enroll_not_enabled"}));
    router.route(
        Method::post, path + "/regenerate", [&auth](http::Request& request) { return post_regenerate(auth, request); },
        mfa_options("auth_regenerate_recovery_codes", "Ten new recovery codes for the old ones (GoTrue)",
                    {"403 insufficient_aal", "404 mfa_factor_not_found"}));
    router.route(
        Method::post, path + "/verify", [&auth](http::Request& request) { return post_recovery_verify(auth, request); },
        mfa_options("auth_verify_recovery_code", "Uses a recovery code: the session becomes aal2 (GoTrue)",
                    {"404 mfa_factor_not_found", "422 mfa_verification_failed",
                     "422 mfa_recovery_codes_verify_not_enabled", "429 mfa_recovery_codes_locked"}));
    router.route(
        Method::delete_, path, [&auth](http::Request& request) { return delete_recovery_codes(auth, request); },
        mfa_options("auth_delete_recovery_codes", "Removes the recovery codes (GoTrue)",
                    {"403 insufficient_aal", "404 mfa_factor_not_found"}));
}

}  // namespace tt::auth::api
