#include "platform/testing/test_server.hpp"
#include "services/user-service/tests/user_kit.hpp"

namespace tt::user::testing {
namespace {

Task<http::Response> with_caller(http::Request& request, const http::Handler& next) {
    if (request.header("authorization") == "Bearer the-key") request.attach(service_key());
    return next(request);
}

http::SigningClient with_key(http::Client& client) {
    return {client, [](http::ClientRequest& request) { request.headers.set("Authorization", "Bearer the-key"); }};
}

/// One suite for both implementations of the contract: the service itself and its HTTP client.
class Directory : public ::testing::TestWithParam<bool> {
protected:
    Directory() : client_(kit_.runtime.get()) {
        router_.use(with_caller);
        kit_.service.mount(router_);
        server_ = std::make_unique<TestServer>(kit_.runtime, router_);
        remote_ = make_http_profile_directory(with_key(client_), server_->url());
    }
    ~Directory() override {
        server_.reset();
        kit_.stop();
    }

    ProfileDirectory& directory() { return GetParam() ? *remote_ : static_cast<ProfileDirectory&>(kit_.service); }
    template <class T>
    T run(Task<T> task) {
        return kit_.runtime.run(std::move(task));
    }

    UserKit kit_;
    http::Router router_;
    http::Client client_;
    std::unique_ptr<TestServer> server_;
    std::unique_ptr<ProfileDirectory> remote_;
};

TEST_P(Directory, NoProfilesAreNoBuckets) {
    EXPECT_TRUE(run(directory().profile_buckets()).empty());
    EXPECT_TRUE(run(directory().profiles_of_bucket(255)).empty());
}

TEST_P(Directory, BucketsAreFingerprintsOfTheirRows) {
    for (int i = 0; i < 60; ++i) kit_.call({.caller = person(UserId::make())});
    const auto buckets = run(directory().profile_buckets());
    std::int64_t total = 0;
    for (const auto& bucket : buckets) {
        const auto rows = run(directory().profiles_of_bucket(bucket.bucket));
        EXPECT_EQ(static_cast<std::int64_t>(rows.size()), bucket.count);
        total += bucket.count;
        std::string text;
        for (const auto& row : rows) {
            EXPECT_EQ(row.user_id.value.bytes[15], bucket.bucket);
            EXPECT_EQ(row.display_name, "Ada");
            text += (text.empty() ? "" : ",") + to_string(row.user_id) + ":" + std::to_string(row.version);
        }
        EXPECT_EQ(bucket.hash, kit_.scalar("SELECT md5('" + text + "')"));
    }
    EXPECT_EQ(total, 60);
}

TEST_P(Directory, AChangeChangesItsFingerprint) {
    const auto user = UserId::make();
    kit_.call({.caller = person(user)});
    const auto before = run(directory().profile_buckets()).at(0);
    kit_.call({.method = "PATCH", .body = R"({"bio":"x"})", .caller = person(user)});
    const auto after = run(directory().profile_buckets()).at(0);
    EXPECT_EQ(before.bucket, after.bucket);
    EXPECT_NE(before.hash, after.hash);
    EXPECT_EQ(run(directory().profiles_of_bucket(after.bucket)).at(0).version, 2);
}

INSTANTIATE_TEST_SUITE_P(LocalAndHttp, Directory, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Http" : "Local"; });

TEST(HttpDirectory, ASiteThatDoesNotAnswerIsUnavailable) {
    TestRuntime runtime;
    {
        http::Client client(runtime.get());
        const auto gone = make_http_profile_directory(with_key(client), "http://127.0.0.1:1");
        EXPECT_THROW(runtime.run(gone->profile_buckets()), std::exception);
        http::Router empty;
        TestServer server(runtime, empty);
        const auto other = make_http_profile_directory(with_key(client), server.url());
        EXPECT_THROW(runtime.run(other->profile_buckets()), Unavailable);
    }
}

class SyncRoutes : public UserTest {
protected:
    static unsigned status(std::string target, Principal caller) {
        return kit().call({.target = std::move(target), .caller = std::move(caller)}).status;
    }
};

TEST_F(SyncRoutes, AreForServicesOnly) {
    for (const std::string path : {"/internal/v1/sync/profiles/buckets", "/internal/v1/sync/profiles?bucket=1"}) {
        EXPECT_EQ(status(path, {}), 401U) << path;
        EXPECT_EQ(status(path, person(UserId::make())), 403U) << path;
        EXPECT_EQ(status(path, service_key()), 200U) << path;
    }
}

TEST_F(SyncRoutes, ABucketIsAByte) {
    for (const std::string bucket : {"256", "-1", "x", ""}) {
        EXPECT_EQ(status("/internal/v1/sync/profiles?bucket=" + bucket, service_key()), 400U) << bucket;
    }
    EXPECT_EQ(status("/internal/v1/sync/profiles", service_key()), 400U);
}

}  // namespace
}  // namespace tt::user::testing
