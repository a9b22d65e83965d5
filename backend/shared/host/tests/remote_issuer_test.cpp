#include "shared/host/remote_issuer.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/http/endpoint.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_server.hpp"
#include "shared/middleware/service_signature.hpp"

#include <gtest/gtest.h>

namespace tt {
namespace {

using platform::testing::TestRuntime;
using platform::testing::TestServer;

std::string shared_master(std::string_view name) {
    return crypto::hmac_sha256("master", name);
}

/// The issuer's side of the wire with what a test wants it to say.
class RemoteIssuers : public ::testing::Test {
protected:
    RemoteIssuers() {
        router_.use("/internal/v1", site_.middleware("/internal/v1/events"));
        router_.typed<http::NoBody, RevocationPage>(
            http::Method::get, revocations_path,
            [this](http::Request& request, http::NoBody) -> Task<Result<http::Reply<RevocationPage>>> {
                asked_ = request.query_param("after").value_or("nothing");
                if (is_broken_) co_return Error{Code::unavailable, "unavailable"};
                co_return http::Reply<RevocationPage>{200, page_, {}};
            });
        router_.typed<ApiKeyCheck, ApiKeyGrant>(
            http::Method::post, api_key_check_path,
            [this](http::Request&, ApiKeyCheck check) -> Task<Result<http::Reply<ApiKeyGrant>>> {
                asked_ = check.secret_hash;
                if (is_broken_) co_return Error{Code::internal, "internal"};
                if (check.key_id != grant_.key_id) co_return Error{Code::not_found, "api_key_invalid"};
                co_return http::Reply<ApiKeyGrant>{200, grant_, {}};
            });
        router_.route(http::Method::get, jwks_path, [this](http::Request&) -> Task<http::Response> {
            co_return http::json_response(is_broken_ ? 500 : 200, R"({"keys":[]})");
        });
        server_ = std::make_unique<TestServer>(runtime_, router_);
    }
    ~RemoteIssuers() override {
        server_.reset();
        runtime_.stop();
    }
    http::SigningClient signed_by(ServiceSignature& signer) {
        return {client_, [&signer](http::ClientRequest& request) { signer.sign(request); }};
    }

    const SystemClock clock_;
    ServiceSignature site_{"site", shared_master, clock_};
    ServiceSignature academy_{"academy", shared_master, clock_};
    RevocationPage page_{"77", 960, {{uuid_v4(), clock_.now(), clock_.now()}}};
    ApiKeyGrant grant_{uuid_v7(), UserId::make(), {"courses:read"}, {"192.0.2.0/24"}, R"({"role":"authenticated"})"};
    std::string asked_;
    bool is_broken_ = false;
    http::Router router_;
    TestRuntime runtime_;
    http::Client client_{runtime_.get()};
    std::unique_ptr<TestServer> server_;
};

TEST_F(RemoteIssuers, TellWhatIsRevokedSinceACursor) {
    HttpRevocationSource source(signed_by(academy_), server_->url());
    const auto first = runtime_.run(source.revocations_after(""));
    EXPECT_EQ(asked_, "");
    EXPECT_EQ(first.cursor, "77");
    EXPECT_EQ(first.token_life_s, 960);
    ASSERT_EQ(first.added.size(), 1U);
    EXPECT_EQ(first.added[0].subject, page_.added[0].subject);
    EXPECT_EQ(first.added[0].not_before, page_.added[0].not_before);
    runtime_.run(source.revocations_after("a b&c"));
    EXPECT_EQ(asked_, "a b&c");
    is_broken_ = true;
    EXPECT_THROW(runtime_.run(source.revocations_after("77")), Unavailable);
}

TEST_F(RemoteIssuers, KnowApiKeys) {
    HttpApiKeySource source(signed_by(academy_), server_->url());
    const auto found = runtime_.run(source.find_api_key(grant_.key_id, std::string("\x01\xff", 2)));
    ASSERT_TRUE(found);
    EXPECT_EQ(asked_, "01ff");
    EXPECT_EQ(found->user_id, grant_.user_id);
    EXPECT_EQ(found->scopes, grant_.scopes);
    EXPECT_EQ(found->allowed_ips, grant_.allowed_ips);
    EXPECT_EQ(found->claims_json, grant_.claims_json);
    const auto unknown = runtime_.run(source.find_api_key(uuid_v7(), "x"));
    EXPECT_EQ(unknown.error().code, Code::unauthenticated);
    is_broken_ = true;
    EXPECT_THROW(runtime_.run(source.find_api_key(grant_.key_id, "x")), Unavailable);
}

TEST_F(RemoteIssuers, TellStrangersNothing) {
    ServiceSignature stranger("academy", [](std::string_view) { return std::string(32, 'z'); }, clock_);
    HttpRevocationSource revocations(signed_by(stranger), server_->url());
    EXPECT_THROW(runtime_.run(revocations.revocations_after("")), Unavailable);
    HttpApiKeySource keys(signed_by(stranger), server_->url());
    EXPECT_THROW(runtime_.run(keys.find_api_key(grant_.key_id, "x")), Unavailable);
    EXPECT_EQ(asked_, "");
}

TEST_F(RemoteIssuers, PublishTheirKeysToAll) {
    HttpJwksSource source(client_, server_->url());
    EXPECT_EQ(runtime_.run(source.fetch_jwks()), R"({"keys":[]})");
    is_broken_ = true;
    EXPECT_THROW(runtime_.run(source.fetch_jwks()), Unavailable);
}

}  // namespace
}  // namespace tt
