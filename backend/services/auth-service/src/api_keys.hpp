#pragma once

#include "platform/db/database.hpp"
#include "services/auth-service/src/accounts.hpp"
#include "services/auth-service/src/revocations.hpp"
#include "shared/types/api_key.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What its owner sees of a key.
struct ApiKeyRow {
    Uuid id;
    std::string name;
    std::vector<std::string> scopes;
    std::vector<std::string> allowed_ips;
    std::optional<Time> expires_at;
    std::optional<Time> last_used_at;
    Time created_at{};
};
BOOST_DESCRIBE_STRUCT(ApiKeyRow, (), (id, name, scopes, allowed_ips, expires_at, last_used_at, created_at))

/// What its owner decides about a key.
struct ApiKeySettings {
    std::string name;
    std::vector<std::string> scopes;
    std::vector<std::string> allowed_ips;
    std::optional<Time> expires_at;
};

struct NewApiKeySecret {
    ApiKeyRow key;
    std::string text;  ///< shown once, kept nowhere
};

/// Keys that people give to programs. Errors are ours (RFC 9457).
class ApiKeys final : public ApiKeySource {
public:
    static constexpr std::size_t keys_per_person = 50;
    static constexpr std::chrono::hours default_overlap{24};
    static constexpr std::chrono::hours overlap_limit{24 * 7};

    ApiKeys(db::Database database, Revocations& revocations, const Clock& clock, const AuthConfig& config)
        : database_(std::move(database)), revocations_(revocations), clock_(clock), config_(config) {}

    Task<std::vector<ApiKeyRow>> list(UserId owner);
    /// Errors: api_key_not_found.
    Task<Result<ApiKeyRow>> find(UserId owner, Uuid id);
    /// A key goes on when the session that made it has ended: making one, or more of one, asks for as fresh a proof as
    /// a new way to sign in. Errors: those of check_settings, standing_of and may_change_credentials, too_many_api_keys
    /// (409).
    Task<Result<NewApiKeySecret>> create(Caller caller, ApiKeySettings settings, Device device);
    /// Errors: those of check_settings, standing_of and may_change_credentials, api_key_not_found.
    Task<Result<ApiKeyRow>> change(Caller caller, Uuid id, ApiKeySettings settings, Device device);
    /// A second secret; the ones in use end after `overlap`. Errors: those of standing_of and may_change_credentials,
    /// api_key_not_found, overlap_too_long (400).
    Task<Result<NewApiKeySecret>> rotate(Caller caller, Uuid id, std::chrono::seconds overlap, Device device);
    /// Errors: api_key_not_found.
    Task<Result<void>> revoke(UserId owner, Uuid id, Device device);

    Task<Result<ApiKeyGrant>> find_api_key(Uuid key_id, std::string secret_hash) override;

private:
    Task<Result<void>> check_proof(db::Tx& tx, Caller caller);
    Task<std::string> add_secret(db::Tx& tx, UserId owner, Uuid id);
    Task<void> tell(db::Tx& tx, std::string_view what, UserId owner, Uuid id, Device device);
    Task<std::string> claims_of(db::Tx& tx, UserRow owner, ApiKeyRow key);

    db::Database database_;
    Revocations& revocations_;
    const Clock& clock_;
    const AuthConfig& config_;
};

/// Errors (422): invalid_api_key_settings, with the members that are wrong.
Result<void> check_settings(const ApiKeySettings& settings, Time now);

}  // namespace tt::auth
