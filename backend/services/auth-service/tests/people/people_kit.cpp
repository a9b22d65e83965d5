#include "services/auth-service/tests/people/people_kit.hpp"

namespace tt::auth {
namespace {

Task<http::Response> show_permissions(http::Request& request) {
    std::string shown;
    for (const auto& permission : principal(request).permissions) shown += (shown.empty() ? "" : ",") + permission;
    co_return http::text_response(200, shown);
}

Task<http::Response> need_users_read(http::Request& request) {
    const auto allowed = require_permission(request, "users.read");
    if (!allowed) co_return http::render_error(allowed.error(), request);
    co_return http::empty(204);
}

}  // namespace

PeopleTest::PeopleTest()
    : authenticator(world.jwks,
                    {.issuer = "http://site.test/auth/v1",
                     .audience = "authenticated",
                     .api_key_secret = "super-secret-jwt-token-with-at-least-32-characters-long"},
                    world.clock, 2, &revoked, &world.service.api_keys()),
      relay(world.runtime.get(), world.pool.database("svc_platform"), bus,
            {.poll_interval = std::chrono::milliseconds(50)}) {
    gateway.use(authenticator.middleware());
    gateway.use(guard_impersonation());
    use_error_shapes(gateway);
    world.service.mount(gateway);
    gateway.route(http::Method::get, "/api/v1/probe/permissions", show_permissions);
    gateway.route(http::Method::get, "/api/v1/probe/users-read", need_users_read);
    gateway.route(http::Method::get, "/api/v1/probe/caller", [this](http::Request& request) -> Task<http::Response> {
        last_caller_ = principal(request);
        co_return http::empty(204);
    });
    world.service.subscribe(bus);
    relay.start();
    follow();
}

PeopleTest::~PeopleTest() {
    world.runtime.run(relay.drain());
}

Task<Answer> PeopleTest::dispatch(Call call) {
    http::Request request;
    request.method = call.method;
    request.method_text = std::string(to_string(call.method));
    request.target = std::move(call.target);
    request.body = std::move(call.body);
    request.client_ip = "127.0.0.1";
    request.headers.set("User-Agent", "people tests");
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    if (!call.bearer.empty()) request.headers.set("Authorization", "Bearer " + call.bearer);
    const http::Response response = co_await gateway.dispatch(request);
    Answer answer{response.status, nullptr, std::string(http::text_of(response.body)), response.headers};
    boost::system::error_code ignored;
    answer.body = boost::json::parse(answer.text, ignored);
    co_return answer;
}

Answer PeopleTest::call(http::Method method, std::string target, std::string body, const std::string& bearer) {
    Call one{.method = method, .target = std::move(target), .body = std::move(body), .bearer = bearer};
    return world.runtime.run(dispatch(std::move(one)));
}

std::future<Answer> PeopleTest::start(Call call, std::size_t thread) {
    return world.runtime.start(dispatch(std::move(call)), thread);
}

std::vector<Answer> PeopleTest::call_all_at_once(const std::vector<Call>& calls) {
    std::vector<std::future<Answer>> running;
    for (std::size_t i = 0; i < calls.size(); ++i) running.push_back(start(calls[i], i % 2));
    std::vector<Answer> answers;
    for (auto& one : running) answers.push_back(one.get());
    return answers;
}

void PeopleTest::follow() {
    const auto page = world.runtime.run(world.service.revocations().revocations_after(cursor_));
    revoked.adopt(page, world.clock.now());
    cursor_ = page.cursor;
}

PeopleTest::Person PeopleTest::sign_up(const std::string& email) {
    const auto session = world.sign_up(email);
    EXPECT_EQ(session.status, 200U) << session.text;
    return {text_at(session.body, "/user/id"), email, session.str("access_token"), session.str("refresh_token")};
}

PeopleTest::Person PeopleTest::administrator(const std::string& email) {
    auto person = sign_up(email);
    person.id = world.database.scalar("SELECT id FROM auth.users WHERE email = '" + email + "'");
    world.database.exec("UPDATE auth.users SET app_metadata = app_metadata || '{\"roles\":[\"admin\"]}' WHERE id = '" +
                        person.id + "'");
    return refreshed(person);
}

PeopleTest::Person PeopleTest::refreshed(const Person& person) {
    pass();
    const auto session = world.refresh(person.refresh_token);
    EXPECT_EQ(session.status, 200U) << session.text;
    return {person.id, person.email, session.str("access_token"), session.str("refresh_token")};
}

Answer PeopleTest::give_roles(const Person& by, const Person& to, const std::string& roles_json) {
    pass();
    return call(http::Method::put, "/api/v1/users/" + to.id + "/roles", R"({"roles":)" + roles_json + "}", by.token);
}

std::string PeopleTest::permissions_of(const std::string& token) {
    return call(http::Method::get, "/api/v1/probe/permissions", "", token).text;
}

Principal PeopleTest::principal_in(const std::string& token) {
    last_caller_ = {};
    call(http::Method::get, "/api/v1/probe/caller", "", token);
    return last_caller_;
}

}  // namespace tt::auth
