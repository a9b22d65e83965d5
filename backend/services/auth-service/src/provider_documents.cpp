#include "services/auth-service/src/provider_documents.hpp"

#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/domain/outgoing_url.hpp"

namespace tt::auth {
namespace {

constexpr std::chrono::seconds kept_for{600};
constexpr std::chrono::seconds refetch_gap{30};
constexpr std::chrono::milliseconds provider_timeout{5000};
constexpr std::size_t provider_answer_limit_bytes = 256 * 1024;

Error provider_unreachable() {
    return Error{Code::internal, "unexpected_failure", "The identity provider could not be reached"};
}

Error provider_refused() {
    return Error{Code::unprocessable, "bad_oauth_callback", "The identity provider refused the request"};
}

}  // namespace

Task<Result<boost::json::value>> ProviderDocuments::send(http::ClientRequest request) {
    if (!may_call(request.url, peers_)) {
        log::warn("provider_address_refused");
        co_return provider_unreachable();
    }
    request.timeout = provider_timeout;
    request.max_response_bytes = provider_answer_limit_bytes;
    request.headers.set("accept", "application/json");
    request.headers.set("user-agent", "TrendTactics");
    http::ClientResponse response;
    try {
        response = co_await client_.send(std::move(request));
    } catch (const http::ClientError& error) {
        log::warn("provider_unreachable", {{"error.message", error.what()}});
        co_return provider_unreachable();
    }
    auto document = json::parse_value(response.body);
    if (response.status >= 500) co_return provider_unreachable();
    if (response.status >= 300) {
        log::warn("provider_refused", {{"http.response.status_code", response.status}});
        co_return provider_refused();
    }
    if (!document) co_return provider_refused();
    co_return std::move(*document);
}

std::optional<ProviderDocuments::Kept> ProviderDocuments::find(const std::string& url) const {
    const std::lock_guard lock(mutex_);
    const auto kept = kept_.find(url);
    return kept == kept_.end() ? std::nullopt : std::optional(kept->second);
}

Task<Result<boost::json::value>> ProviderDocuments::get_now(std::string url) {
    http::ClientRequest request;
    request.url = url;
    auto document = co_await send(std::move(request));
    if (!document) co_return document;
    const std::lock_guard lock(mutex_);
    kept_[url] = Kept{*document, clock_.now()};
    co_return document;
}

Task<Result<boost::json::value>> ProviderDocuments::get_kept(std::string url) {
    auto kept = find(url);
    if (kept && clock_.now() - kept->at < kept_for) co_return std::move(kept->document);
    auto fresh = co_await get_now(std::move(url));
    // A provider that is away for a while: its keys of before are better than nobody signing in.
    if (!fresh && kept) co_return std::move(kept->document);
    co_return fresh;
}

Task<Result<boost::json::value>> ProviderDocuments::get_fresh(std::string url) {
    auto kept = find(url);
    if (kept && clock_.now() - kept->at < refetch_gap) co_return std::move(kept->document);
    co_return co_await get_now(std::move(url));
}

Task<Result<boost::json::value>> ProviderDocuments::get(std::string url, std::string bearer) {
    http::ClientRequest request;
    request.url = std::move(url);
    request.headers.set("authorization", "Bearer " + bearer);
    return send(std::move(request));
}

Task<Result<boost::json::value>> ProviderDocuments::post_form(std::string url, std::string form,
                                                              std::string basic_credentials) {
    http::ClientRequest request;
    request.method = "POST";
    request.url = std::move(url);
    request.body = std::move(form);
    request.headers.set("content-type", "application/x-www-form-urlencoded");
    if (!basic_credentials.empty()) request.headers.set("authorization", "Basic " + basic_credentials);
    return send(std::move(request));
}

}  // namespace tt::auth
