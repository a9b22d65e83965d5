#include "shared/host/host.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "shared/host/edge.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <exception>
#include <fstream>
#include <iterator>
#include <thread>

namespace tt {
namespace {

unsigned io_threads_of(const Settings& settings) {
    if (settings.server.io_threads > 0) return settings.server.io_threads;
    return std::max(1U, std::thread::hardware_concurrency());
}

mail::SmtpConfig smtp_config(const MailSettings& mail) {
    mail::SmtpConfig smtp;
    smtp.host = mail.smtp_host;
    smtp.port = static_cast<unsigned short>(mail.smtp_port);
    smtp.tls = mail.smtp_tls == "off"        ? mail::SmtpTls::off
               : mail.smtp_tls == "implicit" ? mail::SmtpTls::implicit
                                             : mail::SmtpTls::starttls;
    smtp.username = mail.username;
    smtp.password = mail.password.reveal();
    smtp.from = {mail.from, "TrendTactics"};
    return smtp;
}

std::string master_key_of(const Settings& settings) {
    return crypto::base64url_decode(settings.keys.master_key.reveal()).value();
}

std::string derive(const std::string& master, std::string_view purpose) {
    return crypto::hmac_sha256(master, std::string("tt/v1/") + std::string(purpose));
}

log::Level log_level_of(const std::string& name) {
    if (name == "debug") return log::Level::debug;
    if (name == "warn") return log::Level::warn;
    if (name == "error") return log::Level::error;
    return log::Level::info;
}

/// What a process calls itself to the others: its role or service.
std::string service_name_of(const Settings& settings) {
    std::string name = settings.tracing.service_name;
    for (char& c : name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!is_plain) c = '-';
    }
    return name.substr(0, ServiceSignature::name_limit);
}

}  // namespace

/// The ports of the host itself.
struct Host::Private {
    std::unique_ptr<mail::DevInbox> inbox;
    http::Router inbox_router;
    std::unique_ptr<http::Server> inbox_server;
    http::Router operations_router;
    std::unique_ptr<http::Server> operations_server;
    bool is_serving = false;
};

Host::Host(Settings settings)
    : settings_(std::move(settings)),
      runtime_(io_threads_of(settings_)),
      client_(runtime_),
      tracing_(Tracing::of(settings_.tracing, runtime_, client_)),
      envelope_({derive(master_key_of(settings_), "envelope")}),
      service_signature_(
          service_name_of(settings_),
          [this](std::string_view name) { return derive_key("service/" + std::string(name)); }, clock_),
      mailer_(runtime_, smtp_config(settings_.mail), clock_),
      files_(settings_.paths.data / "storage", runtime_),
      media_signer_(std::vector<std::string>{derive(master_key_of(settings_), "media")}),
      private_(std::make_unique<Private>()) {
    log::configure({.level = log_level_of(settings_.server.log_level), .service = "trendtactics"});
    std::filesystem::create_directories(settings_.paths.data / "uploads");
    const std::string& redis_url = settings_.redis.url.reveal();
    if (!redis_url.empty()) redis_ = std::make_unique<redis::Client>(runtime_, redis::config_of_url(redis_url));
}

Host::~Host() = default;

Side& Host::site() {
    if (!site_) {
        site_ = std::make_unique<Side>(runtime_, client_, "site", settings_.database.site_url, settings_.database,
                                       tracer());
    }
    return *site_;
}

Side& Host::academy() {
    if (!academy_) {
        academy_ = std::make_unique<Side>(runtime_, client_, "academy", settings_.database.academy_url,
                                          settings_.database, tracer());
    }
    return *academy_;
}

std::string Host::derive_key(std::string_view purpose) const {
    return derive(master_key_of(settings_), purpose);
}

http::SigningClient Host::service_client() {
    return {client_, [this](http::ClientRequest& request) { service_signature_.sign(request); }};
}

std::string Host::api_key(std::string_view role) const {
    // Fixed times: the same secret always gives the same key. Ten years, as supabase's own.
    constexpr std::int64_t issued_at = 1'767'225'600;  // 2026-01-01
    constexpr std::int64_t life_s = 315'360'000;
    return crypto::sign_jwt_hs256(
        settings_.keys.jwt_secret.reveal(),
        {{"iss", "trendtactics"}, {"role", role}, {"iat", issued_at}, {"exp", issued_at + life_s}});
}

crypto::JwtPolicy Host::token_policy() const {
    std::vector<crypto::VerificationKey> test_keys;
    if (const auto& file = settings_.keys.test_jwks; !file.empty()) {
        std::ifstream jwks(file);
        const std::string text((std::istreambuf_iterator<char>(jwks)), std::istreambuf_iterator<char>());
        test_keys = crypto::parse_jwk_or_set(text).value();
    }
    return {.issuer = settings_.server.site_url + "/auth/v1",
            .audience = "authenticated",
            .api_key_secret = settings_.keys.jwt_secret.reveal(),
            .test_keys = std::move(test_keys)};
}

void Host::add(Side& side, app::Service& service) {
    services_.push_back({&side, &service});
}

int Host::run() {
    bool has_failed = false;
    runtime_.spawn(0, [](Host& host, bool& has_failed) -> Task<void> {
        try {
            co_await host.serve();
        } catch (const std::exception& error) {
            log::error("start_failed", {{"error.message", error.what()}});
            has_failed = true;
        }
        host.runtime_.stop();
    }(*this, has_failed));
    runtime_.run();
    log::flush();
    return has_failed ? 1 : 0;
}

void Host::run_once(std::function<Task<void>()> work) {
    std::exception_ptr failure;
    runtime_.spawn(0, [](Host& host, std::function<Task<void>()> work, std::exception_ptr& failure) -> Task<void> {
        try {
            co_await work();
        } catch (...) {
            failure = std::current_exception();
        }
        host.runtime_.stop();
    }(*this, std::move(work), failure));
    runtime_.run();
    if (failure) std::rethrow_exception(failure);
}

Task<void> Host::serve() {
    if (tracing_) tracing_->start();
    start_inbox();
    for (const auto& [side, service] : services_) {
        service->subscribe(side->bus());
        service->work(side->worker());
        service->schedule(side->scheduler());
    }
    for (const auto& [side, service] : services_) co_await service->start();
    for (const auto& prepare : preparations_) co_await prepare();
    if (site_) site_->start();
    if (academy_) academy_->start();
    for (Edge* edge : edges_) edge->listen();
    start_operations();
    private_->is_serving = true;
    log::info("serving", {{"services", services_.size()}, {"edges", edges_.size()}});

    const Executor executor = co_await asio::this_coro::executor;
    asio::basic_signal_set<Executor> signals(executor, SIGINT, SIGTERM);
    co_await signals.async_wait(use_awaitable);
    co_await drain();
}

Task<void> Host::drain() {
    private_->is_serving = false;
    log::info("draining");
    const std::chrono::seconds limit(settings_.server.drain_s);
    for (Edge* edge : edges_) co_await edge->drain(limit);
    if (site_) co_await site_->drain();
    if (academy_) co_await academy_->drain();
    if (tracing_) co_await tracing_->drain();
    if (private_->inbox) private_->inbox->stop();
    log::info("drained");
}

void Host::start_inbox() {
    if (settings_.mail.inbox_port == 0) return;
    mail::InboxConfig config;
    config.smtp_port = static_cast<std::uint16_t>(settings_.mail.smtp_port);
    config.directory = settings_.paths.data / "mail";
    private_->inbox = std::make_unique<mail::DevInbox>(runtime_, std::move(config), clock_);
    private_->inbox->listen();
    private_->inbox->mount(private_->inbox_router);
    http::ServerConfig server;
    server.port = static_cast<std::uint16_t>(settings_.mail.inbox_port);
    private_->inbox_server = std::make_unique<http::Server>(runtime_, std::move(server), private_->inbox_router);
    private_->inbox_server->listen();
}

Task<bool> Host::is_ready() {
    if (!private_->is_serving) co_return false;
    if (site_ && !co_await site_->pool().is_ready()) co_return false;
    if (academy_ && !co_await academy_->pool().is_ready()) co_return false;
    co_return true;
}

void Host::start_operations() {
    auto& router = private_->operations_router;
    router.route(http::Method::get, "/livez",
                 [](http::Request&) -> Task<http::Response> { co_return http::text_response(200, "ok\n"); });
    router.route(http::Method::get, "/readyz", [this](http::Request&) -> Task<http::Response> {
        const bool ready = co_await is_ready();
        co_return http::text_response(ready ? 200 : 503, ready ? "ready\n" : "not ready\n");
    });
    router.route(http::Method::get, "/metrics", [](http::Request&) -> Task<http::Response> {
        co_return http::text_response(200, metrics::render(), "text/plain; version=0.0.4; charset=utf-8");
    });
    http::ServerConfig server;
    server.address = settings_.server.ops_address;
    server.port = static_cast<std::uint16_t>(settings_.server.ops_port);
    private_->operations_server = std::make_unique<http::Server>(runtime_, std::move(server), router);
    private_->operations_server->listen();
}

}  // namespace tt
