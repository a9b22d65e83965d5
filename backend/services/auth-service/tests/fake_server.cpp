#include "services/auth-service/tests/fake_server.hpp"

#include <algorithm>

namespace tt::auth {

FakeServer::FakeServer() {
    answer_json(200, "{}");
    router_.fallback([this](http::Request& request) { return handle(request); });
    for (const auto method : {http::Method::get, http::Method::post}) {
        router_.route(method, "/{path...}", [this](http::Request& request) { return handle(request); });
    }
    server_ = std::make_unique<platform::testing::TestServer>(runtime_, router_);
}

Task<http::Response> FakeServer::handle(http::Request& request) {
    Answer answer;
    {
        const std::lock_guard lock(mutex_);
        seen_.push_back({std::string(request.path()), request.body, request.headers});
        answer = answer_;
    }
    if (delay_ms_ > 0) co_await sleep_for(std::chrono::milliseconds(delay_ms_.load()));
    co_return answer(request);
}

void FakeServer::answer_with(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
}

void FakeServer::answer_json(unsigned status, std::string json) {
    answer_with([status, json = std::move(json)](const http::Request&) { return http::json_response(status, json); });
}

std::size_t FakeServer::calls() const {
    const std::lock_guard lock(mutex_);
    return seen_.size();
}

std::size_t FakeServer::calls_of(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(seen_.begin(), seen_.end(), [&path](const Seen& seen) { return seen.path == path; }));
}

std::string FakeServer::last_body() const {
    const std::lock_guard lock(mutex_);
    return seen_.empty() ? std::string() : seen_.back().body;
}

std::string FakeServer::last_header(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    return seen_.empty() ? std::string() : std::string(seen_.back().headers.find(name).value_or(""));
}

}  // namespace tt::auth
