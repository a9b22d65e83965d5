#include "shared/middleware/api_key_cache.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/http/router.hpp"
#include "platform/json/json.hpp"

namespace tt {
namespace {

bool is_reading(http::Method method) {
    return method == http::Method::get || method == http::Method::head || method == http::Method::options ||
           method == http::Method::query;
}

crypto::Claims claims_of(const ApiKeyGrant& grant) {
    crypto::Claims claims;
    claims.subject = to_string(grant.user_id);
    claims.json = grant.claims_json;
    auto members = json::parse_value(grant.claims_json);
    if (members && members->is_object()) claims.members = std::move(members->get_object());
    return claims;
}

/// Counted for as long as it lives.
class Question {
public:
    explicit Question(std::atomic<int>& running) : running_(running), number_(++running) {}
    ~Question() { --running_; }
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    int number() const { return number_; }

private:
    std::atomic<int>& running_;
    int number_;
};

}  // namespace

std::shared_ptr<const KnownApiKey> ApiKeyCache::remembered(const std::string& digest) {
    const std::lock_guard lock(mutex_);
    const Entry* entry = entries_.find(digest);
    if (!entry) return nullptr;
    const auto& grant = entry->key->grant;
    const bool is_revoked = revocations_ && (revocations_->is_revoked(grant.key_id, entry->asked_at) ||
                                             revocations_->is_revoked(grant.user_id.value, entry->asked_at));
    if (!is_revoked && clock_.now() - entry->asked_at < remember_for) return entry->key;
    entries_.erase(digest);
    return nullptr;
}

Task<Result<ApiKeyGrant>> ApiKeyCache::ask(Uuid key_id, std::string digest) {
    const Question question(questions_);
    if (question.number() > questions_at_once) {
        co_return Error{Code::unavailable, "unavailable", "Too many API keys are being looked up", {}, 1};
    }
    co_return co_await source_.find_api_key(key_id, std::move(digest));
}

Task<Result<std::shared_ptr<const KnownApiKey>>> ApiKeyCache::find(std::string text) {
    const std::string digest = crypto::sha256(text);
    if (auto known = remembered(digest)) co_return known;
    const auto key = ApiKeyText::parse(text);
    if (!key) co_return Error{Code::unauthenticated, "api_key_invalid", "This is no API key of ours"};
    const Time asked_at = clock_.now();
    auto found = co_await ask(key->id, digest);
    if (!found) co_return found.error();
    auto principal = make_principal_(claims_of(*found));
    if (!principal) co_return principal.error();
    auto known = std::make_shared<const KnownApiKey>(std::move(*found), std::move(*principal));
    const std::lock_guard lock(mutex_);
    entries_.put(digest, Entry{asked_at, known});
    co_return known;
}

Result<void> check_use(const ApiKeyGrant& grant, const http::Request& request) {
    if (!is_allowed_address(grant.allowed_ips, request.client_ip)) {
        return Error{Code::permission_denied, "api_key_address_refused", "This API key may not be used from here"};
    }
    // The pattern, where there is one: a path has more than one spelling.
    const std::string_view path = request.route ? std::string_view(request.route->pattern) : request.path();
    if (!may_call(grant.scopes, is_reading(request.method), path)) {
        return Error{Code::permission_denied, "insufficient_scope", "The scopes of this API key do not cover this"};
    }
    return {};
}

}  // namespace tt
