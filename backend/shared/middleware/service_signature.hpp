#pragma once

#include "platform/crypto/request_signature.hpp"
#include "platform/http/client.hpp"
#include "platform/http/router.hpp"
#include "shared/types/prelude.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace tt {

/// Proves among the processes of the platform that a request comes from one of them (RFC 9421). Every process derives
/// the signers' keys from the master key; `name` is what this one calls itself.
class ServiceSignature {
public:
    /// The key of the service that calls itself `name`.
    using KeyOf = std::function<std::string(std::string_view name)>;

    static constexpr std::size_t name_limit = 64;

    ServiceSignature(std::string name, KeyOf key_of, const Clock& clock);

    void sign(http::ClientRequest& request) const;

    /// For `/internal/v1`: a request that is signed and whole gets the Principal of a service, any other one is
    /// answered 401 signature_required, signature_invalid, signature_expired or signature_replayed, whatever token it
    /// carries. `open_path` has a proof of its own, and what is no route here is nobody's.
    http::Middleware middleware(std::string open_path);

private:
    Task<http::Response> run(http::Request& request, const http::Handler& next);
    Result<std::string> verify(const http::Request& request);

    std::string name_;
    KeyOf key_of_;
    const Clock& clock_;
    crypto::RequestVerifier verifier_;
};

}  // namespace tt
