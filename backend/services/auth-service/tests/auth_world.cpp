#include "services/auth-service/tests/auth_world.hpp"

#include <boost/url/url.hpp>
#include <thread>

namespace tt::auth {
namespace {

db::PoolConfig pool_config(const platform::testing::TestDb& database, std::uint16_t port) {
    db::PoolConfig config;
    boost::urls::url url(database.url_as("tt_site"));
    if (port != 0) url.set_port_number(port);
    config.conninfo = url.buffer();
    return config;
}

crypto::JwtPolicy policy_of(const AuthConfig& config) {
    crypto::JwtPolicy policy;
    policy.issuer = config.issuer();
    policy.audience = "authenticated";
    policy.api_key_secret = "super-secret-jwt-token-with-at-least-32-characters-long";
    return policy;
}

/// Keeps what is streamed.
class CollectingSink final : public http::BodySink {
public:
    Task<void> write(std::string chunk) override {
        text += chunk;
        co_return;
    }
    std::string text;
};

}  // namespace

crypto::PasswordConfig cheap_passwords() {
    crypto::PasswordConfig config;
    config.memory_kib = 64;
    config.passes = 1;
    config.threads = 2;
    config.queue_limit = 64;
    config.deadline = std::chrono::milliseconds(20000);
    return config;
}

Task<void> RecordingMailer::send(mail::Message message) {
    const std::lock_guard lock(mutex_);
    sent_.push_back(std::move(message));
    co_return;
}

std::vector<mail::Message> RecordingMailer::sent_to(const std::string& email) const {
    const std::lock_guard lock(mutex_);
    std::vector<mail::Message> found;
    for (const auto& message : sent_) {
        if (message.to.email == email) found.push_back(message);
    }
    return found;
}

std::string RecordingMailer::wait_for_text(const std::string& email, std::size_t nth) const {
    for (int i = 0; i < 100; ++i) {
        const auto found = sent_to(email);
        if (found.size() >= nth) return found[nth - 1].text;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return "";
}

std::string Answer::str(std::string_view name) const {
    const auto* value = body.is_object() ? body.get_object().if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string Answer::code() const {
    const std::string old_code = str("error_code");
    return old_code.empty() ? str("code") : old_code;
}

AuthConfig test_config(bool autoconfirm) {
    AuthConfig config;
    config.autoconfirm = autoconfirm;
    config.site_url = "http://site.test";
    config.redirect_origins = {"http://academy.test:8001"};
    config.limits = AuthLimits::relaxed(1000);
    config.calls_loopback = true;
    config.new_device_mails = false;
    return config;
}

AuthWorld::AuthWorld(AuthConfig config, std::uint16_t database_port, crypto::PasswordConfig passwords)
    : pool(runtime.get(), pool_config(database, database_port)),
      hasher(passwords),
      service(pool.database("svc_auth"), envelope, hasher, mailer, runtime.get(), clock, config),
      jwks(service.jwks_source(), {}, clock),
      authenticator(jwks, policy_of(config), clock, 2, nullptr, &service.api_keys()),
      worker(runtime.get(), pool.database("svc_platform"), {.poll_interval = std::chrono::milliseconds(50)}) {
    router.use(authenticator.middleware());
    use_error_shapes(router);
    service.mount(router);
    service.work(worker);
    worker.start();
    runtime.run(service.start());
}

AuthWorld::~AuthWorld() {
    runtime.run(worker.drain());
    runtime.stop();
}

Task<Answer> AuthWorld::dispatch(Call call) {
    http::Request request;
    request.method = call.method;
    request.method_text = std::string(to_string(call.method));
    request.target = std::move(call.target);
    request.body = std::move(call.body);
    request.client_ip = "127.0.0.1";
    request.request_id = "test";
    request.headers.set("User-Agent", "auth tests");
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    if (!call.bearer.empty()) request.headers.set("Authorization", "Bearer " + call.bearer);
    if (!call.cookie.empty()) request.headers.set("Cookie", call.cookie);
    if (!call.api_version.empty()) request.headers.set("X-Supabase-Api-Version", call.api_version);
    for (auto& [name, value] : call.headers) request.headers.set(name, value);
    const http::Response response = co_await router.dispatch(request);
    Answer answer{response.status, nullptr, std::string(http::text_of(response.body)), response.headers};
    if (const auto* stream = std::get_if<http::Stream>(&response.body)) {
        CollectingSink sink;
        co_await stream->produce(sink);
        answer.text = std::move(sink.text);
    }
    boost::system::error_code ignored;
    answer.body = boost::json::parse(answer.text, ignored);
    co_return answer;
}

Answer AuthWorld::call(Call call) {
    return runtime.run(dispatch(std::move(call)));
}

std::vector<Answer> AuthWorld::call_at_once(const Call& call, std::size_t times) {
    std::vector<std::future<Answer>> running;
    for (std::size_t i = 0; i < times; ++i) running.push_back(runtime.start(dispatch(call), i % 2));
    std::vector<Answer> answers;
    for (auto& one : running) answers.push_back(one.get());
    return answers;
}

bool AuthWorld::comes_to_wait(int transactions) {
    const std::string has_come =
        "SELECT count(*) >= " + std::to_string(transactions) +
        " FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for (int i = 0; i < 100; ++i) {
        if (database.scalar(has_come) == "t") return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

Answer AuthWorld::post(std::string target, std::string body, std::string bearer) {
    return call({http::Method::post, std::move(target), std::move(body), std::move(bearer)});
}

Answer AuthWorld::get(std::string target, std::string bearer) {
    return call({http::Method::get, std::move(target), {}, std::move(bearer)});
}

Answer AuthWorld::put(std::string target, std::string body, std::string bearer) {
    return call({http::Method::put, std::move(target), std::move(body), std::move(bearer)});
}

Answer AuthWorld::sign_up(const std::string& email, const std::string& password) {
    const boost::json::object body{{"email", email}, {"password", password}, {"data", {{"display_name", "Ada"}}}};
    return post("/auth/v1/signup", boost::json::serialize(body));
}

Answer AuthWorld::sign_in(const std::string& email, const std::string& password) {
    const boost::json::object body{{"email", email}, {"password", password}};
    return post("/auth/v1/token?grant_type=password", boost::json::serialize(body));
}

void AuthWorld::give_old_hash(const std::string& email) {
    database.exec(
        "UPDATE auth.users SET password_hash = "
        "'$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4' WHERE email = '" +
        email + "'");
}

Answer AuthWorld::refresh(const std::string& token) {
    const boost::json::object body{{"refresh_token", token}};
    return post("/auth/v1/token?grant_type=refresh_token", boost::json::serialize(body));
}

}  // namespace tt::auth
