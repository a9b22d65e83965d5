#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace platform::crypto {

/// What a signature covers of a request; for an empty body the digest of nothing.
struct SignedRequest {
    std::string method;  ///< "POST"
    std::string path;    ///< as sent, "/" at least
    std::string query;   ///< as sent, without the question mark
    std::string content_digest;
};

/// The three fields a signed request carries (RFC 9421 §4, RFC 9530 §2).
struct SignatureFields {
    std::string content_digest;
    std::string signature_input;
    std::string signature;
};

/// `sha-256=:…:` of a body.
std::string content_digest(std::string_view body);

/// Signs with HMAC-SHA-256 under a key that both ends know. `key_id` names the signer.
SignatureFields sign_request(SignedRequest request, const std::string& key_id, std::string_view key, Time now);

/// Verifies such requests: covered are method, path, query and body, the signature is at most `window` old, and no
/// nonce comes twice. One signature per request, hmac-sha256 only. Safe from any thread.
class RequestVerifier {
public:
    /// The key of a signer, or nothing for an unknown one.
    using FindKey = std::function<std::optional<std::string>(std::string_view key_id)>;

    RequestVerifier(FindKey find_key, const Clock& clock, std::chrono::seconds window = std::chrono::seconds(300))
        : find_key_(std::move(find_key)), clock_(clock), window_(window) {}

    /// Who signed. The body is the caller's to compare with `request.content_digest`.
    /// Errors (401): signature_invalid, signature_expired, signature_replayed.
    Result<std::string> verify(const SignedRequest& request, const SignatureFields& fields);

private:
    bool is_first_use(const std::string& nonce);

    FindKey find_key_;
    const Clock& clock_;
    std::chrono::seconds window_;
    std::mutex mutex_;
    // Nonces of this period and the one before, each two windows long: no signature is good for longer.
    std::unordered_set<std::string> recent_;
    std::unordered_set<std::string> older_;
    Time period_begin_{};
};

}  // namespace platform::crypto
