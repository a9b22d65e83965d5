#pragma once

#include "platform/http/signing_client.hpp"
#include "shared/middleware/issuer_sources.hpp"

#include <string>

/// The issuer over HTTP, for processes that do not hold auth. Every call throws http::ClientError or Unavailable.
namespace tt {

class HttpJwksSource final : public crypto::JwksSource {
public:
    HttpJwksSource(http::Client& client, const std::string& url) : client_(client), url_(url + jwks_path) {}
    Task<std::string> fetch_jwks() override;

private:
    http::Client& client_;
    std::string url_;
};

class HttpRevocationSource final : public RevocationSource {
public:
    HttpRevocationSource(http::SigningClient client, const std::string& url)
        : client_(std::move(client)), url_(url + revocations_path) {}
    Task<RevocationPage> revocations_after(std::string cursor) override;

private:
    http::SigningClient client_;
    std::string url_;
};

class HttpApiKeySource final : public ApiKeySource {
public:
    HttpApiKeySource(http::SigningClient client, const std::string& url)
        : client_(std::move(client)), url_(url + api_key_check_path) {}
    Task<Result<ApiKeyGrant>> find_api_key(Uuid key_id, std::string secret_hash) override;

private:
    http::SigningClient client_;
    std::string url_;
};

}  // namespace tt
