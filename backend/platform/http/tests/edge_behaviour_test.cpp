// What a connection does over time: pipelining, slow peers, bodies, drain.
#include "platform/http/tests/edge_kit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>

namespace platform::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

std::string request(std::string_view line, std::string_view fields = "") {
    return std::string(line) + " HTTP/1.1\r\nHost: t\r\n" + std::string(fields) + "\r\n";
}

constexpr std::string_view last = "Connection: close\r\n";

std::string body_after_head(const std::string& response) {
    return response.substr(response.find("\r\n\r\n") + 4);
}

ServerConfig quick_limits() {
    ServerConfig config;
    config.limits.head_time = 300ms;
    config.limits.body_time = 300ms;
    config.limits.idle_time = 300ms;
    config.limits.drain_time = 200ms;
    return config;
}

std::chrono::milliseconds since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

TEST(Edge, AnswersPipelinedRequestsInOrder) {
    TestEdge edge;
    RawSocket socket(edge.port());
    std::string batch;
    for (int i = 0; i < 200; ++i) batch += request("GET /echo/n" + std::to_string(i));
    socket.send(batch + request("POST /echo", "Content-Length: 5\r\n") + "hello" + request("GET /ok", last));
    const std::string answer = socket.read_all();
    EXPECT_EQ(count_responses(answer), 202);
    std::size_t at = 0;
    for (int i = 0; i < 200; ++i) {
        at = answer.find("\r\n\r\nn" + std::to_string(i) + "HTTP", at);
        ASSERT_NE(at, std::string::npos) << i;
    }
    EXPECT_NE(answer.find("hello", at), std::string::npos);
}

TEST(Edge, ReadsARequestThatArrivesByteByByte) {
    TestEdge edge;
    RawSocket socket(edge.port());
    for (const char c : request("POST /echo", "Transfer-Encoding: chunked\r\nConnection: close\r\n") +
                            "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n") {
        socket.send(std::string_view(&c, 1));
    }
    EXPECT_EQ(body_after_head(socket.read_all()), "abcde");
}

TEST(Edge, TrailersAreNeverSeenByHandlers) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("POST /headers", "Transfer-Encoding: chunked\r\n") +
                "1\r\na\r\n0\r\nX-Admin: yes\r\nHost: evil\r\nAuthorization: stolen\r\nConnection: close\r\n\r\n" +
                request("GET /ok", last));
    const std::string answer = socket.read_all();
    EXPECT_EQ(count_responses(answer), 2) << "a trailer must not decide about keep-alive";
    EXPECT_THAT(answer, Not(HasSubstr("X-Admin")));
    EXPECT_THAT(answer, Not(HasSubstr("evil")));
    EXPECT_THAT(answer, Not(HasSubstr("stolen")));
}

TEST(Edge, KeepsAliveAndClosesAsAsked) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("GET /ok"));
    EXPECT_THAT(socket.read_until("ok"), Not(HasSubstr("connection:")));
    socket.send(request("GET /ok", "Connection: foo, Close\r\n"));
    EXPECT_THAT(socket.read_all(), HasSubstr("connection: close"));
    EXPECT_TRUE(socket.is_closed());

    RawSocket old(edge.port());
    old.send("GET /ok HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(old.read_until("\r\n\r\nok"), HasSubstr("connection: keep-alive"));
    old.send("GET /ok HTTP/1.0\r\n\r\n");
    EXPECT_THAT(old.read_all(), HasSubstr("connection: close"));
}

TEST(Edge, HeadAnd204And304HaveNoBody) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("HEAD /ok") + request("GET /none") + request("GET /not-modified") + request("HEAD /stream") +
                request("GET /echo/end", last));
    const std::string answer = socket.read_all();
    EXPECT_EQ(count_responses(answer), 5);
    EXPECT_THAT(answer, HasSubstr("content-length: 2\r\n\r\nHTTP/1.1 204 No Content"));
    EXPECT_THAT(answer, Not(HasSubstr("must not be sent")));
    EXPECT_EQ(body_after_head(answer.substr(answer.rfind("HTTP/1.1"))), "end");
}

TEST(Edge, ContinueIsSentOnlyAfterTheChecks) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("POST /echo", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
    EXPECT_EQ(socket.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    socket.send("hello");
    EXPECT_THAT(socket.read_until("hello"), HasSubstr("HTTP/1.1 200"));

    RawSocket refused(edge.port());
    refused.send(request("POST /refused", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
    const std::string answer = refused.read_all();
    EXPECT_EQ(first_status(answer), 401);
    EXPECT_EQ(count_responses(answer), 1);
    EXPECT_TRUE(refused.is_closed()) << "the client may or may not send its body now";

    RawSocket large(edge.port());
    large.send(request("POST /small", "Content-Length: 101\r\nExpect: 100-continue\r\n"));
    EXPECT_EQ(first_status(large.read_all()), 413);
}

TEST(Edge, UnreadSmallBodyIsSkippedAndLargeOneClosed) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("POST /refused", "Content-Length: 30000\r\n") + std::string(30000, 'x') +
                request("GET /echo/next", last));
    const std::string answer = socket.read_all();
    EXPECT_EQ(first_status(answer), 401);
    EXPECT_THAT(answer, HasSubstr("next"));

    RawSocket large(edge.port());
    large.send(request("POST /refused", "Content-Length: 300000\r\n"));
    const std::string refused = large.read_until("\r\n\r\n");
    EXPECT_EQ(first_status(refused), 401);
    EXPECT_THAT(refused, HasSubstr("connection: close"));
}

TEST(Edge, SlowHeadIs408) {
    TestEdge edge(quick_limits());
    RawSocket socket(edge.port());
    const auto begin = std::chrono::steady_clock::now();
    bool is_open = socket.send("GET /ok HTTP/1.1\r\n");
    for (int i = 0; i < 40 && is_open; ++i) {  // a byte now and then must not prolong the deadline
        is_open = socket.send("X") && socket.read_until("HTTP", 50ms).empty();
    }
    EXPECT_FALSE(is_open);
    EXPECT_LT(since(begin), 1500ms);

    RawSocket waiting(edge.port());
    waiting.send("GET /ok HTTP/1.1\r\nHost:");
    EXPECT_EQ(first_status(waiting.read_all()), 408);
}

TEST(Edge, SlowBodyIs408) {
    TestEdge edge(quick_limits());
    RawSocket socket(edge.port());
    const auto begin = std::chrono::steady_clock::now();
    socket.send(request("POST /echo", "Content-Length: 100\r\n") + "some");
    EXPECT_EQ(first_status(socket.read_all()), 408);
    EXPECT_LT(since(begin), 1500ms);
}

TEST(Edge, SilentAndIdleConnectionsAreClosedWithoutAnAnswer) {
    TestEdge edge(quick_limits());
    RawSocket silent(edge.port());
    EXPECT_EQ(silent.read_all(2s), "");
    EXPECT_TRUE(silent.is_closed());

    RawSocket idle(edge.port());
    idle.send(request("GET /ok"));
    EXPECT_EQ(count_responses(idle.read_all(2s)), 1);
    EXPECT_TRUE(idle.is_closed());
}

TEST(Edge, AReaderThatDoesNotReadIsDropped) {
    ServerConfig config = quick_limits();
    config.limits.body_bytes_per_second = 64 << 20;
    TestEdge edge(config);
    RawSocket socket(edge.port());
    socket.send(request("GET /big"));
    std::this_thread::sleep_for(1500ms);
    EXPECT_LT(socket.read_all(1s).size(), std::size_t(8 << 20));
    EXPECT_EQ(edge.server().stats().connections_open, 0U);
}

TEST(Edge, LargeAnswersArriveWhole) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("GET /big", last));
    EXPECT_EQ(body_after_head(socket.read_all()), std::string(8 << 20, 'x'));
}

TEST(Edge, StreamsAreChunkedAndTornOnesShow) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("GET /stream", last));
    EXPECT_EQ(body_after_head(socket.read_all()), "4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n");

    RawSocket torn(edge.port());
    torn.send(request("GET /torn"));
    const std::string answer = torn.read_all();
    EXPECT_EQ(body_after_head(answer), "5\r\nbegun\r\n");
    EXPECT_TRUE(torn.is_closed());

    RawSocket old(edge.port());
    old.send("GET /stream HTTP/1.0\r\n\r\n");
    EXPECT_EQ(body_after_head(old.read_all()), "one two three");
}

TEST(Edge, UploadGoesToAFileThatIsRemovedAfterwards) {
    ServerConfig config;
    config.upload_folder = std::filesystem::temp_directory_path() / "tt-http-upload-test";
    TestEdge edge(config);
    RawSocket socket(edge.port());
    const std::string body(3'000'000, 'z');
    socket.send(request("PUT /upload", "Content-Length: 3000000\r\nConnection: close\r\n") + body);
    const std::string answer = body_after_head(socket.read_all());
    EXPECT_TRUE(answer.starts_with("3000000 ")) << answer;
    EXPECT_FALSE(std::filesystem::exists(answer.substr(8)));

    RawSocket cut(edge.port());
    cut.send(request("PUT /upload", "Content-Length: 3000000\r\n") + "too little");
    cut.shutdown_send();
    EXPECT_EQ(first_status(cut.read_all()), 400);
    EXPECT_TRUE(std::filesystem::is_empty(config.upload_folder));
    std::filesystem::remove_all(config.upload_folder);
}

TEST(Edge, ExceptionsBecome500WithoutDetails) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("GET /throws", last));
    const std::string answer = socket.read_all();
    EXPECT_EQ(first_status(answer), 500);
    EXPECT_THAT(answer, HasSubstr("\"code\":\"internal\""));
    EXPECT_THAT(answer, Not(HasSubstr("secret")));
}

TEST(Edge, AbsoluteFormIsRoutedByPath) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send("GET http://t/target?x=1 HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_THAT(socket.read_until("x=1"), HasSubstr("\r\n\r\n/target?x=1"));
    socket.send("GET http://t?q HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(first_status(socket.read_all()), 404);
}

TEST(Edge, ForwardedAddressCountsOnlyFromATrustedProxy) {
    const std::string forged = "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.0.0.9\r\nConnection: close\r\n";
    TestEdge open;
    RawSocket stranger(open.port());
    stranger.send(request("GET /ip", forged));
    EXPECT_EQ(body_after_head(stranger.read_all()), "127.0.0.1");

    ServerConfig config;
    config.trusted_proxies = {"127.0.0.1", "10.0.0.9"};
    TestEdge behind(config);
    RawSocket proxy(behind.port());
    proxy.send(request("GET /ip", forged));
    EXPECT_EQ(body_after_head(proxy.read_all()), "203.0.113.7");
    RawSocket garbage(behind.port());
    garbage.send(request("GET /ip", "X-Forwarded-For: <script>\r\nConnection: close\r\n"));
    EXPECT_EQ(body_after_head(garbage.read_all()), "127.0.0.1");
}

TEST(Edge, TraceIsJoinedOnlyForTrustedPeers) {
    const std::string trace = "0af7651916cd43dd8448eb211c80319c";
    const std::string fields = "traceparent: 00-" + trace + "-b7ad6b7169203331-01\r\nConnection: close\r\n";
    TestEdge open;
    RawSocket stranger(open.port());
    stranger.send(request("GET /trace", fields));
    const std::string linked = body_after_head(stranger.read_all());
    EXPECT_TRUE(linked.ends_with(' ' + trace)) << linked;
    EXPECT_FALSE(linked.starts_with(trace));

    ServerConfig config;
    config.trusted_proxies = {"127.0.0.1"};
    TestEdge behind(config);
    RawSocket proxy(behind.port());
    proxy.send(request("GET /trace", fields));
    EXPECT_EQ(body_after_head(proxy.read_all()), trace + ' ');
}

TEST(Edge, RequestIdIsKeptWhenValidAndReplacedOtherwise) {
    TestEdge edge;
    RawSocket socket(edge.port());
    socket.send(request("GET /ok", "X-Request-Id: my-id.1\r\n"));
    EXPECT_THAT(socket.read_until("\r\n\r\nok"), HasSubstr("x-request-id: my-id.1\r\n"));
    socket.send(request("GET /ok", "X-Request-Id: <b>\"}\r\nConnection: close\r\n"));
    EXPECT_THAT(socket.read_all(), Not(HasSubstr("<b>")));
}

TEST(Edge, ConnectionsBeyondTheCapAreRefused) {
    ServerConfig config;
    config.limits.max_connections = 2;
    TestEdge edge(config);
    RawSocket first(edge.port());
    RawSocket second(edge.port());
    first.send(request("GET /ok"));
    second.send(request("GET /ok"));
    EXPECT_EQ(first_status(first.read_until("\r\n\r\nok")), 200);
    EXPECT_EQ(first_status(second.read_until("\r\n\r\nok")), 200);
    RawSocket third(edge.port());
    EXPECT_EQ(first_status(third.read_all()), 503);
    EXPECT_EQ(edge.server().stats().connections_refused, 1U);
}

TEST(Edge, DrainFinishesRunningRequestsAndClosesIdleOnes) {
    TestEdge edge;
    RawSocket idle(edge.port());
    idle.send(request("GET /ok"));
    idle.read_until("\r\n\r\nok");
    RawSocket busy(edge.port());
    busy.send(request("GET /slow"));
    std::this_thread::sleep_for(100ms);
    const auto begin = std::chrono::steady_clock::now();
    edge.run(edge.server().drain(5s));
    EXPECT_LT(since(begin), 2s);
    const std::string answer = busy.read_all();
    EXPECT_EQ(body_after_head(answer), "slow");
    EXPECT_THAT(answer, HasSubstr("connection: close"));
    EXPECT_EQ(idle.read_all(), "");
    EXPECT_TRUE(idle.is_closed());
    EXPECT_THROW(RawSocket(edge.port()), std::runtime_error);
}

TEST(Edge, DrainGivesUpOnStubbornConnectionsAfterItsTime) {
    TestEdge edge;
    RawSocket stuck(edge.port());
    stuck.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nhalf");
    std::this_thread::sleep_for(50ms);
    edge.run(edge.server().drain(200ms));
    EXPECT_EQ(edge.server().stats().connections_open, 0U);
}

TEST(Edge, SecondServerOnThePortIsAnError) {
    TestEdge edge;
    ServerConfig config;
    config.port = edge.port();
    Router router;
    Server second(edge.runtime(), config, router);
    EXPECT_THROW(second.listen(), boost::system::system_error);
}

TEST(Edge, ManyConnectionsAtOnce) {
    TestEdge edge;
    std::vector<std::unique_ptr<RawSocket>> sockets;
    for (int i = 0; i < 200; ++i) sockets.push_back(std::make_unique<RawSocket>(edge.port()));
    for (auto& socket : sockets) socket->send(request("GET /ok", last));
    for (auto& socket : sockets) EXPECT_EQ(first_status(socket->read_all()), 200);
    EXPECT_EQ(edge.server().stats().requests_total, 200U);
}

}  // namespace
}  // namespace platform::http
