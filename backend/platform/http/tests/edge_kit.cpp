#include "platform/http/tests/edge_kit.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <future>
#include <stdexcept>

namespace platform::http {
namespace {

Task<Response> answer(Response response) {
    co_return response;
}

Task<Response> slow_answer() {
    co_await sleep_for(std::chrono::milliseconds(300));
    co_return text_response(200, "slow");
}

Task<void> produce_three(BodySink& sink) {
    co_await sink.write("one ");
    co_await sink.write("two ");
    co_await sink.write("three");
}

Task<void> produce_and_fail(BodySink& sink) {
    co_await sink.write("begun");
    throw std::runtime_error("broken producer");
}

Task<Response> describe_upload(Request& request) {
    const auto size = std::filesystem::file_size(request.body_file);
    co_return text_response(200, std::to_string(size) + ' ' + request.body_file.string());
}

std::string list_headers(const Request& request) {
    std::string text;
    for (const auto [name, value] : request.headers) text += std::string(name) + "=" + std::string(value) + "\n";
    return text;
}

Task<Response> refuse_paths_below(Request& request, const Handler& next) {
    if (request.path().starts_with("/refused")) {
        co_return render_error({Code::unauthenticated, "unauthenticated"}, request);
    }
    co_return co_await next(request);
}

}  // namespace

TestEdge::TestEdge(ServerConfig config) {
    declare_routes();
    server_ = std::make_unique<Server>(runtime_, std::move(config), router_);
    server_->listen();
    port_ = server_->port();
    thread_ = std::thread([this] { runtime_.run(); });
}

TestEdge::~TestEdge() {
    runtime_.stop();
    thread_.join();
}

void TestEdge::run(Task<void> task) {
    std::promise<void> done;
    asio::co_spawn(runtime_.context(0), std::move(task), [&](std::exception_ptr failure) {
        if (failure) {
            done.set_exception(failure);
        } else {
            done.set_value();
        }
    });
    done.get_future().get();
}

void TestEdge::declare_routes() {
    router_.use(refuse_paths_below);
    router_.on_failure([](const Request&, std::string_view) {});
    router_.route(Method::get, "/ok", [this](Request&) {
        ++ok_count_;
        return answer(text_response(200, "ok"));
    });
    router_.route(Method::post, "/echo", [](Request& request) { return answer(text_response(200, request.body)); });
    router_.route(Method::get, "/echo/{text}",
                  [](Request& request) { return answer(text_response(200, std::string(request.param("text")))); });
    router_.route(Method::get, "/target", [](Request& request) { return answer(text_response(200, request.target)); });
    router_.route(Method::post, "/headers",
                  [](Request& request) { return answer(text_response(200, list_headers(request))); });
    router_.route(Method::get, "/headers",
                  [](Request& request) { return answer(text_response(200, list_headers(request))); });
    router_.route(Method::get, "/ip", [](Request& request) { return answer(text_response(200, request.client_ip)); });
    router_.route(Method::get, "/trace", [](Request& request) {
        const auto& link = request.trace.link;
        return answer(text_response(200, request.trace_id + ' ' + (link ? trace::to_hex(link->trace_id) : "")));
    });
    router_.route(Method::get, "/slow", [](Request&) { return slow_answer(); });
    router_.route(Method::get, "/big", [](Request&) { return answer(text_response(200, std::string(8 << 20, 'x'))); });
    router_.route(Method::get, "/stream", [](Request&) {
        return answer(Response{200, Headers{{"content-type", "text/plain"}}, Stream{produce_three}});
    });
    router_.route(Method::get, "/torn", [](Request&) { return answer(Response{200, {}, Stream{produce_and_fail}}); });
    router_.route(Method::get, "/none", [](Request&) {
        Response response = text_response(204, "must not be sent");
        return answer(std::move(response));
    });
    router_.route(Method::get, "/not-modified",
                  [](Request&) { return answer(text_response(304, "must not be sent")); });
    router_.route(Method::get, "/throws",
                  [](Request&) -> Task<Response> { throw std::runtime_error("secret detail"); });
    router_.route(Method::post, "/small", [](Request& request) { return answer(text_response(200, request.body)); },
                  {.body_limit_bytes = 100});
    router_.route(Method::put, "/upload", describe_upload, {.body_limit_bytes = 64 << 20, .body_to_file = true});
    router_.route(Method::post, "/refused", [](Request&) { return answer(text_response(200, "never")); });
}

RawSocket::RawSocket(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot connect to the test server");
    }
}

RawSocket::~RawSocket() {
    ::close(descriptor_);
}

bool RawSocket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void RawSocket::shutdown_send() {
    ::shutdown(descriptor_, SHUT_WR);
}

bool RawSocket::read_more(std::string& out, std::chrono::milliseconds patience) {
    pollfd waiting{descriptor_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return false;
    std::array<char, 65536> buffer;
    const auto count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    is_closed_ = count <= 0;
    if (count > 0) out.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::string RawSocket::read_all(std::chrono::milliseconds patience) {
    std::string bytes;
    while (read_more(bytes, patience)) {
    }
    return bytes;
}

std::string RawSocket::read_until(std::string_view text, std::chrono::milliseconds patience) {
    std::string bytes;
    while (bytes.find(text) == std::string::npos && read_more(bytes, patience)) {
    }
    return bytes;
}

int count_responses(std::string_view bytes) {
    int count = 0;
    for (auto at = bytes.find("HTTP/1."); at != std::string_view::npos; at = bytes.find("HTTP/1.", at + 1)) {
        // A status line, not a sentence about HTTP/1.1 in a body.
        const auto line = bytes.substr(at, 13);
        const bool is_status_line =
            line.size() == 13 && line[8] == ' ' && line[9] >= '1' && line[9] <= '5' && line[12] == ' ';
        count += is_status_line ? 1 : 0;
    }
    return count;
}

int first_status(std::string_view bytes) {
    return bytes.size() > 12 && bytes.starts_with("HTTP/1.") ? std::stoi(std::string(bytes.substr(9, 3))) : 0;
}

Response dispatch(const Router& router, Request& request) {
    asio::io_context context(1);
    Response response;
    std::exception_ptr failure;
    asio::co_spawn(context, router.dispatch(request), [&](std::exception_ptr error, Response result) {
        failure = error;
        response = std::move(result);
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return response;
}

std::string body_of(const Response& response) {
    return std::get<std::string>(response.body);
}

}  // namespace platform::http
