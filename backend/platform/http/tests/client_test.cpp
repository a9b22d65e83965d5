#include "platform/http/client.hpp"

#include "platform/core/error.hpp"
#include "platform/http/tests/edge_kit.hpp"
#include "platform/http/url.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace platform::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// A peer that answers every connection with fixed bytes, or not at all.
class FakePeer {
public:
    explicit FakePeer(std::string answer) : listener_(::socket(AF_INET, SOCK_STREAM, 0)), answer_(std::move(answer)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0) throw std::runtime_error("bind");
        ::listen(listener_, 16);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~FakePeer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
        for (const int link : links_) ::close(link);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

private:
    void serve() {
        while (true) {
            const int link = ::accept(listener_, nullptr, nullptr);
            if (link < 0) return;
            std::array<char, 4096> buffer;
            if (::recv(link, buffer.data(), buffer.size(), 0) > 0 && !answer_.empty()) {
                ::send(link, answer_.data(), answer_.size(), MSG_NOSIGNAL);
                ::shutdown(link, SHUT_WR);
            }
            links_.push_back(link);
        }
    }

    int listener_;
    std::string answer_;
    std::uint16_t port_ = 0;
    std::vector<int> links_;
    std::thread thread_;
};

Task<void> send_into(Client& client, ClientRequest request, ClientResponse& out) {
    out = co_await client.send(std::move(request));
}

class ClientTest : public testing::Test {
protected:
    ClientResponse send(ClientRequest request) {
        ClientResponse response;
        edge.run(send_into(client, std::move(request), response));
        return response;
    }
    std::string failure_of(ClientRequest request, ClientError::Kind kind) {
        try {
            send(std::move(request));
        } catch (const ClientError& error) {
            EXPECT_EQ(static_cast<int>(error.kind()), static_cast<int>(kind)) << error.what();
            return error.what();
        }
        return "no error";
    }

    TestEdge edge;
    Client client{edge.runtime()};
};

TEST_F(ClientTest, SendsAndReusesTheConnection) {
    for (int i = 0; i < 5; ++i) {
        ClientRequest request{.method = "POST", .url = edge.url("/echo"), .body = "hello " + std::to_string(i)};
        const ClientResponse response = send(std::move(request));
        EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(response.body, "hello " + std::to_string(i));
    }
    EXPECT_EQ(edge.server().stats().connections_total, 1U);
}

TEST_F(ClientTest, HeadChunkedAndErrorStatuses) {
    EXPECT_EQ(send({.method = "HEAD", .url = edge.url("/ok")}).body, "");
    EXPECT_EQ(send({.url = edge.url("/stream")}).body, "one two three");
    EXPECT_EQ(send({.url = edge.url("/none-such")}).status, 404U);
    EXPECT_EQ(send({.url = edge.url("/none")}).status, 204U);
    EXPECT_EQ(send({.url = edge.url("/throws")}).status, 500U);
}

TEST_F(ClientTest, LimitsAndDeadlines) {
    EXPECT_THAT(failure_of({.url = edge.url("/big"), .max_response_bytes = 1000}, ClientError::Kind::too_large),
                HasSubstr("too large"));
    const auto begin = std::chrono::steady_clock::now();
    failure_of({.url = edge.url("/slow"), .timeout = 100ms}, ClientError::Kind::timeout);
    const FakePeer silent("");
    failure_of({.url = silent.url(), .timeout = 100ms}, ClientError::Kind::timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST_F(ClientTest, BrokenPeersAreErrors) {
    failure_of({.url = "http://127.0.0.1:1/"}, ClientError::Kind::connect);
    failure_of({.url = "http://no-such-host.invalid/"}, ClientError::Kind::resolve);
    failure_of({.url = "ftp://x/"}, ClientError::Kind::bad_url);
    failure_of({.url = "http://user@x/"}, ClientError::Kind::bad_url);
    failure_of({.url = "http://x/a b"}, ClientError::Kind::bad_url);
    const FakePeer nonsense("SMTP ready\r\n\r\n");
    failure_of({.url = nonsense.url()}, ClientError::Kind::protocol);
    const FakePeer cut("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort");
    const std::string text = failure_of({.url = cut.url()}, ClientError::Kind::protocol);
    EXPECT_NE(text, "no error");
}

TEST_F(ClientTest, RedirectsAreAnswersNotFollowed) {
    const FakePeer redirecting("HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n");
    EXPECT_EQ(send({.url = redirecting.url()}).status, 302U);
}

/// What a client with these rules does at an address of this machine.
ClientError::Kind refusal_of(TestEdge& edge, AllowedPeers allowed, const std::string& url) {
    Client careful(edge.runtime(), {.allowed_peers = std::move(allowed)});
    ClientResponse response;
    try {
        edge.run(send_into(careful, {.url = url}, response));
    } catch (const ClientError& error) {
        EXPECT_THAT(error.what(), HasSubstr("has no address that may be called"));
        return error.kind();
    }
    ADD_FAILURE() << url << " was called: " << response.status;
    return ClientError::Kind::closed;
}

TEST_F(ClientTest, TheAddressIsJudgedNotTheName) {
    const std::string port = edge.url("").substr(edge.url("").rfind(':'));
    for (const char* host : {"localhost", "127.0.0.1", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
                             "10.0.0.1", "169.254.169.254", "[fe80::1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]"}) {
        const std::string url = std::string("http://") + host + port + "/ok";
        EXPECT_EQ(refusal_of(edge, AllowedPeers::public_only(), url), ClientError::Kind::peer_refused) << host;
    }
    EXPECT_EQ(edge.server().stats().connections_total, 0U);
}

TEST_F(ClientTest, LoopbackAndNetworksAreAddedOneByOne) {
    const std::string port = edge.url("").substr(edge.url("").rfind(':'));
    AllowedPeers with_loopback = AllowedPeers::public_only();
    with_loopback.add_loopback();
    Client local(edge.runtime(), {.allowed_peers = with_loopback});
    for (const char* host : {"localhost", "127.0.0.1", "[::ffff:127.0.0.1]"}) {
        ClientResponse response;
        edge.run(send_into(local, {.url = std::string("http://") + host + port + "/ok"}, response));
        EXPECT_EQ(response.status, 200U) << host;
    }
    EXPECT_EQ(refusal_of(edge, with_loopback, "http://192.168.0.1/"), ClientError::Kind::peer_refused);

    AllowedPeers with_network = AllowedPeers::public_only();
    with_network.add(parse_network("127.0.0.0/30").value());
    EXPECT_EQ(refusal_of(edge, with_network, "http://127.0.0.4" + port), ClientError::Kind::peer_refused);
    Client narrow(edge.runtime(), {.allowed_peers = with_network});
    ClientResponse response;
    edge.run(send_into(narrow, {.url = "http://127.0.0.1" + port + "/ok"}, response));
    EXPECT_EQ(response.status, 200U);
}

TEST_F(ClientTest, ClosedIdleConnectionIsReplaced) {
    ServerConfig config;
    config.limits.idle_time = 100ms;
    TestEdge short_lived(config);
    EXPECT_EQ(send({.url = short_lived.url("/ok")}).status, 200U);
    std::this_thread::sleep_for(400ms);
    EXPECT_EQ(send({.method = "POST", .url = short_lived.url("/echo"), .body = "x"}).status, 200U);
    EXPECT_EQ(short_lived.server().stats().connections_total, 2U);
}

Task<void> proxy_into(Client& client, std::string base, Request& request, Response& out) {
    out = co_await proxy(client, std::move(base), request);
}

TEST_F(ClientTest, ProxyForwardsWithoutHopByHopFields) {
    Request request;
    request.target = "/headers?x=1";
    request.client_ip = "203.0.113.7";
    request.request_id = "r-1";
    request.trace.self = {.trace_id = {0xaaaa, 0xbbbb}, .span_id = 0xcccc, .is_sampled = true};
    request.headers = {{"Host", "site:8000"},          {"Connection", "keep-alive, x-secret"}, {"X-Secret", "1"},
                       {"X-Forwarded-For", "6.6.6.6"}, {"Authorization", "Bearer t"},          {"TE", "trailers"}};
    Response response;
    edge.run(proxy_into(client, edge.url(""), request, response));
    EXPECT_EQ(response.status, 200U);
    const std::string seen = body_of(response);
    EXPECT_THAT(seen, HasSubstr("Authorization=Bearer t\n"));
    EXPECT_THAT(seen, HasSubstr("x-forwarded-for=203.0.113.7\n"));
    EXPECT_THAT(seen, HasSubstr("x-forwarded-host=site:8000\n"));
    EXPECT_THAT(seen, HasSubstr("x-request-id=r-1\n"));
    EXPECT_THAT(seen, HasSubstr("traceparent=00-000000000000aaaa000000000000bbbb-000000000000cccc-01\n"));
    for (const auto* gone : {"X-Secret", "6.6.6.6", "TE=", "Connection"})
        EXPECT_THAT(seen, testing::Not(HasSubstr(gone)));
    EXPECT_FALSE(response.headers.contains("x-request-id")) << "the gateway sets its own";
}

TEST_F(ClientTest, ProxyTurnsAbsenceInto503) {
    Request request;
    Response response;
    EXPECT_THROW(edge.run(proxy_into(client, "http://127.0.0.1:1", request, response)), Unavailable);
    const FakePeer silent("");
    request.deadline = std::chrono::steady_clock::now() + 100ms;
    const std::string base = silent.url().substr(0, silent.url().size() - 1);
    EXPECT_THROW(edge.run(proxy_into(client, base, request, response)), DeadlineExceeded);
}

TEST(Url, PartsAndRefusals) {
    const auto url = parse_url("https://[::1]:8443/a?b#c");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->is_https);
    EXPECT_EQ(url->host, "::1");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->authority, "[::1]:8443");
    EXPECT_EQ(url->target, "/a?b");
    EXPECT_EQ(parse_url("http://x?q")->target, "/?q");
    EXPECT_EQ(parse_url("http://x")->port, 80);
    for (const auto* bad :
         {"", "x", "http://", "http:///a", "http://a b/", "http://a\r\n/", "file:///etc", "http://x:0/"}) {
        EXPECT_FALSE(parse_url(bad)) << bad;
    }
}

}  // namespace
}  // namespace platform::http
