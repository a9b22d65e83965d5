#include "shared/middleware/service_signature.hpp"

#include "platform/log/log.hpp"
#include "shared/types/principal.hpp"

#include <algorithm>

namespace tt {
namespace {

bool is_service_name(std::string_view name) {
    const auto is_name_character = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= ServiceSignature::name_limit && std::ranges::all_of(name, is_name_character);
}

/// Path and query of an absolute URL.
std::string_view target_of(std::string_view url) {
    const auto authority = url.find("://");
    const auto slash = url.find('/', authority == std::string_view::npos ? 0 : authority + 3);
    return slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
}

crypto::SignedRequest signed_parts(std::string_view method, std::string_view target, std::string_view digest) {
    const auto question = target.find('?');
    const bool has_query = question != std::string_view::npos;
    return {.method = std::string(method),
            .path = std::string(target.substr(0, question)),
            .query = std::string(has_query ? target.substr(question + 1) : std::string_view()),
            .content_digest = std::string(digest)};
}

Principal service_principal() {
    Principal service;
    service.role = "service_role";
    service.claims_json = R"({"role":"service_role"})";
    return service;
}

}  // namespace

ServiceSignature::ServiceSignature(std::string name, KeyOf key_of, const Clock& clock)
    : name_(std::move(name)),
      key_of_(std::move(key_of)),
      clock_(clock),
      verifier_(
          [this](std::string_view name) { return is_service_name(name) ? std::optional(key_of_(name)) : std::nullopt; },
          clock) {}

void ServiceSignature::sign(http::ClientRequest& request) const {
    const auto parts = signed_parts(request.method, target_of(request.url), crypto::content_digest(request.body));
    const auto fields = crypto::sign_request(parts, name_, key_of_(name_), clock_.now());
    request.headers.set("Content-Digest", fields.content_digest);
    request.headers.set("Signature-Input", fields.signature_input);
    request.headers.set("Signature", fields.signature);
}

http::Middleware ServiceSignature::middleware(std::string open_path) {
    return [this, open_path = std::move(open_path)](http::Request& request, const http::Handler& next) {
        const bool is_ours = request.route && request.path() != open_path;
        return is_ours ? run(request, next) : next(request);
    };
}

Result<std::string> ServiceSignature::verify(const http::Request& request) {
    if (!request.headers.contains("signature-input")) {
        return Error{Code::unauthenticated, "signature_required", "This is for the platform's own services"};
    }
    for (const std::string_view once : {"signature-input", "signature", "content-digest"}) {
        if (request.headers.count(once) != 1) {
            return Error{Code::unauthenticated, "signature_invalid", "A signed request has one signature"};
        }
    }
    const std::string_view digest = request.header("content-digest");
    const crypto::SignatureFields fields{.content_digest = std::string(digest),
                                         .signature_input = std::string(request.header("signature-input")),
                                         .signature = std::string(request.header("signature"))};
    return verifier_.verify(signed_parts(request.method_text, request.target, digest), fields);
}

Task<http::Response> ServiceSignature::run(http::Request& request, const http::Handler& next) {
    const auto signer = verify(request);
    if (!signer) {
        log::warn("service_request_refused", {{"reason", signer.error().reason}});
        co_return http::render_error(signer.error(), request);
    }
    if (request.body_source) {  // only now: a stranger's body is not worth reading
        const auto limit = request.route ? request.route->options.body_limit_bytes : http::default_body_limit_bytes;
        co_await request.body_source->read(request, {limit, false});
        request.body_source = nullptr;
    }
    if (request.header("content-digest") != crypto::content_digest(request.body)) {
        const Error error{Code::unauthenticated, "signature_invalid", "The body is not the one that was signed"};
        co_return http::render_error(error, request);
    }
    request.attach(service_principal());
    co_return co_await next(request);
}

}  // namespace tt
