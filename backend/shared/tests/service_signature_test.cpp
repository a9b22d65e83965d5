#include "shared/middleware/service_signature.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/http/signing_client.hpp"
#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_server.hpp"
#include "shared/types/principal.hpp"

#include <gtest/gtest.h>

/// S075: calls between services are proven, whatever token they carry.
namespace tt {
namespace {

using platform::testing::FakeClock;
using platform::testing::TestRuntime;
using platform::testing::TestServer;

std::string derived_service_key(std::string_view name) {
    return crypto::hmac_sha256("master", name);
}

Task<http::Response> tell_role_and_body(http::Request& request) {
    co_return http::text_response(200, principal(request).role + " " + request.body);
}

/// What an authenticator would have found: somebody who is signed in, or holds the service key.
http::Middleware pretend(std::string role) {
    return [role](http::Request& request, const http::Handler& next) {
        Principal caller;
        caller.role = role;
        request.attach(std::move(caller));
        return next(request);
    };
}

class SignedCalls : public ::testing::Test {
protected:
    explicit SignedCalls(std::string role = "authenticated") {
        router_.use(pretend(std::move(role)));
        router_.use("/internal/v1", receiver_.middleware("/internal/v1/events"));
        router_.route(http::Method::get, "/internal/v1/things", tell_role_and_body);
        router_.route(http::Method::post, "/internal/v1/things", tell_role_and_body);
        router_.route(http::Method::post, "/internal/v1/events", tell_role_and_body);
        router_.route(http::Method::get, "/api/v1/things", tell_role_and_body);
        server_ = std::make_unique<TestServer>(runtime_, router_);
    }
    ~SignedCalls() override {
        server_.reset();
        runtime_.stop();
    }

    http::ClientRequest request(std::string path, std::string body = {}) const {
        http::ClientRequest made;
        made.method = body.empty() ? "GET" : "POST";
        made.url = server_->url() + path;
        made.body = std::move(body);
        return made;
    }
    http::ClientRequest signed_request(std::string path, std::string body = {}) const {
        auto made = request(std::move(path), std::move(body));
        sender_.sign(made);
        return made;
    }
    std::string send(http::ClientRequest made) {
        const auto response = runtime_.run(client_.send(std::move(made)));
        return response.status == 200 ? response.body : std::to_string(response.status);
    }

    FakeClock clock_;
    ServiceSignature sender_{"academy", derived_service_key, clock_};
    ServiceSignature receiver_{"site", derived_service_key, clock_};
    http::Router router_;
    TestRuntime runtime_;
    http::Client client_{runtime_.get()};
    std::unique_ptr<TestServer> server_;
};

TEST_F(SignedCalls, ASignedOneIsAServices) {
    EXPECT_EQ(send(signed_request("/internal/v1/things?after=a%20b&x")), "service_role ");
    EXPECT_EQ(send(signed_request("/internal/v1/things", R"({"a":1})")), R"(service_role {"a":1})");
    const http::SigningClient signing(client_, [this](http::ClientRequest& made) { sender_.sign(made); });
    EXPECT_EQ(runtime_.run(signing.send(request("/internal/v1/things"))).status, 200U);
}

TEST_F(SignedCalls, WithoutASignatureNoTokenHelps) {
    EXPECT_EQ(send(request("/internal/v1/things")), "401");
    EXPECT_EQ(send(request("/internal/v1/things", "{}")), "401");
    EXPECT_EQ(send(request("/api/v1/things")), "authenticated ");
    EXPECT_EQ(send(request("/internal/v1/unknown")), "404");
}

struct WithServiceKey : SignedCalls {
    WithServiceKey() : SignedCalls("service_role") {}
};

TEST_F(WithServiceKey, NotEvenTheServiceKeyDoes) {
    EXPECT_EQ(send(request("/internal/v1/things")), "401");
}

TEST_F(SignedCalls, WhatHasAProofOfItsOwnPasses) {
    EXPECT_EQ(send(request("/internal/v1/events", "{}")), "authenticated {}");
}

TEST_F(SignedCalls, IsReceivedOnceAndWhole) {
    const auto first = signed_request("/internal/v1/things", "{}");
    EXPECT_EQ(send(first), "service_role {}");
    EXPECT_EQ(send(first), "401") << "again";
    auto other_body = signed_request("/internal/v1/things", "{}");
    other_body.body = "[]";
    EXPECT_EQ(send(other_body), "401");
    auto other_query = signed_request("/internal/v1/things?after=1");
    other_query.url.back() = '2';
    EXPECT_EQ(send(other_query), "401");
    auto other_method = signed_request("/internal/v1/things");
    other_method.method = "POST";
    EXPECT_EQ(send(other_method), "401");
    auto old = signed_request("/internal/v1/things");
    clock_.advance(std::chrono::seconds(301));
    EXPECT_EQ(send(old), "401");
    auto twice = signed_request("/internal/v1/things");
    twice.headers.add("Signature", "tt=:AAAA:");
    EXPECT_EQ(send(twice), "401");
}

TEST_F(SignedCalls, AnotherMasterKeySignsNothingHere) {
    const ServiceSignature stranger("academy", [](std::string_view) { return std::string(32, 'z'); }, clock_);
    auto made = request("/internal/v1/things");
    stranger.sign(made);
    EXPECT_EQ(send(made), "401");
}

}  // namespace
}  // namespace tt
