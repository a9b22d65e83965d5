#include "platform/http/client.hpp"

#include "platform/core/error.hpp"
#include "platform/http/client_connection.hpp"
#include "platform/trace/span.hpp"

#include <array>
#include <boost/asio/this_coro.hpp>
#include <map>

namespace platform::http {
namespace {

using ConnectionPtr = std::shared_ptr<ClientConnection>;

bool is_idempotent(std::string_view method) {
    return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS";
}

std::string serialise(const ClientRequest& request, const Url& url) {
    std::string text = request.method + ' ' + url.target + " HTTP/1.1\r\nhost: " + url.authority + "\r\n";
    for (const auto [name, value] : request.headers) {
        if (iequals(name, "host") || iequals(name, "content-length") || iequals(name, "transfer-encoding")) continue;
        text += name;
        text += ": ";
        text += value;
        text += "\r\n";
    }
    const bool has_body =
        !request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (has_body) text += "content-length: " + std::to_string(request.body.size()) + "\r\n";
    text += "\r\n";
    return text + request.body;
}

/// Idle connections of one io thread, by scheme and authority; used on that thread only.
class Pool {
public:
    ConnectionPtr take(const std::string& key, std::chrono::milliseconds max_idle_time) {
        auto& idle = idle_[key];
        const Deadline oldest = std::chrono::steady_clock::now() - max_idle_time;
        while (!idle.empty()) {
            ConnectionPtr connection = std::move(idle.back());
            idle.pop_back();
            if (connection->idle_since() >= oldest && connection->is_alive()) return connection;
        }
        return nullptr;
    }

    void give(const std::string& key, ConnectionPtr connection, std::size_t max_idle) {
        auto& idle = idle_[key];
        if (idle.size() >= max_idle) idle.erase(idle.begin());
        connection->mark_idle();
        idle.push_back(std::move(connection));
    }

private:
    std::map<std::string, std::vector<ConnectionPtr>> idle_;
};

asio::ssl::context make_tls_context(const ClientOptions& options) {
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    context.set_verify_mode(options.verify_tls ? asio::ssl::verify_peer : asio::ssl::verify_none);
    if (!options.ca_file.empty()) {
        context.load_verify_file(options.ca_file);
    } else if (options.verify_tls) {
        context.set_default_verify_paths();
    }
    return context;
}

}  // namespace

struct Client::Impl {
    Impl(Runtime& runtime, ClientOptions options_)
        : options(std::move(options_)), tls(make_tls_context(options)), pools(runtime.size()) {}

    Task<ClientResponse> send(ClientRequest request);
    Task<ClientResponse> send_traced(ClientRequest request);
    Task<ConnectionPtr> open(const Url& url, const ClientRequest& request, Deadline deadline);
    Task<ClientResponse> run(ConnectionPtr connection, const ClientRequest& request, const Url& url);
    Pool& pool() { return pools[Runtime::current()]; }

    ClientOptions options;
    asio::ssl::context tls;
    std::vector<Pool> pools;  // one per io thread: no locks
};

namespace {
std::string pool_key(const Url& url) {
    return (url.is_https ? "s" : "p") + url.authority;
}

constexpr std::array<const char*, 9> kind_names{"bad_url", "resolve",  "connect",   "tls",         "timeout",
                                                "closed",  "protocol", "too_large", "peer_refused"};

const char* to_string(ClientError::Kind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

/// Where the call goes, without the path and the query: they may name a person.
void describe(trace::Span& span, const ClientRequest& request) {
    span.set("http.request.method", request.method);
    const auto url = parse_url(request.url);
    if (!url) return;
    span.set("server.address", url->host);
    span.set("server.port", std::int64_t{url->port});
}
}  // namespace

Task<ConnectionPtr> Client::Impl::open(const Url& url, const ClientRequest& request, Deadline deadline) {
    const Executor executor = co_await asio::this_coro::executor;
    auto connection = std::make_shared<ClientConnection>(executor, url, options.allowed_peers);
    connection->expire_at(std::min(deadline, std::chrono::steady_clock::now() + request.connect_timeout));
    co_await connection->connect(url.is_https ? &tls : nullptr);
    co_return connection;
}

Task<ClientResponse> Client::Impl::run(ConnectionPtr connection, const ClientRequest& request, const Url& url) {
    std::string message = serialise(request, url);
    ClientResponse response =
        co_await connection->exchange(std::move(message), request.method == "HEAD", request.max_response_bytes);
    connection->stop_timer();
    if (connection->can_be_reused()) pool().give(pool_key(url), connection, options.max_idle_per_host);
    co_return response;
}

Client::Client(Runtime& runtime, ClientOptions options) : impl_(std::make_unique<Impl>(runtime, std::move(options))) {}
Client::~Client() = default;

Task<ClientResponse> Client::send(ClientRequest request) {
    if (!trace::ActiveTrace::current()) return impl_->send(std::move(request));
    return impl_->send_traced(std::move(request));
}

Task<ClientResponse> Client::Impl::send_traced(ClientRequest request) {
    trace::Span span(request.method, trace::Kind::client);
    describe(span, request);
    request.headers.set("traceparent", trace::to_traceparent(span.context()));
    try {
        ClientResponse response = co_await send(std::move(request));
        span.set("http.response.status_code", std::int64_t{response.status});
        if (response.status >= 400) span.fail(std::to_string(response.status));
        co_return response;
    } catch (const ClientError& error) {
        span.fail(to_string(error.kind()));
        throw;
    }
}

Task<ClientResponse> Client::Impl::send(ClientRequest request) {
    const auto url = parse_url(request.url);
    if (!url) throw ClientError(ClientError::Kind::bad_url, "http client: not an http(s) URL");
    const Deadline deadline = std::chrono::steady_clock::now() + request.timeout;
    auto reused = pool().take(pool_key(*url), options.max_idle_time);
    if (reused) {
        reused->expire_at(deadline);
        try {
            co_return co_await run(reused, request, *url);
        } catch (const ClientError& error) {
            // The peer may close an idle connection at the moment we write; nothing was answered, so nothing is lost.
            const bool may_repeat =
                error.kind() == ClientError::Kind::closed && !reused->has_received() && is_idempotent(request.method);
            if (!may_repeat) throw;
        }
    }
    const ConnectionPtr connection = co_await open(*url, request, deadline);
    connection->expire_at(deadline);
    co_return co_await run(connection, request, *url);
}

}  // namespace platform::http
