#include "shared/host/issuer_keys.hpp"

namespace tt {

Task<std::string> HttpJwksSource::fetch_jwks() {
    http::ClientRequest request{
        .url = url_, .timeout = std::chrono::milliseconds(3000), .max_response_bytes = 64 << 10};
    auto response = co_await client_.send(std::move(request));
    if (response.status != 200) throw Unavailable("JWKS: status " + std::to_string(response.status));
    co_return std::move(response.body);
}

}  // namespace tt
