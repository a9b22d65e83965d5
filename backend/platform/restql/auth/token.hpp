#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/crypto/jwk.hpp"
#include "platform/crypto/lru_cache.hpp"
#include "platform/http/request.hpp"
#include "platform/restql/auth/role_path.hpp"
#include "platform/restql/context.hpp"
#include "platform/restql/error.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::restql {

struct TokenConfig {
    std::string secret{};  ///< a text of at least 32 bytes (HS256), a JWK or a JWK Set; empty: tokens cannot be checked
    std::optional<std::string> audience{};
    std::string role_claim_key = "$.role";
    std::size_t cache_entries = 1000;  ///< signatures that were checked; 0: none is remembered
    std::optional<std::string> anonymous_role{};
};

/// Turns the bearer token of a request into the caller (data-api.md §1.11). Used by the stand-alone executable; the
/// platform's gateways check tokens themselves. Safe to call from all io threads.
class TokenReader {
public:
    /// Errors: `config_invalid` for a short secret or a role path that cannot be read.
    static Result<std::shared_ptr<TokenReader>> make(TokenConfig config);

    /// Errors: PGRST300 (500, a token but no secret), PGRST301, PGRST302, PGRST303 (401).
    ApiResult<Caller> read(const http::Request& request, Time now);

private:
    struct Claims {
        boost::json::value object;
        ApiResult<Caller> caller;  ///< made once per token
    };
    TokenReader(TokenConfig config, std::vector<crypto::VerificationKey> keys, RolePath role_path);

    ApiResult<std::shared_ptr<const Claims>> claims_of(std::string_view token);
    ApiResult<std::shared_ptr<const Claims>> verify(std::string_view token) const;
    ApiResult<> check(const boost::json::object& claims, Time now) const;
    ApiResult<Caller> caller_of(const boost::json::value& claims) const;

    TokenConfig config_;
    std::vector<crypto::VerificationKey> keys_;
    RolePath role_path_;
    ApiResult<Caller> anonymous_;
    std::mutex mutex_;  // guards the cache
    crypto::LruCache<std::shared_ptr<const Claims>> cache_;
};

}  // namespace platform::restql
