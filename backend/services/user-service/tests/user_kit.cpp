#include "services/user-service/tests/user_kit.hpp"

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

namespace tt::user::testing {
namespace {

db::PoolConfig pool_config(const TestDb& database) {
    db::PoolConfig config;
    config.conninfo = database.url_as("tt_site");
    return config;
}

ExportConfig export_test_config() {
    ExportConfig config;
    config.site_url = "http://site.test";
    config.link_key = std::string(32, 'k');
    config.first_retry = std::chrono::milliseconds(50);
    config.max_retry = std::chrono::milliseconds(100);
    return config;
}

std::string content_of(const http::Body& body) {
    const auto* file = std::get_if<http::FileBody>(&body);
    if (!file) return std::string(http::text_of(body));
    std::ifstream stream(file->path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

Task<Answer> dispatch(const http::Router& router, Call call) {
    http::Request request;
    request.method_text = call.method;
    request.method = http::parse_method(call.method);
    request.target = std::move(call.target);
    request.body = std::move(call.body);
    if (!request.body.empty()) request.headers.set("Content-Type", call.content_type);
    if (!call.if_match.empty()) request.headers.set("If-Match", call.if_match);
    request.attach(std::move(call.caller));
    const auto response = co_await router.dispatch(request);
    Answer answer{.status = response.status,
                  .text = content_of(response.body),
                  .body = nullptr,
                  .etag = std::string(response.headers.find("ETag").value_or("")),
                  .headers = response.headers};
    boost::system::error_code is_no_json;
    answer.body = boost::json::parse(answer.text, is_no_json);
    co_return answer;
}

}  // namespace

std::string Answer::code() const {
    return str("code");
}

std::string Answer::str(std::string_view name) const {
    const auto* value = body.is_object() ? body.get_object().if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Principal person(UserId id, std::string display_name) {
    Principal principal;
    principal.role = "authenticated";
    principal.user_id = id;
    principal.email = "ada@example.com";
    principal.display_name = std::move(display_name);
    principal.session_id = to_string(uuid_v4());
    return principal;
}

Principal service_key() {
    Principal principal;
    principal.role = "service_role";
    return principal;
}

void FakeAccounts::add(UserId user, std::string email, bool is_confirmed) {
    const std::lock_guard lock(mutex_);
    cards_[user] = {user, std::move(email), is_confirmed};
}

Task<Result<auth::AccountCard>> FakeAccounts::account(UserId user) {
    const std::lock_guard lock(mutex_);
    const auto found = cards_.find(user);
    if (found == cards_.end()) co_return Error{Code::not_found, "user_not_found", "There is no such account."};
    co_return found->second;
}

Task<Result<void>> FakeAccounts::enter_organization(UserId user, SessionId, auth::SessionOrganization where) {
    const std::lock_guard lock(mutex_);
    entered_[user] = where.org_id ? to_string(*where.org_id) + " " + where.org_role : "";
    co_return Result<void>();
}

Task<PersonalData> FakeAccounts::personal_data(PersonalDataOwner owner) {
    ++asked;
    PersonalData data;
    for (const auto& name : part_names()) data.parts.push_back({name, {"{\"owner\":\"" + owner.email + "\"}"}});
    co_return data;
}

std::string FakeAccounts::entered(UserId user) const {
    const std::lock_guard lock(mutex_);
    const auto found = entered_.find(user);
    return found == entered_.end() ? "" : found->second;
}

Task<PersonalData> FakeSource::personal_data(PersonalDataOwner) {
    ++asked;
    if (is_away) throw Unavailable("the academy is away");
    PersonalData data;
    for (const auto& name : part_names()) data.parts.push_back({name, {"[1,2]"}});
    co_return data;
}

Task<void> RecordingMailer::send(mail::Message message) {
    const std::lock_guard lock(mutex_);
    sent_.push_back(std::move(message));
    co_return;
}

std::size_t RecordingMailer::count(const std::string& email) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::ranges::count_if(sent_, [&](const mail::Message& one) { return one.to.email == email; }));
}

std::optional<mail::Message> RecordingMailer::wait_for(const std::string& email, std::size_t nth) const {
    for (int i = 0; i < 200; ++i) {
        {
            const std::lock_guard lock(mutex_);
            std::size_t seen = 0;
            for (const auto& message : sent_) {
                if (message.to.email == email && ++seen == nth) return message;
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return std::nullopt;
}

UserKit::UserKit()
    : folder(std::filesystem::temp_directory_path() / ("user_kit_" + to_string(uuid_v4()))),
      objects(folder, runtime.get()),
      pool(runtime.get(), pool_config(database)),
      service({pool.database("svc_user"), accounts, objects, mailer, runtime.get(), clock}, export_test_config(),
              {&academy}),
      worker(runtime.get(), pool.database("svc_platform"), {.poll_interval = std::chrono::milliseconds(50)}),
      relay(runtime.get(), pool.database("svc_platform"), bus,
            {.poll_interval = std::chrono::milliseconds(50), .first_backoff = std::chrono::milliseconds(50)}) {
    service.mount(router);
    service.subscribe(bus);
    service.work(worker);
    worker.start();
    relay.start();
}

UserKit::~UserKit() {
    stop();
    std::filesystem::remove_all(folder);
}

void UserKit::stop() {
    if (is_stopped_) return;
    is_stopped_ = true;
    runtime.run(worker.drain());
    runtime.run(relay.drain());
    runtime.stop();
}

Task<void> UserKit::clean_up() {
    co_await service.clean_up();
}

Answer UserKit::call(Call call) {
    return runtime.run(dispatch(router, std::move(call)));
}

std::vector<Answer> UserKit::finish(std::vector<std::future<Answer>> running) {
    std::vector<Answer> answers;
    for (auto& one : running) answers.push_back(one.get());
    return answers;
}

std::vector<Answer> UserKit::call_at_once(const Call& call, std::size_t times) {
    return call_all_at_once(std::vector<Call>(times, call));
}

std::vector<Answer> UserKit::call_all_at_once(const std::vector<Call>& calls) {
    std::vector<std::future<Answer>> running;
    for (std::size_t i = 0; i < calls.size(); ++i) running.push_back(runtime.start(dispatch(router, calls[i]), i % 2));
    return finish(std::move(running));
}

void UserKit::tell_created(UserId user, const std::string& display_name) {
    tell("user.created", user,
         {{"user_id", to_string(user)}, {"email", "ada@example.com"}, {"display_name", display_name}});
}

void UserKit::tell(const std::string& topic, UserId user, const boost::json::object& payload) {
    database.exec("INSERT INTO integ.outbox (event_id, topic, subject, payload) VALUES ('" + to_string(uuid_v7()) +
                  "', '" + topic + "', '" + to_string(user) + "', '" + boost::json::serialize(payload) + "')");
}

std::string UserKit::eventually(const std::string& sql, const std::string& expected) const {
    std::string last;
    for (int i = 0; i < 200; ++i) {
        last = scalar(sql);
        if (last == expected) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return last;
}

std::string UserKit::profile_events(UserId user) const {
    return scalar(
        "SELECT string_agg(payload ->> 'version', ',' ORDER BY id) FROM integ.outbox WHERE topic = "
        "'profile.updated' AND subject = '" +
        to_string(user) + "'");
}

Principal UserKit::member(const std::string& email, bool is_confirmed) {
    const auto user = UserId::make();
    accounts.add(user, email, is_confirmed);
    Principal caller = person(user, email.substr(0, email.find('@')));
    caller.email = email;
    call({.caller = caller});
    return caller;
}

}  // namespace tt::user::testing
