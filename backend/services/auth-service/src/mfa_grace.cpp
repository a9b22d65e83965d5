#include "services/auth-service/src/mfa_grace.hpp"

#include "services/auth-service/src/domain/mfa_policy.hpp"
#include "services/auth-service/src/store/factors.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"

namespace tt::auth {

Task<std::string> metadata_for_token(db::Tx& tx, const UserRow& user, std::string aal, const MfaConfig& config,
                                     Time now) {
    MfaPolicyInput input{.app_metadata = user.app_metadata.text,
                         .aal = std::move(aal),
                         .has_second_factor = false,
                         .grace_since = std::nullopt,
                         .now = now};
    if (input.aal != "aal2" && holds_role_of(input.app_metadata, config.required_roles)) {
        input.has_second_factor = co_await store::has_verified_factor(tx, user.id);
        if (!input.has_second_factor) input.grace_since = co_await tx.one<Time>(sql::begin_grace, user.id, now);
    }
    co_return metadata_under_policy(input, config.required_roles, std::chrono::seconds(config.grace_s));
}

}  // namespace tt::auth
