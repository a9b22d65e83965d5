#include "services/auth-service/src/domain/claim_rules.hpp"

#include "platform/json/member.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;
using platform::Code;
using platform::Error;
using platform::Result;

// GoTrue's list.
constexpr std::array<std::string_view, 13> our_own_claims{"id",
                                                          "aud",
                                                          "role",
                                                          "app_metadata",
                                                          "created_at",
                                                          "updated_at",
                                                          "confirmed_at",
                                                          "banned_until",
                                                          "email_confirmed_at",
                                                          "phone_verified",
                                                          "email_verified",
                                                          "phone_confirmed_at",
                                                          "is_super_admin"};
constexpr std::size_t mapping_limit_bytes = 8 * 1024;
constexpr std::size_t kept_claims_max = 50;
constexpr std::size_t claim_name_limit = 128;
constexpr std::size_t kept_claim_limit_bytes = 1024;  // they end up in user_metadata

Error bad_rule(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

bj::object mapped(const ClaimRules& rules, const bj::object& claims) {
    bj::object result = claims;
    for (const auto& [target, source] : rules.mapping) {
        const bj::value* value = &source;
        if (source.is_string()) value = claims.if_contains(source.get_string());
        if (value) result[target] = *value;
    }
    const auto email = platform::json::text_member(claims, "email");
    if (platform::json::text_member(result, "email") != email) result.erase("email_verified");
    return result;
}

bj::object kept_of(const ClaimRules& rules, const bj::object& claims) {
    bj::object kept;
    for (const std::string& name : rules.kept) {
        const bj::value* value = claims.if_contains(name);
        if (value && bj::serialize(*value).size() <= kept_claim_limit_bytes) kept[name] = *value;
    }
    return kept;
}

}  // namespace

Result<void> check_claim_rules(const ClaimRules& rules) {
    for (const auto& [target, source] : rules.mapping) {
        if (std::find(our_own_claims.begin(), our_own_claims.end(), std::string_view(target)) != our_own_claims.end()) {
            return bad_rule("Cannot map to protected system field: " + std::string(target));
        }
        // One value for all would make one account of all.
        if (target == "sub" && !source.is_string()) return bad_rule("sub must be mapped to the name of a claim");
    }
    if (bj::serialize(rules.mapping).size() > mapping_limit_bytes) return bad_rule("attribute_mapping is too large");
    if (rules.kept.size() > kept_claims_max) return bad_rule("custom_claims_allowlist cannot exceed 50 items");
    for (const std::string& name : rules.kept) {
        if (name.find_first_not_of(" \t\r\n") == std::string::npos) {
            return bad_rule("custom_claims_allowlist entries must be non-empty strings");
        }
        if (name.size() > claim_name_limit) return bad_rule("custom_claims_allowlist entries are too long");
    }
    return {};
}

Result<ProviderPerson> person_of_claims(const std::string& provider, const bj::object& claims,
                                        const ClaimRules& rules) {
    auto person = person_of_claims(provider, mapped(rules, claims));
    if (!person) return person;
    auto kept = kept_of(rules, claims);
    if (!kept.empty()) person->data["custom_claims"] = std::move(kept);
    return person;
}

}  // namespace tt::auth
