#include "shared/middleware/api_key_cache.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/http/router.hpp"
#include "platform/json/json.hpp"
#include "platform/limits/network.hpp"

#include <exception>

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

constexpr std::chrono::seconds answer_patience{5};  // sources give up earlier

Error not_known_now() {
    return {Code::unavailable, "unavailable", "API keys cannot be checked now", {}, 1};
}

}  // namespace

ApiKeyCache::ApiKeyCache(ApiKeySource& source, MakePrincipal make_principal, const RevocationSet* revocations,
                         const Clock& clock)
    : source_(source),
      make_principal_(std::move(make_principal)),
      revocations_(revocations),
      clock_(clock),
      strangers_of_address_(stranger_questions_per_minute, std::chrono::minutes(1), clock) {}

/// What was good when it was last asked for and has not been revoked since, however long ago.
const ApiKeyCache::Entry* ApiKeyCache::living_entry(const std::string& digest) {
    const Entry* entry = entries_.find(digest);
    if (!entry || !revocations_) return entry;
    const auto& grant = entry->key->grant;
    const bool is_revoked = revocations_->is_revoked(grant.key_id, entry->asked_at) ||
                            revocations_->is_revoked(grant.user_id.value, entry->asked_at);
    if (!is_revoked) return entry;
    entries_.erase(digest);
    return nullptr;
}

std::shared_ptr<const KnownApiKey> ApiKeyCache::remembered(const std::string& digest) {
    const std::lock_guard lock(mutex_);
    const Entry* entry = living_entry(digest);
    return entry && clock_.now() - entry->asked_at < remember_for ? entry->key : nullptr;
}

Result<void> ApiKeyCache::admit_stranger(const std::string& client_ip) {
    const auto decision = strangers_of_address_.take(limits::address_key(client_ip));
    if (!decision.is_allowed) {
        return Error{Code::rate_limited,
                     "rate_limit_exceeded",
                     "Too many API keys from this address",
                     {},
                     static_cast<int>(decision.reset_s)};
    }
    if (stranger_questions_ >= stranger_questions_at_once) {
        return Error{Code::unavailable, "unavailable", "Too many API keys are being looked up", {}, 1};
    }
    return {};
}

Result<ApiKeyCache::Turn> ApiKeyCache::begin(const std::string& digest, const std::string& client_ip) {
    const std::lock_guard lock(mutex_);
    const Entry* entry = living_entry(digest);
    if (entry && clock_.now() - entry->asked_at < remember_for) return Turn{.known = entry->key, .question = nullptr};
    if (const auto asked = questions_.find(digest); asked != questions_.end()) {
        return Turn{.known = nullptr, .question = asked->second};
    }
    const bool is_stranger = entry == nullptr;
    if (is_stranger) {
        const auto admitted = admit_stranger(client_ip);
        if (!admitted) return admitted.error();
        ++stranger_questions_;
    }
    const auto question = std::make_shared<Question>(Question{.is_of_stranger = is_stranger});
    questions_.emplace(digest, question);
    return Turn{.known = nullptr, .question = question, .is_first = true};
}

void ApiKeyCache::finish(Question& question, const std::string& digest, Answer answer, Time asked_at) {
    const std::lock_guard lock(mutex_);
    if (answer) {
        entries_.put(digest, Entry{asked_at, *answer});
    } else if (answer.error().code != Code::unavailable) {
        entries_.erase(digest);
    }
    if (question.is_of_stranger) --stranger_questions_;
    question.answer = std::move(answer);
    questions_.erase(digest);
    for (const Wakeup& waiting : question.waiting) waiting.wake();
}

Task<ApiKeyCache::Answer> ApiKeyCache::look_up(Uuid key_id, std::string digest) {
    auto found = co_await source_.find_api_key(key_id, std::move(digest));
    if (!found) co_return found.error();
    auto principal = make_principal_(claims_of(*found));
    if (!principal) co_return principal.error();
    co_return std::make_shared<const KnownApiKey>(std::move(*found), std::move(*principal));
}

Task<ApiKeyCache::Answer> ApiKeyCache::ask(std::shared_ptr<Question> question, Uuid key_id, std::string digest) {
    const Time asked_at = clock_.now();
    Answer answer = not_known_now();
    std::exception_ptr failure;
    try {
        answer = co_await look_up(key_id, digest);
    } catch (...) {
        failure = std::current_exception();
    }
    finish(*question, digest, answer, asked_at);
    if (failure) std::rethrow_exception(failure);
    co_return answer;
}

/// Why the key is refused; nothing when it is good.
Task<std::optional<ApiKeyCache::Answer>> ApiKeyCache::wait_for(std::shared_ptr<Question> question) {
    const Wakeup wakeup(co_await asio::this_coro::executor);
    bool is_answered = false;
    {
        const std::lock_guard lock(mutex_);
        is_answered = question->answer.has_value();
        if (!is_answered) question->waiting.push_back(wakeup);
    }
    if (!is_answered) co_await wakeup.wait_for(answer_patience);
    const std::lock_guard lock(mutex_);
    if (!question->answer) co_return Answer(not_known_now());
    if (question->answer->has_error()) co_return question->answer;
    co_return std::nullopt;
}

Task<ApiKeyCache::Answer> ApiKeyCache::find(std::string text, std::string client_ip) {
    const std::string digest = crypto::sha256(text);
    if (auto known = remembered(digest)) co_return known;
    const auto key = ApiKeyText::parse(text);
    if (!key) co_return Error{Code::unauthenticated, "api_key_invalid", "This is no API key of ours"};
    while (true) {
        auto turn = begin(digest, client_ip);
        if (!turn) co_return turn.error();
        if (turn->known) co_return turn->known;
        if (turn->is_first) co_return co_await ask(turn->question, key->id, digest);
        const auto refused = co_await wait_for(turn->question);
        if (refused) co_return *refused;
        // begin() finds the good one; unless it was revoked since that question was asked, and then asks anew.
    }
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
