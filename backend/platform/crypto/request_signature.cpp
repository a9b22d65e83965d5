#include "platform/crypto/request_signature.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

#include <charconv>

namespace platform::crypto {
namespace {

constexpr std::string_view signature_label = "tt=";
constexpr std::string_view covered_components = R"(("@method" "@path" "@query" "content-digest"))";
constexpr std::size_t signature_nonce_bytes = 16;
constexpr std::size_t signature_field_limit_bytes = 1024;

struct SignatureParams {
    std::int64_t created = 0;  // Unix seconds
    std::string key_id;
    std::string nonce;
};

/// RFC 9421 §2.5.
std::string signature_base(const SignedRequest& request, std::string_view params) {
    std::string base = "\"@method\": " + request.method;
    base += "\n\"@path\": " + (request.path.empty() ? "/" : request.path);
    base += "\n\"@query\": ?" + request.query;
    base += "\n\"content-digest\": " + request.content_digest;
    base += "\n\"@signature-params\": ";
    return base.append(params);
}

/// Takes `prefix` off the front of `text`.
bool skip_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// A quoted_value string without escapes, or nothing.
std::optional<std::string> quoted_value(std::string_view& text) {
    if (!skip_prefix(text, "\"")) return std::nullopt;
    const auto end = text.find('"');
    if (end == std::string_view::npos || text.substr(0, end).find('\\') != std::string_view::npos) return std::nullopt;
    std::string value(text.substr(0, end));
    text.remove_prefix(end + 1);
    return value;
}

bool read_param(std::string_view& text, SignatureParams& params) {
    if (skip_prefix(text, ";created=")) {
        const auto read = std::from_chars(text.data(), text.data() + text.size(), params.created);
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
        return read.ec == std::errc();
    }
    std::string ignored_algorithm;
    std::string* target = nullptr;
    if (skip_prefix(text, ";keyid=")) {
        target = &params.key_id;
    } else if (skip_prefix(text, ";nonce=")) {
        target = &params.nonce;
    } else if (skip_prefix(text, ";alg=")) {
        target = &ignored_algorithm;
    } else {
        return false;
    }
    auto value = quoted_value(text);
    if (!value || value->empty() || !target->empty()) return false;
    if (target == &ignored_algorithm && *value != "hmac-sha256") return false;
    *target = std::move(*value);
    return true;
}

/// `text` is the member's value: covered_components and parameters in any order of the latter.
std::optional<SignatureParams> read_params(std::string_view text) {
    if (!skip_prefix(text, covered_components)) return std::nullopt;
    SignatureParams params;
    while (!text.empty()) {
        if (!read_param(text, params)) return std::nullopt;
    }
    if (params.created <= 0 || params.key_id.empty() || params.nonce.empty()) return std::nullopt;
    return params;
}

Error signature_refusal(std::string reason, std::string message) {
    return {Code::unauthenticated, std::move(reason), std::move(message)};
}

std::int64_t signature_seconds(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace

std::string content_digest(std::string_view body) {
    return "sha-256=:" + base64_encode(sha256(body)) + ":";
}

SignatureFields sign_request(SignedRequest request, const std::string& key_id, std::string_view key, Time now) {
    const std::string params = std::string(covered_components) + ";created=" + std::to_string(signature_seconds(now)) +
                               ";keyid=\"" + key_id + "\";alg=\"hmac-sha256\";nonce=\"" +
                               random_token(signature_nonce_bytes) + "\"";
    const std::string mac = hmac_sha256(key, signature_base(request, params));
    return {.content_digest = std::move(request.content_digest),
            .signature_input = std::string(signature_label) + params,
            .signature = std::string(signature_label) + ":" + base64_encode(mac) + ":"};
}

Result<std::string> RequestVerifier::verify(const SignedRequest& request, const SignatureFields& fields) {
    std::string_view input = fields.signature_input;
    std::string_view signature = fields.signature;
    const bool is_ours = input.size() <= signature_field_limit_bytes && skip_prefix(input, signature_label) &&
                         skip_prefix(signature, signature_label) && signature.size() > 2 && signature.front() == ':' &&
                         signature.back() == ':';
    const auto params = is_ours ? read_params(input) : std::nullopt;
    const auto key = params ? find_key_(params->key_id) : std::nullopt;
    if (!key) return signature_refusal("signature_invalid", "The request is not signed by a service we know");
    const auto mac = base64_decode(signature.substr(1, signature.size() - 2));
    if (!mac || !constant_time_equal(*mac, hmac_sha256(*key, signature_base(request, input)))) {
        return signature_refusal("signature_invalid", "The signature does not fit the request");
    }
    const std::int64_t age_s = signature_seconds(clock_.now()) - params->created;
    if (age_s > window_.count() || age_s < -window_.count()) {
        return signature_refusal("signature_expired", "The signature is of another time; are the clocks right?");
    }
    if (!is_first_use(params->key_id + '/' + params->nonce)) {
        return signature_refusal("signature_replayed", "This request was received before");
    }
    return params->key_id;
}

bool RequestVerifier::is_first_use(const std::string& nonce) {
    const Time now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (now - period_begin_ >= 2 * window_) {
        // After a long pause the older nonces are of no use either.
        older_ = now - period_begin_ >= 4 * window_ ? std::unordered_set<std::string>() : std::move(recent_);
        recent_.clear();
        period_begin_ = now;
    }
    return !older_.contains(nonce) && recent_.insert(nonce).second;
}

}  // namespace platform::crypto
