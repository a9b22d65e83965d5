#pragma once

#include "platform/crypto/jwks.hpp"
#include "platform/http/client.hpp"
#include "shared/types/prelude.hpp"

#include <string>

namespace tt {

/// The issuer's public keys over HTTP, for processes that do not hold auth.
class HttpJwksSource final : public crypto::JwksSource {
public:
    HttpJwksSource(http::Client& client, std::string site_url)
        : client_(client), url_(std::move(site_url) + "/auth/v1/.well-known/jwks.json") {}

    /// Throws http::ClientError or Unavailable.
    Task<std::string> fetch_jwks() override;

private:
    http::Client& client_;
    std::string url_;
};

}  // namespace tt
