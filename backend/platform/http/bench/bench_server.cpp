// The pipeline by itself, for ./tt bench: strict parse, trie, one middleware, ids, security-sized headers, 1 KB JSON.
//
//     bench-http PORT [THREADS]      GET /tiny  GET /json  GET /items/{name}
#include "platform/core/runtime.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"

#include <boost/asio/signal_set.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace {

using namespace platform;

std::string one_kilobyte_document() {
    std::string json = "{\"items\":[";
    while (json.size() < 1000) json += "{\"id\":\"0190f5fe-7c00-7a00\",\"title\":\"Growth\"},";
    json.back() = ']';
    return json + '}';
}

Task<http::Response> answer(http::Response response) {
    co_return response;
}

Task<http::Response> pass_on(http::Request& request, const http::Handler& next) {
    http::Response response = co_await next(request);
    response.headers.set("x-content-type-options", "nosniff");
    co_return response;
}

void declare_routes(http::Router& router) {
    router.use(pass_on);
    router.route(http::Method::get, "/tiny", [](http::Request&) { return answer(http::text_response(200, "ok")); });
    router.route(http::Method::get, "/json",
                 [json = one_kilobyte_document()](http::Request&) { return answer(http::json_response(200, json)); });
    router.route(http::Method::get, "/items/{name}", [](http::Request& request) {
        return answer(http::text_response(200, std::string(request.param("name"))));
    });
}

int run(std::uint16_t port, unsigned threads) {
    Runtime runtime(threads);
    http::Router router;
    declare_routes(router);
    http::Server server(runtime, {.port = port}, router);
    server.listen();
    asio::signal_set signals(runtime.context(0), SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) { runtime.stop(); });
    std::printf("listening on 127.0.0.1:%u\n", unsigned(server.port()));
    std::fflush(stdout);
    runtime.run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const auto port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0);
        return run(port, argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 1);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench-http: %s\n", error.what());
        return 1;
    }
}
