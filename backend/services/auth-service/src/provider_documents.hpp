#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/http/client.hpp"
#include "shared/types/prelude.hpp"

#include <boost/json/value.hpp>
#include <map>
#include <mutex>
#include <string>

namespace tt::auth {

/// What is asked of identity providers: small JSON answers, over TLS, without redirects, in seconds. Addresses may come
/// from a provider's own document, so each is checked (may_call), and so is what the client connects to.
class ProviderDocuments {
public:
    /// `client` calls `peers` only.
    ProviderDocuments(http::Client& client, const Clock& clock, AllowedPeers peers)
        : client_(client), clock_(clock), peers_(std::move(peers)) {}

    /// Discovery documents and keys: kept for ten minutes. Error: unexpected_failure (500) when it cannot be had.
    Task<Result<boost::json::value>> get_kept(std::string url);
    /// Asks at once and keeps the answer: somebody has just written the address. Error: as get_kept; the provider's
    /// refusal is bad_oauth_callback (422).
    Task<Result<boost::json::value>> get_now(std::string url);
    /// Asks again, at most once per half a minute: a key was rotated. Error: as get_kept.
    Task<Result<boost::json::value>> get_fresh(std::string url);
    /// Errors: unexpected_failure (500); the provider's refusal is bad_oauth_callback (422).
    Task<Result<boost::json::value>> get(std::string url, std::string bearer);
    Task<Result<boost::json::value>> post_form(std::string url, std::string form, std::string basic_credentials);

private:
    struct Kept {
        boost::json::value document;
        Time at{};
    };
    Task<Result<boost::json::value>> send(http::ClientRequest request);
    std::optional<Kept> find(const std::string& url) const;

    http::Client& client_;
    const Clock& clock_;
    AllowedPeers peers_;
    mutable std::mutex mutex_;
    std::map<std::string, Kept> kept_;
};

}  // namespace tt::auth
