#include "services/content-service/tests/support/content_kit.hpp"

namespace tt::content::testing {
namespace {

constexpr const char* link_key = "a key of thirty-two bytes, really";

db::PoolConfig pool_config(const TestDb& database) {
    db::PoolConfig config;
    config.conninfo = database.url_as("tt_site");
    return config;
}

ContentConfig content_config() {
    return {.site_url = "http://site.test",
            .academy_url = "http://academy.test",
            .link_key = link_key,
            .contact_inbox = "team@site.test"};
}

Task<Answer> dispatch(const http::Router& router, Call call) {
    http::Request request;
    request.method_text = call.method;
    request.method = http::parse_method(call.method);
    request.target = std::move(call.target);
    request.body = std::move(call.body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    if (!call.idempotency_key.empty()) request.headers.set("Idempotency-Key", call.idempotency_key);
    Principal caller;
    if (call.user) {
        caller.role = "authenticated";
        caller.user_id = call.user;
    }
    request.attach(std::move(caller));
    const http::Response response = co_await router.dispatch(request);
    Answer answer{.status = response.status, .text = std::get<std::string>(response.body), .body = nullptr};
    boost::system::error_code is_no_json;
    answer.body = boost::json::parse(answer.text, is_no_json);
    co_return answer;
}

}  // namespace

Task<void> RecordingMailer::send(mail::Message message) {
    if (is_down) throw mail::MailError("down", false);
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

std::string Answer::str(std::string_view name) const {
    const auto* value = body.is_object() ? body.get_object().if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

ContentKit::ContentKit()
    : pool(runtime.get(), pool_config(database)),
      site(pool.database("svc_content")),
      tokens(link_key),
      newsletter(site, mailer, clock, content_config().site_url, tokens),
      service(site, mailer, clock, content_config()) {
    service.mount(router);
}

ContentKit::~ContentKit() {
    runtime.stop();
}

Answer ContentKit::call(Call call) {
    return run(dispatch(router, std::move(call)));
}

std::vector<Answer> ContentKit::call_at_once(const Call& call, std::size_t times) {
    std::vector<std::future<Answer>> running;
    for (std::size_t i = 0; i < times; ++i) running.push_back(runtime.start(dispatch(router, call), i % 2));
    std::vector<Answer> answers;
    for (auto& one : running) answers.push_back(one.get());
    return answers;
}

std::string ContentKit::count_jobs(std::string_view queue, const std::string& email) const {
    return scalar("SELECT count(*) FROM integ.jobs WHERE queue = '" + std::string(queue) +
                  "' AND payload ->> 'email' = '" + email + "'");
}

std::size_t ContentKit::seed() {
    return run(service.seed(seed_folder())).value();
}

void ContentKit::add_post(const std::string& slug, const std::string& published_at, const std::string& tags,
                          const std::string& status, const std::string& content) {
    const std::string time = published_at.empty() ? "NULL" : "'" + published_at + "'";
    database.exec("INSERT INTO blog_posts (slug, title, content, status, tags, published_at) VALUES ('" + slug +
                  "', 'Title of " + slug + "', '" + content + "', '" + status + "', '" + tags + "', " + time + ")");
}

std::filesystem::path seed_folder() {
    return std::filesystem::path(TT_SOURCE_DIR) / "database" / "seeds" / "site";
}

}  // namespace tt::content::testing
