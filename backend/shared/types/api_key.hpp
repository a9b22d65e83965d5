#pragma once

#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt {

/// `tt_live_<id>_<secret>_<checksum>`: what a person gives to a program. The checksum lets scanners of source code tell
/// a key from noise, and us refuse a misspelt one without a question to the database.
struct ApiKeyText {
    static constexpr std::string_view prefix = "tt_live_";
    static constexpr std::size_t secret_bytes = 32;

    Uuid id;
    std::string secret;  ///< secret_bytes random bytes

    std::string to_text() const;
    static std::optional<ApiKeyText> parse(std::string_view text);
};

/// What a key may do, for as long as nobody changes it.
struct ApiKeyGrant {
    Uuid key_id;
    UserId user_id;
    std::vector<std::string> scopes;       ///< "courses:read", "rest:write", "*:read"
    std::vector<std::string> allowed_ips;  ///< addresses and CIDR blocks; empty: from anywhere
    std::string claims_json;               ///< what a token of the owner would say
};
BOOST_DESCRIBE_STRUCT(ApiKeyGrant, (), (key_id, user_id, scopes, allowed_ips, claims_json))

/// Who knows the keys: auth in this process, or over HTTP.
class ApiKeySource {
public:
    virtual ~ApiKeySource() = default;
    /// `secret_hash` is the SHA-256 of the whole text. Error: api_key_invalid (401) for a key that is unknown, revoked
    /// or expired, and when its owner may not sign in. Throws when it cannot be known now.
    virtual Task<Result<ApiKeyGrant>> find_api_key(Uuid key_id, std::string secret_hash) = 0;
};

/// `area:action` with a lower-case area or *, and action read or write.
bool is_api_key_scope(std::string_view scope);

/// Whether a key with these scopes may call this path; the area is the first segment behind /api/v1/, or rest, storage,
/// functions. Writing includes reading. Nothing opens /auth/v1, /internal and the routes of API keys themselves.
bool may_call(const std::vector<std::string>& scopes, bool is_reading, std::string_view path);

/// Whether `text` is an address or a CIDR block.
bool is_address_block(std::string_view text);
/// Whether `address` is one of `blocks`, or `blocks` is empty.
bool is_allowed_address(const std::vector<std::string>& blocks, const std::string& address);

}  // namespace tt
