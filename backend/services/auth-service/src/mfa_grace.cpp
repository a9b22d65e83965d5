#include "services/auth-service/src/mfa_grace.hpp"

#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/domain/mfa_policy.hpp"
#include "services/auth-service/src/store/factors.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"
#include "services/auth-service/src/store/roles.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

/// The required ones, and of the person's all that allow everything: a custom role must be no way around the policy.
Task<std::vector<std::string>> bound_roles(db::Tx& tx, std::string app_metadata, std::vector<std::string> required) {
    if (required.empty()) co_return required;
    std::vector<std::string> others;
    for (std::string& role : roles_of(app_metadata)) {
        if (std::ranges::find(required, role) == required.end()) others.push_back(std::move(role));
    }
    if (others.empty()) co_return required;
    for (std::string& role : co_await store::almighty_among(tx, std::move(others))) required.push_back(std::move(role));
    co_return required;
}

}  // namespace

Task<std::string> metadata_for_token(db::Tx& tx, const UserRow& user, std::string aal, const MfaConfig& config,
                                     Time now) {
    if (aal == "aal2") co_return user.app_metadata.text;
    const auto bound = co_await bound_roles(tx, user.app_metadata.text, config.required_roles);
    MfaPolicyInput input{.app_metadata = user.app_metadata.text,
                         .aal = std::move(aal),
                         .has_second_factor = false,
                         .grace_since = std::nullopt,
                         .now = now};
    if (holds_role_of(input.app_metadata, bound)) {
        input.has_second_factor = co_await store::has_verified_factor(tx, user.id);
        if (!input.has_second_factor) input.grace_since = co_await tx.one<Time>(sql::begin_grace, user.id, now);
    }
    co_return metadata_under_policy(input, bound, std::chrono::seconds(config.grace_s));
}

}  // namespace tt::auth
