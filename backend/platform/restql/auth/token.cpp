#include "platform/restql/auth/token.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace platform::restql {
namespace {

namespace json = boost::json;

constexpr std::size_t min_secret_bytes = 32;
constexpr std::int64_t clock_skew_s = 30;

ApiError refused(std::string code, std::string message, std::optional<std::string> details = {}) {
    const std::string quoted = json::serialize(json::value(message));
    ApiError error{
        .status = 401, .code = std::move(code), .message = std::move(message), .details = std::move(details)};
    error.headers.emplace_back("WWW-Authenticate", "Bearer error=\"invalid_token\", error_description=" + quoted);
    return error;
}

ApiError bad_token(std::string message, std::optional<std::string> details = {}) {
    return refused("PGRST301", std::move(message), std::move(details));
}

ApiError bad_claim(std::string message) {
    return refused("PGRST303", std::move(message));
}

ApiError token_required() {
    return {.status = 401,
            .code = "PGRST302",
            .message = "Anonymous access is disabled",
            .headers = {{"WWW-Authenticate", "Bearer"}}};
}

/// The text after "Bearer "; nothing for other schemes, which mean nobody here.
std::optional<std::string_view> bearer_of(const http::Request& request) {
    std::string_view value = request.header("authorization");
    constexpr std::string_view scheme = "bearer";
    if (value.size() < scheme.size()) return std::nullopt;
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        if ((value[i] | 0x20) != scheme[i]) return std::nullopt;
    }
    value.remove_prefix(scheme.size());
    if (!value.empty() && value.front() != ' ') return std::nullopt;
    while (value.starts_with(' ')) value.remove_prefix(1);
    return value;
}

struct Parts {
    std::string_view signed_text, header, claims, signature;
};

std::optional<Parts> split(std::string_view token) {
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    return Parts{token.substr(0, second), token.substr(0, first), token.substr(first + 1, second - first - 1),
                 token.substr(second + 1)};
}

struct Header {
    std::string algorithm;
    std::optional<std::string> kid;
};

ApiResult<Header> read_header(std::string_view segment) {
    const auto text = crypto::base64url_decode(segment);
    if (!text) return bad_token("JWT cryptographic operation failed");
    boost::system::error_code failure;
    const auto value = json::parse(*text, failure);
    if (failure || !value.is_object()) return bad_token("JWT couldn't be decoded");
    const auto& object = value.get_object();
    Header header;
    if (const auto* alg = object.if_contains("alg"); alg && alg->is_string()) header.algorithm = alg->get_string();
    if (const auto* kid = object.if_contains("kid"); kid && kid->is_string())
        header.kid = std::string(kid->get_string());
    return header;
}

/// NumericDate; nothing for what is no number.
std::optional<double> number_of(const json::value& value) {
    return value.is_number() ? std::optional(value.to_number<double>()) : std::nullopt;
}

/// Nothing when the claim is neither a text nor an array of texts.
std::optional<std::vector<std::string>> audiences_of(const json::value& value) {
    std::vector<std::string> list;
    if (value.is_string()) return std::vector<std::string>{std::string(value.get_string())};
    if (!value.is_array()) return std::nullopt;
    for (const auto& item : value.get_array()) {
        if (!item.is_string()) return std::nullopt;
        list.emplace_back(item.get_string());
    }
    return list;
}

}  // namespace

TokenReader::TokenReader(TokenConfig config, std::vector<crypto::VerificationKey> keys, RolePath role_path)
    : config_(std::move(config)),
      keys_(std::move(keys)),
      role_path_(std::move(role_path)),
      anonymous_(caller_of(json::object())),
      cache_(std::max<std::size_t>(config_.cache_entries, 1)) {}

Result<std::shared_ptr<TokenReader>> TokenReader::make(TokenConfig config) {
    auto path = RolePath::parse(config.role_claim_key);
    if (!path) return Error{Code::invalid_argument, "config_invalid", path.error().message};
    std::vector<crypto::VerificationKey> keys;
    if (auto parsed = crypto::parse_jwk_or_set(config.secret)) {
        keys = std::move(*parsed);
    } else if (!config.secret.empty()) {
        if (config.secret.size() < min_secret_bytes) {
            return Error{Code::invalid_argument, "config_invalid",
                         "The JWT secret must be at least 32 characters long."};
        }
        keys.push_back(crypto::VerificationKey::from_secret(config.secret, "HS256"));
    }
    return std::shared_ptr<TokenReader>(new TokenReader(std::move(config), std::move(keys), std::move(*path)));
}

ApiResult<Caller> TokenReader::read(const http::Request& request, Time now) {
    const auto bearer = bearer_of(request);
    if (!bearer) return anonymous_;
    if (config_.secret.empty()) {
        return ApiError{.status = 500, .code = "PGRST300", .message = "Server lacks JWT secret"};
    }
    const auto claims = claims_of(*bearer);
    if (!claims) return claims.error();
    if (const auto checked = check((*claims)->object.get_object(), now); !checked) return checked.error();
    return (*claims)->caller;
}

ApiResult<std::shared_ptr<const TokenReader::Claims>> TokenReader::claims_of(std::string_view token) {
    if (config_.cache_entries == 0) return verify(token);
    const std::string digest = crypto::sha256(token);
    {
        const std::lock_guard lock(mutex_);
        if (const auto* known = cache_.find(digest)) return *known;
    }
    auto claims = verify(token);
    if (!claims) return claims;
    const std::lock_guard lock(mutex_);
    cache_.put(digest, *claims);
    return claims;
}

ApiResult<std::shared_ptr<const TokenReader::Claims>> TokenReader::verify(std::string_view token) const {
    if (token.empty()) return bad_token("Empty JWT is sent in Authorization header");
    const auto dots = std::count(token.begin(), token.end(), '.');
    if (dots != 2) return bad_token("Expected 3 parts in JWT; got " + std::to_string(dots + 1));
    const auto parts = *split(token);
    const auto header = read_header(parts.header);
    if (!header) return header.error();
    if (header->algorithm == "none") {
        return bad_token("Wrong or unsupported encoding algorithm",
                         "JWT is unsecured but expected 'alg' was not 'none'");
    }
    const auto signature = crypto::base64url_decode(parts.signature);
    const auto text = crypto::base64url_decode(parts.claims);
    if (!signature || !text) return bad_token("JWT cryptographic operation failed");
    bool has_candidate = false;
    bool is_valid = false;
    for (const auto& key : keys_) {
        if (!key.allows(header->algorithm) || (header->kid && *header->kid != key.kid())) continue;
        has_candidate = true;
        is_valid = is_valid || key.verify(header->algorithm, parts.signed_text, *signature);
    }
    if (!has_candidate) {
        return bad_token("No suitable key or wrong key type", "No suitable key was found to decode the JWT");
    }
    if (!is_valid) {
        return bad_token("No suitable key or wrong key type", "None of the keys was able to decode the JWT");
    }
    boost::system::error_code failure;
    auto value = json::parse(*text, failure);
    if (failure || !value.is_object()) return bad_claim("Parsing claims failed");
    auto caller = caller_of(value);
    return std::make_shared<const Claims>(Claims{std::move(value), std::move(caller)});
}

ApiResult<> TokenReader::check(const json::object& claims, Time now) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const auto present = [&](std::string_view name) {
        const auto* value = claims.if_contains(name);
        return value && !value->is_null() ? value : nullptr;
    };
    for (const std::string_view name : {"exp", "nbf", "iat"}) {
        const auto* value = present(name);
        if (!value) continue;
        const auto time = number_of(*value);
        if (!time) return bad_claim("The JWT '" + std::string(name) + "' claim must be a number");
        if (name == "exp" && *time < static_cast<double>(seconds - clock_skew_s)) return bad_claim("JWT expired");
        if (name == "exp" || *time <= static_cast<double>(seconds + clock_skew_s)) continue;
        return bad_claim(name == "nbf" ? "JWT not yet valid" : "JWT issued at future");
    }
    const auto* audience = present("aud");
    if (!audience) return {};
    const auto list = audiences_of(*audience);
    if (!list) return bad_claim("The JWT 'aud' claim must be a string or an array of strings");
    const bool is_open = !config_.audience || (audience->is_array() && list->empty());
    if (is_open || std::find(list->begin(), list->end(), *config_.audience) != list->end()) return {};
    return bad_claim("JWT not in audience");
}

ApiResult<Caller> TokenReader::caller_of(const json::value& claims) const {
    const auto* found = role_path_.find(claims);
    if (!found && !config_.anonymous_role) return token_required();
    Caller caller;
    if (!found) {
        caller.role = *config_.anonymous_role;
    } else {
        caller.role = found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
    }
    caller.is_anonymous = config_.anonymous_role && caller.role == *config_.anonymous_role;
    json::object object = claims.get_object();
    object["role"] = caller.role;
    caller.claims_json = json::serialize(object);
    return caller;
}

}  // namespace platform::restql
