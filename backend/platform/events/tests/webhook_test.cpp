#include "platform/events/webhooks.hpp"

#include "platform/events/tests/events_fixture.hpp"
#include "platform/events/webhook_envelope.hpp"
#include "platform/events/webhooks_sql.hpp"
#include "platform/testing/fake_clock.hpp"

#include <gmock/gmock.h>

#include <mutex>

namespace platform::events {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// The example of the Standard Webhooks specification.
const std::string published_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const WebhookHeaders published{.id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
                               .timestamp = "1614265330",
                               .signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="};
const std::string published_body = R"({"test": 2432232314})";
const Time published_time(seconds(1614265330));

bool is_accepted(const WebhookHeaders& headers, const std::string& body = published_body, Time now = published_time,
                 const std::vector<std::string>& secrets = {published_secret}) {
    return verify_webhook(secrets, headers, body, now).has_value();
}

TEST(WebhookSignature, MatchesThePublishedExample) {
    EXPECT_EQ(sign_webhook(published_secret, published.id, 1614265330, published_body), published.signature);
    EXPECT_TRUE(is_accepted(published));
}

TEST(WebhookSignature, RefusesEverythingElse) {
    const auto with = [](auto change) {
        WebhookHeaders headers = published;
        change(headers);
        return headers;
    };
    EXPECT_FALSE(is_accepted(with([](auto& h) { h.signature.clear(); })));
    EXPECT_FALSE(is_accepted(with([](auto& h) { h.signature = "v1,AAAA"; })));
    EXPECT_FALSE(is_accepted(with([](auto& h) { h.signature.replace(0, 2, "v2"); })));
    EXPECT_FALSE(is_accepted(with([](auto& h) { h.id = "msg_other"; })));
    EXPECT_FALSE(is_accepted(with([](auto& h) { h.timestamp = "1614265331"; })));
    EXPECT_FALSE(is_accepted(with([](auto& h) { h.timestamp = "now"; })));
    EXPECT_FALSE(is_accepted(published, R"({"test":2432232314})"));
    EXPECT_FALSE(is_accepted(published, published_body, published_time + seconds(301)));
    EXPECT_FALSE(is_accepted(published, published_body, published_time - seconds(301)));
    EXPECT_FALSE(is_accepted(published, published_body, published_time, {make_webhook_secret()}));
    EXPECT_TRUE(is_accepted(published, published_body, published_time + seconds(300)));
}

TEST(WebhookSignature, RotationAcceptsEitherSecretAndAnyOfSeveralSignatures) {
    const std::string fresh = make_webhook_secret();
    EXPECT_TRUE(is_accepted(published, published_body, published_time, {fresh, published_secret}));
    WebhookHeaders two = published;
    two.signature = sign_webhook(fresh, two.id, 1614265330, published_body) + " " + published.signature;
    EXPECT_TRUE(is_accepted(two));
}

/// A peer that answers what it is told to and remembers what it got.
class FakePeer {
public:
    struct Got {
        WebhookRequest request;
        std::chrono::steady_clock::time_point at;
    };

    WebhookTransport transport() {
        return [this](WebhookRequest request) { return answer(std::move(request)); };
    }

    void answers(std::vector<WebhookResponse> responses) {
        const std::lock_guard lock(mutex_);
        responses_ = std::move(responses);
    }

    std::vector<Got> got() {
        const std::lock_guard lock(mutex_);
        return got_;
    }

    static std::string header(const WebhookRequest& request, std::string_view name) {
        for (const auto& [key, value] : request.headers) {
            if (key == name) return value;
        }
        return "";
    }

private:
    Task<WebhookResponse> answer(WebhookRequest request) {
        co_await sleep_for(milliseconds(1));
        const std::lock_guard lock(mutex_);
        const std::size_t index = got_.size();
        got_.push_back({std::move(request), std::chrono::steady_clock::now()});
        if (index >= responses_.size()) co_return WebhookResponse{.status = 204, .retry_after_s = {}};
        if (responses_[index].status == 0) throw std::runtime_error("connection reset");
        co_return responses_[index];
    }

    std::mutex mutex_;
    std::vector<WebhookResponse> responses_;
    std::vector<Got> got_;
};

class WebhookTest : public EventsTest {
protected:
    void TearDown() override {
        if (relay_) runtime_.run(relay_->drain());
        if (sender_) runtime_.run(sender_->drain());
        EventsTest::TearDown();
    }

    void start(std::vector<milliseconds> schedule = {milliseconds(20), milliseconds(20)}) {
        runtime_.run(ensure_endpoint(
            database(),
            {.name = "academy", .url = "http://peer/events", .secrets = {secret_}, .topics = {"test.happened"}}));
        relay_ =
            std::make_unique<Relay>(runtime_.get(), database(), Bus(), RelayConfig{.poll_interval = milliseconds(50)});
        WebhookSenderConfig config{.poll_interval = milliseconds(20)};
        config.schedule = std::move(schedule);
        sender_ = std::make_unique<WebhookSender>(runtime_.get(), database(), peer_.transport(), "site", config);
        relay_->start();
        sender_->start();
    }

    static inline const std::string by_status =
        "SELECT string_agg(status || ':' || attempts, ' ' ORDER BY outbox_id) FROM integ.webhook_deliveries";

    const std::string secret_ = make_webhook_secret();
    FakePeer peer_;
    std::unique_ptr<Relay> relay_;
    std::unique_ptr<WebhookSender> sender_;
};

TEST_F(WebhookTest, EveryQueryPrepares) {
    EXPECT_THAT(test_db->prepare_all(sql::webhooks_queries), ::testing::IsEmpty());
}

TEST_F(WebhookTest, AnEventIsPostedSignedAndOnce) {
    start();
    tell({numbered("ada", 1), {.topic = "test.private", .payload = "{}"}});
    EXPECT_TRUE(becomes(by_status, "delivered:1"));
    ASSERT_EQ(peer_.got().size(), 1U);
    const WebhookRequest request = peer_.got()[0].request;
    EXPECT_EQ(request.url, "http://peer/events");
    const WebhookHeaders headers{.id = FakePeer::header(request, "webhook-id"),
                                 .timestamp = FakePeer::header(request, "webhook-timestamp"),
                                 .signature = FakePeer::header(request, "webhook-signature")};
    EXPECT_TRUE(verify_webhook({secret_}, headers, request.body, SystemClock().now()).has_value());
    EXPECT_THAT(request.body, ::testing::HasSubstr(R"("type":"test.happened")"));
    EXPECT_THAT(request.body, ::testing::HasSubstr(R"("subject":"ada")"));
    EXPECT_THAT(request.body, ::testing::HasSubstr(R"("data":{"number": 1})"));
    EXPECT_THAT(request.body, ::testing::HasSubstr(headers.id));
}

TEST_F(WebhookTest, FailuresAreRetriedUnderTheSameIdAndInTheOrderOfTheSubject) {
    peer_.answers({{.status = 500, .retry_after_s = {}}, {.status = 0, .retry_after_s = {}}});
    start();
    tell({numbered("ada", 1), numbered("ada", 2)});
    EXPECT_TRUE(becomes(by_status, "delivered:3 delivered:1"));
    const auto got = peer_.got();
    ASSERT_EQ(got.size(), 4U);
    const auto id = [&](int i) { return FakePeer::header(got[static_cast<std::size_t>(i)].request, "webhook-id"); };
    EXPECT_EQ(id(0), id(1));
    EXPECT_EQ(id(0), id(2));
    EXPECT_NE(id(0), id(3));
    EXPECT_EQ(test_db->scalar("SELECT failing_since IS NULL FROM integ.webhook_endpoints"), "t");
}

TEST_F(WebhookTest, AfterTheScheduleADeliveryIsDeadAndTheNextGoesOn) {
    const WebhookResponse broken{.status = 503, .retry_after_s = {}};
    peer_.answers({broken, broken, broken});
    start();
    tell({numbered("ada", 1), numbered("ada", 2)});
    EXPECT_TRUE(becomes(by_status, "dead:3 delivered:1"));
    EXPECT_EQ(test_db->scalar("SELECT last_status FROM integ.webhook_deliveries WHERE status = 'dead'"), "503");
}

TEST_F(WebhookTest, RetryAfterIsHeeded) {
    peer_.answers({{.status = 429, .retry_after_s = 1}});
    start();
    tell({numbered("ada", 1)});
    EXPECT_TRUE(becomes(by_status, "delivered:2"));
    const auto got = peer_.got();
    ASSERT_EQ(got.size(), 2U);
    EXPECT_GE(got[1].at - got[0].at, milliseconds(950));
}

TEST_F(WebhookTest, GoneDisablesTheEndpointUntilItIsWrittenAgain) {
    peer_.answers({{.status = 410, .retry_after_s = {}}});
    start();
    tell({numbered("ada", 1)});
    EXPECT_TRUE(becomes("SELECT status FROM integ.webhook_endpoints", "disabled"));
    tell({numbered("bob", 2)});
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.outbox WHERE relayed_at IS NULL", "0"));
    EXPECT_EQ(peer_.got().size(), 1U);
    runtime_.run(ensure_endpoint(
        database(), {.name = "academy", .url = "http://peer/events", .secrets = {secret_}, .topics = {"*"}}));
    EXPECT_TRUE(becomes(by_status, "delivered:2"));
}

/// Signs as the peer would.
WebhookHeaders signed_headers(const std::string& secret, const Uuid& id, const std::string& body, Time now) {
    const auto now_s = std::chrono::floor<seconds>(now).time_since_epoch().count();
    return {.id = envelope_id(id),
            .timestamp = std::to_string(now_s),
            .signature = sign_webhook(secret, envelope_id(id), now_s, body)};
}

class ReceiverTest : public EventsTest {
protected:
    static std::string body_of(const Uuid& id) {
        return R"({"id":"evt_)" + to_string(id) +
               R"(","type":"test.happened","timestamp":"2026-01-01T00:00:00Z","version":1,"source":"site",)"
               R"("subject":"ada","tenant":"new member","data":{"number":7}})";
    }

    std::string reason(WebhookHeaders headers, std::string body) {
        const auto outcome = runtime_.run(receiver_.receive(std::move(headers), std::move(body)));
        return outcome.has_error() ? outcome.error().reason : "ok";
    }

    const std::string secret_ = make_webhook_secret();
    testing::FakeClock clock_;
    WebhookReceiver receiver_{database(), "site", {secret_}, clock_};
};

TEST_F(ReceiverTest, APeersEventHasOneEffectHoweverOftenItComes) {
    Bus bus;
    bus.subscribe("first", "test.happened", writer("first"));
    Relay relay(runtime_.get(), database(), bus, {.poll_interval = milliseconds(50)});
    relay.start();
    const Uuid id = uuid_v7();
    std::vector<std::future<Result<void>>> pending;
    for (std::size_t i = 0; i < 50; ++i) {
        auto headers = signed_headers(secret_, id, body_of(id), clock_.now());
        pending.push_back(runtime_.start(receiver_.receive(std::move(headers), body_of(id)), i % 2));
    }
    for (auto& outcome : pending) EXPECT_TRUE(outcome.get().has_value());
    EXPECT_TRUE(becomes("SELECT count(*) FROM effects", "1"));
    EXPECT_EQ(reason(signed_headers(secret_, id, body_of(id), clock_.now()), body_of(id)), "ok");
    EXPECT_EQ(test_db->scalar("SELECT subject || (payload->>'number') FROM effects"), "ada7");
    runtime_.run(relay.drain());
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM effects"), "1");
}

TEST_F(ReceiverTest, WhatIsNotSignedOrNoEventIsRefused) {
    const Uuid id = uuid_v7();
    const auto now = clock_.now();
    EXPECT_EQ(reason(signed_headers(make_webhook_secret(), id, body_of(id), now), body_of(id)),
              "webhook_signature_invalid");
    EXPECT_EQ(reason(signed_headers(secret_, id, "{}", now), body_of(id)), "webhook_signature_invalid");
    EXPECT_EQ(reason({}, body_of(id)), "webhook_signature_invalid");
    EXPECT_EQ(reason(signed_headers(secret_, id, "{}", now), "{}"), "validation_failed");
    EXPECT_EQ(reason(signed_headers(secret_, uuid_v7(), body_of(id), now), body_of(id)), "validation_failed");
    clock_.advance(seconds(301));
    EXPECT_EQ(reason(signed_headers(secret_, id, body_of(id), now), body_of(id)), "webhook_signature_invalid");
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM integ.outbox"), "0");
}

TEST_F(ReceiverTest, WhatAPeerSentIsNotSentOutAgain) {
    FakePeer peer;
    runtime_.run(
        ensure_endpoint(database(), {.name = "back", .url = "http://peer/", .secrets = {secret_}, .topics = {"*"}}));
    Relay relay(runtime_.get(), database(), Bus(), {.poll_interval = milliseconds(50)});
    relay.start();
    const Uuid id = uuid_v7();
    EXPECT_EQ(reason(signed_headers(secret_, id, body_of(id), clock_.now()), body_of(id)), "ok");
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.outbox WHERE relayed_at IS NOT NULL", "1"));
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM integ.webhook_deliveries"), "0");
    runtime_.run(relay.drain());
}

}  // namespace
}  // namespace platform::events
