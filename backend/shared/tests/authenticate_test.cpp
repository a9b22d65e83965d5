#include "shared/middleware/authenticate.hpp"

#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace tt {
namespace {

namespace json = boost::json;
using platform::testing::FakeClock;

constexpr const char* api_secret = "a secret of thirty-two characters";
constexpr const char* user_id = "0198f000-0000-7000-8000-000000000001";

class Issuer final : public crypto::JwksSource {
public:
    Task<std::string> fetch_jwks() override {
        if (is_down) throw std::runtime_error("connection refused");
        co_return json::serialize(json::object{{"keys", json::array{key.public_jwk()}}});
    }
    crypto::Es256Key key = crypto::Es256Key::generate();
    bool is_down = false;
};

/// What the handler saw, as text: "role user rejected".
Task<http::Response> describe(http::Request& request) {
    const Principal& caller = principal(request);
    std::string text = caller.role + " " + (caller.user_id ? to_string(*caller.user_id) : "-");
    if (const auto* rejected = request.attached<RejectedToken>()) text += " " + rejected->error.reason;
    co_return http::text_response(200, text);
}

struct Sent {
    std::string path = "/api/v1/things";
    http::Headers headers;
};

class Authentication : public ::testing::Test {
protected:
    Authentication() {
        crypto::JwtPolicy policy;
        policy.issuer = "http://site.test/auth/v1";
        policy.audience = "authenticated";
        policy.api_key_secret = api_secret;
        authenticator_ = std::make_unique<Authenticator>(jwks_, policy, clock_, 1);
        router_.use(authenticator_->middleware());
        router_.route(http::Method::get, "/api/v1/things", describe);
        router_.route(http::Method::get, "/auth/v1/user", describe);
    }
    ~Authentication() override { runtime_.stop(); }

    static Task<http::Response> dispatch(const http::Router& router, Sent sent) {
        http::Request request;
        request.target = sent.path;
        request.headers = std::move(sent.headers);
        co_return co_await router.dispatch(request);
    }
    http::Response send(http::Headers headers, std::string path = "/api/v1/things") {
        return runtime_.run(dispatch(router_, {std::move(path), std::move(headers)}));
    }
    std::string seen(http::Headers headers, std::string path = "/api/v1/things") {
        const auto response = send(std::move(headers), std::move(path));
        return response.status == 200 ? std::get<std::string>(response.body) : std::to_string(response.status);
    }
    /// Whom a good token stands for.
    Principal caller_of(const std::string& text) {
        Principal caller;
        http::Router router;
        router.use(authenticator_->middleware());
        router.route(http::Method::get, "/api/v1/me", [&caller](http::Request& request) {
            caller = principal(request);
            return describe(request);
        });
        const auto response = runtime_.run(dispatch(router, {"/api/v1/me", {{"Authorization", "Bearer " + text}}}));
        EXPECT_EQ(response.status, 200U);
        return caller;
    }
    json::object claims() const {
        const auto now_s = std::chrono::duration_cast<std::chrono::seconds>(clock_.now().time_since_epoch()).count();
        return {{"iss", "http://site.test/auth/v1"},
                {"aud", "authenticated"},
                {"role", "authenticated"},
                {"sub", user_id},
                {"email", "ada@example.com"},
                {"session_id", "s1"},
                {"app_metadata", json::object{{"roles", json::array{"admin", 5, "marketer"}}}},
                {"user_metadata", json::object{{"name", "Ada"}}},
                {"iat", now_s},
                {"exp", now_s + 900}};
    }
    std::string token(const json::object& changes = {}) const {
        auto all = claims();
        for (const auto& [name, value] : changes) all[name] = value;
        return crypto::sign_jwt(issuer_.key, all);
    }
    static std::string api_key(std::string_view role, std::string_view secret = api_secret) {
        return crypto::sign_jwt_hs256(secret, {{"role", role}, {"iat", 1'700'000'000}, {"exp", 2'000'000'000}});
    }

    FakeClock clock_;
    Issuer issuer_;
    crypto::JwksCache jwks_{issuer_, {}, clock_};
    std::unique_ptr<Authenticator> authenticator_;
    http::Router router_;
    platform::testing::TestRuntime runtime_;
};

TEST_F(Authentication, NoTokenIsNobody) {
    EXPECT_EQ(seen({}), "anon -");
    EXPECT_EQ(seen({{"Authorization", "Basic dXNlcjpwYXNz"}}), "anon -");
    EXPECT_EQ(seen({{"Authorization", "Bearer "}}), "anon -");
}

// S045: addresses end up in logs, histories and Referer headers, so a credential in one is none.
TEST_F(Authentication, ATokenInTheAddressIsNoToken) {
    for (const char* name : {"access_token", "apikey", "token", "jwt", "authorization", "Authorization", "api_key"}) {
        EXPECT_EQ(seen({}, std::string("/api/v1/things?") + name + "=" + token()), "anon -") << name;
        EXPECT_EQ(seen({}, std::string("/api/v1/things?") + name + "=Bearer%20" + token()), "anon -") << name;
        EXPECT_EQ(seen({}, std::string("/api/v1/things?") + name + "=" + api_key("service_role")), "anon -") << name;
    }
}

TEST_F(Authentication, AUsersTokenIsTheUser) {
    const std::string expected = std::string("authenticated ") + user_id;
    EXPECT_EQ(seen({{"Authorization", "Bearer " + token()}}), expected);
    EXPECT_EQ(seen({{"authorization", "bEaReR " + token()}}), expected);
    EXPECT_EQ(seen({{"apikey", token()}}), expected);
}

TEST_F(Authentication, ApiKeysAreTheirRole) {
    EXPECT_EQ(seen({{"apikey", api_key("anon")}}), "anon -");
    EXPECT_EQ(seen({{"Authorization", "Bearer " + api_key("service_role")}}), "service_role -");
}

TEST_F(Authentication, TheServiceKeyIsNotForBrowsers) {
    const auto key = api_key("service_role");
    for (int i = 0; i < 2; ++i) {  // the second time it is a known token
        EXPECT_EQ(seen({{"apikey", key}, {"Origin", "https://elsewhere.test"}}), "403");
        EXPECT_EQ(seen({{"Authorization", "Bearer " + key}, {"Sec-Fetch-Site", "same-origin"}}), "403");
    }
    EXPECT_EQ(seen({{"apikey", key}, {"Sec-Fetch-Mode", "cors"}}), "service_role -");  // fetch of Node sends that
    EXPECT_EQ(seen({{"apikey", api_key("anon")}, {"Origin", "https://elsewhere.test"}}), "anon -");
}

TEST_F(Authentication, AuthorizationCountsMoreThanTheApiKey) {
    EXPECT_EQ(seen({{"apikey", api_key("service_role")}, {"Authorization", "Bearer " + token()}}),
              std::string("authenticated ") + user_id);
    EXPECT_EQ(seen({{"apikey", api_key("service_role")}, {"Authorization", "Bearer forged"}}), "401");
}

TEST_F(Authentication, WhatDoesNotVerifyIsRefused) {
    const auto stranger = crypto::Es256Key::generate();
    const std::string good = token();
    const std::string unsigned_token =
        "eyJhbGciOiJub25lIn0." + good.substr(good.find('.') + 1, good.rfind('.') - good.find('.') - 1) + ".";
    const std::vector<std::pair<const char*, std::string>> cases{
        {"no token at all", "forged"},
        {"alg none", unsigned_token},
        {"signature cut", good.substr(0, good.size() - 4)},
        {"another issuer's key", crypto::sign_jwt(stranger, claims())},
        {"expired", token({{"exp", 1'600'000'000}})},
        {"issuer", token({{"iss", "http://evil.test"}})},
        {"audience", token({{"aud", "other"}})},
        {"sub is no id", token({{"sub", "root"}})},
        {"unknown role", token({{"role", "postgres"}})},
        {"no role", token({{"role", nullptr}})},
        {"key of another secret", api_key("service_role", "another secret of 32 characters!!")},
        {"a user by API key secret", api_key("authenticated")},
    };
    for (const auto& [name, text] : cases) {
        const auto refused = send({{"Authorization", "Bearer " + text}});
        EXPECT_EQ(refused.status, 401U) << name;
        EXPECT_EQ(refused.headers.find("WWW-Authenticate"), "Bearer error=\"invalid_token\"") << name;
        EXPECT_EQ(std::get<std::string>(refused.body).find(text), std::string::npos) << name;
    }
}

TEST_F(Authentication, AuthRoutesJudgeForThemselves) {
    EXPECT_EQ(seen({{"Authorization", "Bearer forged"}}, "/auth/v1/user"), "anon - bad_jwt");
}

TEST_F(Authentication, AKnownTokenNeedsNoIssuer) {
    const std::string text = token();
    EXPECT_NE(seen({{"Authorization", "Bearer " + text}}), "401");
    issuer_.is_down = true;
    EXPECT_EQ(seen({{"Authorization", "Bearer " + text}}), std::string("authenticated ") + user_id);
    clock_.advance(std::chrono::hours(1));
    EXPECT_EQ(seen({{"Authorization", "Bearer " + text}}), "401") << "expired, also in the cache";
}

TEST_F(Authentication, KeysThatCannotBeHadAreAnOutageNotARefusal) {
    issuer_.is_down = true;
    EXPECT_EQ(seen({{"Authorization", "Bearer " + token()}}), "503");
    EXPECT_EQ(seen({{"apikey", api_key("anon")}}), "anon -") << "API keys need no issuer";
}

TEST_F(Authentication, ThePrincipalHasWhatTheProductNeeds) {
    const Principal caller = caller_of(token());
    EXPECT_EQ(caller.email, "ada@example.com");
    EXPECT_EQ(caller.display_name, "Ada");
    EXPECT_EQ(caller.session_id, "s1");
    EXPECT_EQ(caller.roles, (std::vector<std::string>{"admin", "marketer"}));
    EXPECT_EQ(json::parse(caller.claims_json).at("sub").as_string(), user_id);
}

TEST_F(Authentication, OddMetadataIsNoReasonToFail) {
    for (const json::value& odd : {json::value(5), json::value(nullptr), json::value(json::array{1}),
                                   json::value(json::object{{"roles", "admin"}})}) {
        const Principal caller = caller_of(token({{"app_metadata", odd}, {"user_metadata", odd}}));
        EXPECT_EQ(caller.email, "ada@example.com");
        EXPECT_TRUE(caller.roles.empty());
        EXPECT_EQ(caller.display_name, "");
    }
}

TEST(RequirePrincipal, SaysWhatIsMissing) {
    http::Request request;
    EXPECT_EQ(require_user(request).error().reason, "unauthenticated");
    EXPECT_EQ(require_role(request, "admin").error().code, Code::unauthenticated);
    EXPECT_EQ(require_service(request).error().code, Code::unauthenticated);

    Principal user;
    user.role = "authenticated";
    user.user_id = UserId::parse(user_id);
    user.roles = {"marketer"};
    request.attach(user);
    EXPECT_EQ(require_user(request).value(), *user.user_id);
    EXPECT_EQ(require_role(request, "admin").error().reason, "role_required");
    EXPECT_TRUE(require_role(request, "marketer").has_value());
    EXPECT_EQ(require_service(request).error().reason, "service_role_required");

    http::Request from_service;
    Principal service;
    service.role = "service_role";
    from_service.attach(service);
    EXPECT_TRUE(require_service(from_service).has_value());
    EXPECT_TRUE(require_user(from_service).has_error());
}

}  // namespace
}  // namespace tt
