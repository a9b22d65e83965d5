#include "services/user-service/tests/user_kit.hpp"

#include <chrono>
#include <thread>

namespace tt::user::testing {
namespace {

db::PoolConfig pool_config(const TestDb& database) {
    db::PoolConfig config;
    config.conninfo = database.url_as("tt_site");
    return config;
}

Task<Answer> dispatch(const http::Router& router, Call call) {
    http::Request request;
    request.method_text = call.method;
    request.method = http::parse_method(call.method);
    request.target = std::move(call.target);
    request.body = std::move(call.body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    if (!call.if_match.empty()) request.headers.set("If-Match", call.if_match);
    request.attach(std::move(call.caller));
    const auto response = co_await router.dispatch(request);
    Answer answer{.status = response.status,
                  .text = std::get<std::string>(response.body),
                  .body = nullptr,
                  .etag = std::string(response.headers.find("ETag").value_or(""))};
    boost::system::error_code is_no_json;
    answer.body = boost::json::parse(answer.text, is_no_json);
    co_return answer;
}

}  // namespace

Principal person(UserId id, std::string display_name) {
    Principal principal;
    principal.role = "authenticated";
    principal.user_id = id;
    principal.email = "ada@example.com";
    principal.display_name = std::move(display_name);
    return principal;
}

Principal service_key() {
    Principal principal;
    principal.role = "service_role";
    return principal;
}

UserKit::UserKit() : pool(runtime.get(), pool_config(database)), service(pool.database("svc_user")) {
    service.mount(router);
}

Answer UserKit::call(Call call) {
    return runtime.run(dispatch(router, std::move(call)));
}

std::vector<Answer> UserKit::call_at_once(const Call& call, std::size_t times) {
    std::vector<std::future<Answer>> running;
    for (std::size_t i = 0; i < times; ++i) running.push_back(runtime.start(dispatch(router, call), i % 2));
    std::vector<Answer> answers;
    for (auto& one : running) answers.push_back(one.get());
    return answers;
}

void UserKit::tell_created(UserId user, const std::string& display_name) {
    const boost::json::object payload{
        {"user_id", to_string(user)}, {"email", "ada@example.com"}, {"display_name", display_name}};
    database.exec("INSERT INTO integ.outbox (event_id, topic, subject, payload) VALUES ('" + to_string(uuid_v7()) +
                  "', 'user.created', '" + to_string(user) + "', '" + boost::json::serialize(payload) + "')");
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

}  // namespace tt::user::testing
