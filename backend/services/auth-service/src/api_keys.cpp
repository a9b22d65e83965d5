#include "services/auth-service/src/api_keys.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/access_claims.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/mfa_grace.hpp"
#include "services/auth-service/src/standing.hpp"
#include "services/auth-service/src/store/api_keys_sql.hpp"
#include "services/auth-service/src/store/roles.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace tt::auth {
namespace {

constexpr std::size_t name_limit_characters = 100;
constexpr std::size_t list_limit = 32;  // scopes and addresses; as the table says
// A key in constant use costs one write in this time; to people a minute is exact enough.
constexpr std::chrono::minutes use_note_interval{1};

Error api_key_not_found() {
    return {Code::not_found, "api_key_not_found", "There is no such API key"};
}

Error api_key_invalid() {
    return {Code::unauthenticated, "api_key_invalid", "This API key is not valid"};
}

}  // namespace

Result<void> check_settings(const ApiKeySettings& settings, Time now) {
    std::vector<FieldError> wrong;
    if (settings.name.empty() || count_characters(settings.name) > name_limit_characters) {
        wrong.push_back({"/name", "must have 1 to 100 characters"});
    }
    if (settings.scopes.empty() || settings.scopes.size() > list_limit ||
        !std::ranges::all_of(settings.scopes, is_api_key_scope)) {
        wrong.push_back(
            {"/scopes", "must be 1 to 32 of the form area:read or area:write, e.g. courses:read or *:read"});
    }
    if (settings.allowed_ips.size() > list_limit || !std::ranges::all_of(settings.allowed_ips, is_address_block)) {
        wrong.push_back({"/allowed_ips", "must be at most 32 addresses or CIDR blocks"});
    }
    if (settings.expires_at && *settings.expires_at <= now) wrong.push_back({"/expires_at", "must be in the future"});
    if (wrong.empty()) return {};
    return Error{Code::unprocessable, "invalid_api_key_settings", "The key cannot be like this", std::move(wrong)};
}

Task<std::vector<ApiKeyRow>> ApiKeys::list(UserId owner) {
    return database_.many<ApiKeyRow>(sql::list_api_keys, owner);
}

Task<Result<ApiKeyRow>> ApiKeys::find(UserId owner, Uuid id) {
    auto row = co_await database_.maybe_one<ApiKeyRow>(sql::find_api_key, owner, id);
    if (!row) co_return api_key_not_found();
    co_return std::move(*row);
}

Task<std::string> ApiKeys::add_secret(db::Tx& tx, UserId owner, Uuid id) {
    const ApiKeyText key{id, crypto::random_bytes(ApiKeyText::secret_bytes)};
    std::string text = key.to_text();
    const db::Bytea hash{crypto::sha256(text)};
    const Time now = clock_.now();
    co_await tx.execute(sql::insert_api_key_secret, owner, id, hash, now);
    co_return text;
}

Task<void> ApiKeys::tell(db::Tx& tx, std::string_view what, UserId owner, Uuid id, Device device) {
    AuditEntry entry;
    entry.action = what;
    entry.actor = owner;
    entry.ip = std::move(device.ip);
    entry.user_agent = std::move(device.user_agent);
    entry.target = to_string(id);
    return record(tx, std::move(entry));
}

Task<Result<void>> ApiKeys::check_proof(db::Tx& tx, Caller caller) {
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    co_return may_change_credentials(*standing, config_, now);
}

Task<Result<NewApiKeySecret>> ApiKeys::create(Caller caller, ApiKeySettings settings, Device device) {
    const UserId owner = caller.user_id;
    const Time now = clock_.now();
    if (const auto good = check_settings(settings, now); !good) co_return good.error();
    NewApiKeySecret made{.key = {.id = uuid_v7(),
                                 .name = std::move(settings.name),
                                 .scopes = std::move(settings.scopes),
                                 .allowed_ips = std::move(settings.allowed_ips),
                                 .expires_at = settings.expires_at,
                                 .last_used_at = std::nullopt,
                                 .created_at = now},
                         .text = {}};
    const ApiKeyRow& key = made.key;
    db::Tx tx = co_await database_.begin();
    // Of keys made at the same time, one person's wait for each other here.
    const auto user = co_await store::lock_user(tx, owner);
    if (!user) co_return Error{Code::unauthenticated, "unauthenticated", "The account does not exist"};
    const auto proven = co_await check_proof(tx, caller);
    if (!proven) co_return proven.error();
    const auto count = co_await tx.one<std::int64_t>(sql::count_api_keys, owner);
    if (count >= static_cast<std::int64_t>(keys_per_person)) {
        co_return Error{Code::conflict, "too_many_api_keys", "Fifty keys are the most; revoke one first"};
    }
    co_await tx.execute(sql::insert_api_key, owner, key.id, key.name, key.scopes, key.allowed_ips, key.expires_at, now);
    co_await tx.execute(sql::insert_api_key_owner, key.id, owner);
    made.text = co_await add_secret(tx, owner, key.id);
    co_await tell(tx, action::api_key_created, owner, key.id, std::move(device));
    co_await tx.commit();
    co_return made;
}

Task<Result<ApiKeyRow>> ApiKeys::change(Caller caller, Uuid id, ApiKeySettings settings, Device device) {
    const UserId owner = caller.user_id;
    if (const auto good = check_settings(settings, clock_.now()); !good) co_return good.error();
    db::Tx tx = co_await database_.begin();
    const auto proven = co_await check_proof(tx, caller);
    if (!proven) co_return proven.error();
    auto row = co_await tx.maybe_one<ApiKeyRow>(sql::lock_api_key, owner, id);
    if (!row) co_return api_key_not_found();
    row->name = std::move(settings.name);
    row->scopes = std::move(settings.scopes);
    row->allowed_ips = std::move(settings.allowed_ips);
    row->expires_at = settings.expires_at;
    co_await tx.execute(sql::update_api_key, owner, id, row->name, row->scopes, row->allowed_ips, row->expires_at);
    co_await tell(tx, action::api_key_changed, owner, id, std::move(device));
    // Gateways ask again instead of remembering what the key was allowed until now.
    co_await revocations_.refresh_api_key(tx, id);
    co_await tx.commit();
    co_return std::move(*row);
}

Task<Result<NewApiKeySecret>> ApiKeys::rotate(Caller caller, Uuid id, std::chrono::seconds overlap, Device device) {
    const UserId owner = caller.user_id;
    if (overlap < std::chrono::seconds(0) || overlap > overlap_limit) {
        co_return Error{Code::invalid_argument, "overlap_too_long", "The old secret may live for seven days at most"};
    }
    const Time now = clock_.now();
    const Time end = now + overlap;
    db::Tx tx = co_await database_.begin();
    const auto proven = co_await check_proof(tx, caller);
    if (!proven) co_return proven.error();
    auto row = co_await tx.maybe_one<ApiKeyRow>(sql::lock_api_key, owner, id);
    if (!row) co_return api_key_not_found();
    co_await tx.execute(sql::expire_api_key_secrets, owner, id, end);
    co_await tx.execute(sql::delete_expired_api_key_secrets, owner, id, now);
    NewApiKeySecret made{std::move(*row), {}};
    made.text = co_await add_secret(tx, owner, id);
    co_await tell(tx, action::api_key_rotated, owner, id, std::move(device));
    if (end <= now) co_await revocations_.refresh_api_key(tx, id);
    co_await tx.commit();
    co_return made;
}

Task<Result<void>> ApiKeys::revoke(UserId owner, Uuid id, Device device) {
    db::Tx tx = co_await database_.begin();
    const auto deleted = co_await tx.execute(sql::delete_api_key, owner, id);
    if (deleted == 0) co_return api_key_not_found();
    co_await tx.execute(sql::delete_api_key_owner, id);
    co_await tell(tx, action::api_key_revoked, owner, id, std::move(device));
    co_await revocations_.refresh_api_key(tx, id);
    co_await tx.commit();
    co_return Result<void>();
}

Task<Result<ApiKeyGrant>> ApiKeys::find_api_key(Uuid key_id, std::string secret_hash) {
    const Time now = clock_.now();
    const db::Bytea hash{std::move(secret_hash)};
    db::Tx tx = co_await database_.begin();
    const auto owner = co_await tx.maybe_one<UserId>(sql::api_key_owner, key_id);
    if (!owner) co_return api_key_invalid();
    const auto key = co_await tx.maybe_one<ApiKeyRow>(sql::living_api_key, *owner, key_id, hash, now);
    if (!key) co_return api_key_invalid();
    const auto user = co_await store::find_user(tx, *owner);
    if (!user || user->is_banned(now) || user->deleted_at) co_return api_key_invalid();
    const std::string claims = co_await claims_of(tx, *user, *key);
    const bool is_noted = key->last_used_at && now - *key->last_used_at < use_note_interval;
    if (!is_noted) co_await tx.execute(sql::touch_api_key, *owner, key_id, now);
    co_await tx.commit();
    co_return ApiKeyGrant{.key_id = key_id,
                          .user_id = *owner,
                          .scopes = key->scopes,
                          .allowed_ips = key->allowed_ips,
                          .claims_json = claims};
}

/// What a token of the owner would say, without a session and without a second factor: roles that need one do not
/// count.
Task<std::string> ApiKeys::claims_of(db::Tx& tx, UserRow owner, ApiKeyRow key) {
    const Time now = clock_.now();
    AccessClaims input{.issuer = config_.issuer(),
                       .user_id = owner.id.value,
                       .session_id = {},
                       .token_id = key.id,
                       .email = owner.email,
                       .phone = owner.phone,
                       .app_metadata = {},
                       .user_metadata = owner.user_metadata.text,
                       .aal = "aal1",
                       .amr = authentication_methods("api_key", key.created_at),
                       .authenticated_at = key.created_at,
                       .issued_at = now,
                       .expires_at = now + std::chrono::seconds(config_.access_token_s)};
    input.app_metadata = co_await metadata_for_token(tx, owner, input.aal, config_.mfa, now);
    input.permissions = co_await store::permissions_of(tx, roles_of(input.app_metadata));
    boost::json::object claims = access_claims(input);
    claims.erase("session_id");  // a key is no session: nothing that asks for one accepts it
    claims["api_key_id"] = to_string(key.id);
    co_return boost::json::serialize(claims);
}

}  // namespace tt::auth
