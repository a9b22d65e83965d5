#include "services/auth-service/src/domain/mfa_policy.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace tt::auth {
namespace {

namespace bj = boost::json;

bj::array roles_in(const bj::object& metadata) {
    const auto* value = metadata.if_contains("roles");
    return value && value->is_array() ? value->get_array() : bj::array();
}

bool is_required(const bj::value& role, const std::vector<std::string>& required_roles) {
    const auto* name = role.if_string();
    return name && std::ranges::find(required_roles, std::string_view(*name)) != required_roles.end();
}

std::int64_t seconds_since_epoch(platform::Time time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace

bool holds_role_of(const std::string& app_metadata, const std::vector<std::string>& required_roles) {
    if (required_roles.empty()) return false;
    const bj::array roles = roles_in(bj::parse(app_metadata).as_object());
    return std::ranges::any_of(roles, [&](const bj::value& role) { return is_required(role, required_roles); });
}

std::string metadata_under_policy(const MfaPolicyInput& input, const std::vector<std::string>& required_roles,
                                  std::chrono::seconds grace) {
    if (input.aal == "aal2" || !holds_role_of(input.app_metadata, required_roles)) return input.app_metadata;
    bj::object metadata = bj::parse(input.app_metadata).as_object();
    const platform::Time end = input.grace_since.value_or(input.now) + grace;
    if (!input.has_second_factor && input.now < end) {
        metadata["mfa_enroll_by"] = seconds_since_epoch(end);
        return bj::serialize(metadata);
    }
    bj::array kept;
    for (const bj::value& role : roles_in(metadata)) {
        if (!is_required(role, required_roles)) kept.push_back(role);
    }
    metadata["roles"] = std::move(kept);
    metadata["mfa_required"] = input.has_second_factor ? "verify" : "enroll";
    return bj::serialize(metadata);
}

}  // namespace tt::auth
