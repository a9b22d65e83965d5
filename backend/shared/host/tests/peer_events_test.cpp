#include "shared/host/peer_events.hpp"

#include "platform/testing/test_db.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace tt {
namespace {

using platform::testing::TestDb;

Settings settings_for(const TestDb& database) {
    Settings settings;
    settings.server.io_threads = 1;
    settings.database.site_url = database.url_as("tt_site");
    settings.paths.data = std::filesystem::temp_directory_path() / ("tt-host-" + std::to_string(::getpid()));
    settings.keys.jwt_secret = config::Secret("a secret of thirty-two characters");
    settings.keys.master_key = config::Secret("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    return settings;
}

struct Delivery {
    std::string event_id = to_string(uuid_v7());
    std::string topic = "course.published";
    std::string body{};    ///< default: an envelope of the above
    std::string secret{};  ///< default: the right one
    std::chrono::seconds age{0};
};

class PeerEvents : public ::testing::Test {
protected:
    PeerEvents() { receive_peer_events(host_, router_, host_.site(), "academy"); }
    ~PeerEvents() override { std::filesystem::remove_all(host_.settings().paths.data); }

    /// The statuses of the answers, in order.
    std::vector<unsigned> deliver(std::vector<Delivery> deliveries) {
        std::vector<unsigned> statuses;
        host_.run_once([&] { return post_all(std::move(deliveries), statuses); });
        return statuses;
    }
    Task<void> post_all(std::vector<Delivery> deliveries, std::vector<unsigned>& statuses) {
        for (auto& delivery : deliveries) {
            http::Request request = signed_request(std::move(delivery));
            const auto response = co_await router_.dispatch(request);
            statuses.push_back(response.status);
        }
    }
    http::Request signed_request(Delivery delivery) const {
        const auto at = std::chrono::floor<std::chrono::seconds>(host_.clock().now()) - delivery.age;
        const std::int64_t at_s = at.time_since_epoch().count();
        const std::string id = "evt_" + delivery.event_id;
        if (delivery.body.empty()) {
            delivery.body = R"({"id":")" + id + R"(","type":")" + delivery.topic +
                            R"(","subject":"s","version":1,"new_member":1,"data":{"n":1}})";
        }
        if (delivery.secret.empty()) delivery.secret = webhook_secret(host_, "academy", "site");
        http::Request request;
        request.method = http::Method::post;
        request.method_text = "POST";
        request.target = peer_events_path;
        request.headers.set("Content-Type", "application/json");
        request.headers.set("webhook-id", id);
        request.headers.set("webhook-timestamp", std::to_string(at_s));
        request.headers.set("webhook-signature", events::sign_webhook(delivery.secret, id, at_s, delivery.body));
        request.body = std::move(delivery.body);
        return request;
    }
    std::string count(const std::string& where) const {
        return database_.scalar("SELECT count(*) FROM integ.outbox WHERE " + where);
    }

    TestDb database_{std::string("site")};
    Host host_{settings_for(database_)};
    http::Router router_;
};

TEST_F(PeerEvents, ASignedEventReachesTheOutboxOnceWithItsOrigin) {
    const Delivery delivery;
    EXPECT_EQ(deliver({delivery, delivery, {}}), (std::vector<unsigned>{204, 204, 204}));
    EXPECT_EQ(count("event_id = '" + delivery.event_id + "' AND origin = 'academy' AND payload = '{\"n\":1}'"), "1");
    EXPECT_EQ(count("true"), "2");
}

TEST_F(PeerEvents, WhatThePeerDidNotSignIsRefused) {
    EXPECT_EQ(deliver({{.secret = webhook_secret(host_, "site", "academy")},
                       {.secret = events::make_webhook_secret()},
                       {.age = std::chrono::seconds(301)},
                       {.age = std::chrono::seconds(-310)}}),
              (std::vector<unsigned>{401, 401, 401, 401}));
    EXPECT_EQ(count("true"), "0");
}

TEST_F(PeerEvents, ASignedBodyThatIsNoEventIs400) {
    const std::string id = to_string(uuid_v7());
    EXPECT_EQ(
        deliver({{.body = "{}"},
                 {.body = "nonsense"},
                 {.event_id = id, .body = R"({"id":"evt_)" + to_string(uuid_v7()) + R"(","type":"a.b","data":{}})"},
                 {.event_id = id, .body = R"({"id":"evt_)" + id + R"(","type":"a.b","data":[]})"}}),
        (std::vector<unsigned>{400, 400, 400, 400}));
    EXPECT_EQ(count("true"), "0");
}

TEST_F(PeerEvents, ThePeerIsAnnouncedOnce) {
    host_.run_once([this]() -> Task<void> {
        for (int i = 0; i < 2; ++i) {
            std::vector<std::string> topics{"user.created", "profile.updated"};
            co_await announce_to_peer(host_, host_.site(), "academy", "http://academy.test", std::move(topics));
        }
    });
    EXPECT_EQ(database_.scalar("SELECT string_agg(url || ' ' || topics::text, ',') FROM integ.webhook_endpoints"),
              "http://academy.test/internal/v1/events {user.created,profile.updated}");
    EXPECT_EQ(database_.scalar("SELECT secrets[1] FROM integ.webhook_endpoints"),
              webhook_secret(host_, "site", "academy"));
}

TEST_F(PeerEvents, EachDirectionHasAKeyOfItsOwn) {
    const auto there = webhook_secret(host_, "site", "academy"), back = webhook_secret(host_, "academy", "site");
    EXPECT_TRUE(there.starts_with("whsec_"));
    EXPECT_NE(there, back);
    EXPECT_EQ(there, webhook_secret(host_, "site", "academy"));
    EXPECT_NE(host_.derive_key("media"), host_.derive_key("envelope"));
}

TEST_F(PeerEvents, ApiKeysSayTheirRoleAndStayTheSame) {
    EXPECT_EQ(host_.api_key("anon"), host_.api_key("anon"));
    const auto claims =
        crypto::verify_jwt(host_.api_key("service_role"), {}, host_.token_policy(), host_.clock().now());
    ASSERT_TRUE(claims.has_value());
    EXPECT_EQ(claims->members.at("role").as_string(), "service_role");
}

}  // namespace
}  // namespace tt
