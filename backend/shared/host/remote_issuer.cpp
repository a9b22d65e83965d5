#include "shared/host/remote_issuer.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/json/json.hpp"

namespace tt {
namespace {

constexpr std::chrono::milliseconds issuer_patience{3000};
constexpr std::size_t jwks_limit_bytes = 64 << 10;
constexpr std::size_t revocations_limit_bytes = 256 << 20;  // a million of them

template <class T>
T parsed(const std::string& what, const http::ClientResponse& response) {
    if (response.status != 200) throw Unavailable(what + ": status " + std::to_string(response.status));
    auto body = json::parse<T>(response.body);
    if (!body) throw Unavailable(what + ": " + body.error().message);
    return std::move(*body);
}

}  // namespace

Task<std::string> HttpJwksSource::fetch_jwks() {
    http::ClientRequest request{.url = url_, .timeout = issuer_patience, .max_response_bytes = jwks_limit_bytes};
    auto response = co_await client_.send(std::move(request));
    if (response.status != 200) throw Unavailable("JWKS: status " + std::to_string(response.status));
    co_return std::move(response.body);
}

Task<RevocationPage> HttpRevocationSource::revocations_after(std::string cursor) {
    http::ClientRequest request{.url = url_ + "?after=" + http::percent_encode(cursor),
                                .timeout = issuer_patience,
                                .max_response_bytes = revocations_limit_bytes};
    const auto response = co_await client_.send(std::move(request));
    co_return parsed<RevocationPage>("revocations", response);
}

Task<Result<ApiKeyGrant>> HttpApiKeySource::find_api_key(Uuid key_id, std::string secret_hash) {
    const ApiKeyCheck check{key_id, crypto::hex_encode(secret_hash)};
    http::ClientRequest request{.method = "POST", .url = url_, .body = json::write(check), .timeout = issuer_patience};
    request.headers.set("Content-Type", "application/json");
    const auto response = co_await client_.send(std::move(request));
    if (response.status == 404) co_return Error{Code::unauthenticated, "api_key_invalid", "This API key is not valid"};
    co_return parsed<ApiKeyGrant>("API keys", response);
}

}  // namespace tt
