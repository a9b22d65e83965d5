#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "shared/middleware/authenticate.hpp"

#include <gtest/gtest.h>
#include <atomic>
#include <boost/json.hpp>
#include <thread>

/// What gateways do with tokens that were revoked and with API keys. S038-S041 and S067 of
/// reference/gateway-security.md as far as the verifier goes; the way from the database is tested with the services.
namespace tt {
namespace {

using platform::testing::FakeClock;

constexpr std::int64_t tested_life_s = 960;
const UserId revoked_user{uuid_v7()};
const Uuid revoked_session = uuid_v4();

class OneKeyIssuer final : public crypto::JwksSource {
public:
    Task<std::string> fetch_jwks() override {
        co_return boost::json::serialize(boost::json::object{{"keys", boost::json::array{key.public_jwk()}}});
    }
    crypto::Es256Key key = crypto::Es256Key::generate();
};

/// Knows one key, if any.
class KeyRing final : public ApiKeySource {
public:
    Task<Result<ApiKeyGrant>> find_api_key(Uuid key_id, std::string) override {
        ++questions;
        if (delay.count() > 0) co_await sleep_for(delay);
        if (is_down) throw Unavailable("database");
        if (!grant || grant->key_id != key_id) co_return Error{Code::unauthenticated, "api_key_invalid"};
        co_return *grant;
    }
    std::optional<ApiKeyGrant> grant;
    std::atomic<int> questions{0};
    bool is_down = false;
    std::chrono::milliseconds delay{0};
};

Task<http::Response> tell_caller(http::Request& request) {
    const Principal& caller = principal(request);
    std::string text = caller.role;
    if (caller.user_id) text += ' ' + caller.email;
    if (const auto* rejected = request.attached<RejectedToken>()) text += " " + rejected->error.reason;
    co_return http::text_response(200, text);
}

class RevokedTokens : public ::testing::Test {
protected:
    RevokedTokens() {
        router_.use(authenticator_.middleware());
        router_.route(http::Method::get, "/api/v1/courses", tell_caller);
        router_.route(http::Method::post, "/api/v1/courses", tell_caller);
        router_.route(http::Method::get, "/api/v1/api-keys", tell_caller);
        router_.route(http::Method::get, "/auth/v1/user", tell_caller);
        router_.route(http::Method::get, "/auth/v1/admin/users", tell_caller);
        router_.route(http::Method::post, "/auth/v1/invite", tell_caller);
    }
    ~RevokedTokens() override { runtime_.stop(); }

    void synchronise(std::vector<Revocation> added = {}) {
        set_.adopt({"1", tested_life_s, std::move(added)}, clock_.now());
    }
    Revocation revocation(Uuid subject) const {
        return {subject, clock_.now(), clock_.now() + std::chrono::seconds(tested_life_s)};
    }
    std::string token(const Uuid& session = revoked_session, bool has_time_in_id = true) const {
        const auto now_ms = std::chrono::floor<std::chrono::milliseconds>(clock_.now()).time_since_epoch().count();
        return crypto::sign_jwt(issuer_.key, {{"sub", to_string(revoked_user)},
                                              {"role", "authenticated"},
                                              {"email", "ada@example.com"},
                                              {"session_id", to_string(session)},
                                              {"jti", to_string(has_time_in_id ? uuid_v7_at(now_ms) : uuid_v4())},
                                              {"iat", now_ms / 1000},
                                              {"exp", now_ms / 1000 + 900}});
    }
    struct Sent {
        std::string path = "/api/v1/courses";
        http::Method method = http::Method::get;
        std::string client_ip = "192.0.2.7";
    };
    static Task<http::Response> dispatch(const http::Router& router, http::Headers headers, Sent sent) {
        http::Request request;
        request.method = sent.method;
        request.method_text = std::string(to_string(sent.method));
        request.target = sent.path;
        request.headers = std::move(headers);
        request.client_ip = sent.client_ip;
        co_return co_await router.dispatch(request);
    }
    http::Response send(http::Headers headers, Sent sent) {
        return runtime_.run(dispatch(router_, std::move(headers), std::move(sent)));
    }
    std::string answer(const std::string& bearer, Sent sent) {
        const auto response =
            send(bearer.empty() ? http::Headers{} : http::Headers{{"Authorization", "Bearer " + bearer}}, sent);
        return response.status == 200 ? std::get<std::string>(response.body) : std::to_string(response.status);
    }
    std::string answer(const std::string& bearer) { return answer(bearer, {}); }
    /// On both threads.
    std::vector<http::Response> send_at_once(int times, const std::string& bearer) {
        std::vector<std::future<http::Response>> running;
        for (int i = 0; i < times; ++i) {
            running.push_back(runtime_.start(dispatch(router_, {{"Authorization", "Bearer " + bearer}}, {}),
                                             static_cast<std::size_t>(i % 2)));
        }
        std::vector<http::Response> answers;
        for (auto& one : running) answers.push_back(one.get());
        return answers;
    }

    std::string make_key(std::vector<std::string> scopes, std::vector<std::string> allowed_ips = {}) {
        const ApiKeyText key{uuid_v7(), std::string(32, 's')};
        ring_.grant = ApiKeyGrant{key.id, revoked_user, std::move(scopes), std::move(allowed_ips),
                                  R"({"role":"authenticated","email":"key@example.com"})"};
        return key.to_text();
    }

    FakeClock clock_;
    OneKeyIssuer issuer_;
    KeyRing ring_;
    RevocationSet set_;
    crypto::JwksCache jwks_{issuer_, {}, clock_};
    Authenticator authenticator_{jwks_, {.api_key_secret = "a secret of thirty-two characters"}, clock_, 2, &set_,
                                 &ring_};
    http::Router router_;
    platform::testing::TestRuntime runtime_{2};
};

TEST_F(RevokedTokens, BeforeTheFirstWordPeopleWaitAndStrangersPass) {
    const auto refused = send({{"Authorization", "Bearer " + token()}}, {});
    EXPECT_EQ(refused.status, 503U);
    EXPECT_EQ(refused.headers.find("Retry-After"), "2");
    EXPECT_EQ(answer(""), "anon");
    const auto service_key =
        crypto::sign_jwt_hs256("a secret of thirty-two characters", {{"role", "service_role"}, {"exp", 4'000'000'000}});
    EXPECT_EQ(answer(service_key), "service_role");
    synchronise();
    EXPECT_EQ(answer(token()), "authenticated ada@example.com");
}

TEST_F(RevokedTokens, ASetThatHeardNothingForATokenLifeVouchesNoMore) {
    synchronise();
    clock_.advance(std::chrono::seconds(tested_life_s - 1));
    EXPECT_EQ(answer(token()), "authenticated ada@example.com");
    clock_.advance(std::chrono::seconds(1));
    EXPECT_EQ(answer(token()), "503");
}

TEST_F(RevokedTokens, AnEndedSessionIsRefusedAlsoWhenItsTokenIsKnown) {
    synchronise();
    const std::string text = token();
    const std::string other = token(uuid_v4());
    EXPECT_EQ(answer(text), "authenticated ada@example.com");
    Revocation forever = revocation(revoked_session);
    forever.not_before += std::chrono::hours(24 * 365);
    synchronise({forever});
    const auto refused = send({{"Authorization", "Bearer " + text}}, {});
    EXPECT_EQ(refused.status, 401U);
    EXPECT_EQ(refused.headers.find("WWW-Authenticate"), "Bearer error=\"invalid_token\"");
    clock_.advance(std::chrono::seconds(5));
    EXPECT_EQ(answer(token()), "401") << "whenever it was issued";
    EXPECT_EQ(answer(other), "authenticated ada@example.com") << "the person's other session goes on";
}

TEST_F(RevokedTokens, APersonsTokensEndAndANewSignInWorksInTheSameSecond) {
    const std::string old = token(uuid_v4());
    const std::string old_without_time = token(uuid_v4(), false);
    clock_.advance(std::chrono::milliseconds(1));
    synchronise({revocation(revoked_user.value)});
    EXPECT_EQ(answer(old), "401");
    EXPECT_EQ(answer(token(uuid_v4())), "authenticated ada@example.com");
    // Without milliseconds in its id a token is judged by its second, in doubt for it.
    EXPECT_EQ(answer(old_without_time), "authenticated ada@example.com");
    clock_.advance(std::chrono::seconds(1));
    synchronise({revocation(revoked_user.value)});
    EXPECT_EQ(answer(old_without_time), "401");
}

TEST_F(RevokedTokens, AccountRoutesLookAtTheRowsThemselvesButForAdministration) {
    EXPECT_EQ(answer(token(), {.path = "/auth/v1/user"}), "authenticated ada@example.com") << "no set is needed";
    const std::string old = token(uuid_v4());
    clock_.advance(std::chrono::milliseconds(1));
    synchronise({revocation(revoked_user.value)});
    EXPECT_EQ(answer(old, {.path = "/auth/v1/user"}), "authenticated ada@example.com");
    for (const char* spelling :
         {"/auth/v1/admin/users", "/auth/v1/%61dmin/users", "/%61uth/v1/admin/users", "/auth/v1/admin/%75sers"}) {
        EXPECT_EQ(answer(old, {.path = spelling}), "anon bad_jwt") << spelling;
    }
    for (const char* spelling : {"/auth/v1/invite", "/auth/v1/%69nvite"}) {
        EXPECT_EQ(answer(old, {.path = spelling, .method = http::Method::post}), "anon bad_jwt") << spelling;
    }
}

TEST_F(RevokedTokens, AnApiKeyIsItsOwnerWithinItsScopes) {
    const std::string key = make_key({"courses:read"});
    EXPECT_EQ(answer(key), "authenticated key@example.com");
    const auto by_header = send({{"apikey", key}}, {});
    EXPECT_EQ(std::get<std::string>(by_header.body), "authenticated key@example.com");
    EXPECT_EQ(answer(key, {.method = http::Method::post}), "403");
    EXPECT_EQ(answer(key, {.path = "/api/v1/api-keys"}), "403");
    EXPECT_EQ(answer(key, {.path = "/api/v1/%61pi-keys"}), "403") << "another spelling of the same route";
    EXPECT_EQ(answer(key, {.path = "/auth/v1/user"}), "403");
    EXPECT_EQ(ring_.questions, 1) << "one question in five seconds";
}

TEST_F(RevokedTokens, AnApiKeyThatIsNotGoodIs401) {
    EXPECT_EQ(answer(ApiKeyText{uuid_v7(), std::string(32, 'x')}.to_text()), "401") << "unknown";
    std::string misspelt = make_key({"courses:read"});
    misspelt.back() = misspelt.back() == 'a' ? 'b' : 'a';
    const int asked = ring_.questions;
    EXPECT_EQ(answer(misspelt), "401");
    EXPECT_EQ(answer("tt_live_"), "401");
    EXPECT_EQ(ring_.questions, asked) << "nobody is asked about what is no key";
}

TEST_F(RevokedTokens, AnApiKeyIsForItsAddresses) {
    const std::string key = make_key({"*:read"}, {"192.0.2.0/28"});
    EXPECT_EQ(answer(key), "authenticated key@example.com");
    EXPECT_EQ(answer(key, {.client_ip = "192.0.2.16"}), "403");
}

TEST_F(RevokedTokens, AChangedKeyIsAskedForAgain) {
    const std::string key = make_key({"courses:read"});
    EXPECT_EQ(answer(key), "authenticated key@example.com");
    const Uuid id = ring_.grant->key_id;
    ring_.grant.reset();
    EXPECT_EQ(answer(key), "authenticated key@example.com") << "for five seconds";
    clock_.advance(std::chrono::milliseconds(1));
    synchronise({revocation(id)});
    EXPECT_EQ(answer(key), "401") << "and at once when it is told";

    const std::string second = make_key({"courses:read"});
    EXPECT_EQ(answer(second), "authenticated key@example.com");
    ring_.grant.reset();
    clock_.advance(std::chrono::seconds(5));
    EXPECT_EQ(answer(second), "401") << "at the latest";
}

TEST_F(RevokedTokens, InventedKeysAreLookedUpAFewAtATime) {
    ring_.delay = std::chrono::milliseconds(100);
    std::vector<std::future<http::Response>> calls;
    for (int i = 0; i < 40; ++i) {
        const std::string invented = ApiKeyText{uuid_v7(), std::string(32, 'x')}.to_text();
        calls.push_back(runtime_.start(dispatch(router_, {{"Authorization", "Bearer " + invented}}, {})));
    }
    int busy = 0;
    for (auto& call : calls) busy += call.get().status == 503 ? 1 : 0;
    EXPECT_EQ(ring_.questions, ApiKeyCache::stranger_questions_at_once);
    EXPECT_EQ(busy, 40 - ApiKeyCache::stranger_questions_at_once);
}

TEST_F(RevokedTokens, ManyRequestsWithOneApiKeyAreOneQuestion) {
    ring_.delay = std::chrono::milliseconds(100);
    const std::string key = make_key({"courses:read"});
    for (int round = 1; round <= 3; ++round) {
        for (const auto& response : send_at_once(40, key)) EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(ring_.questions, round);
        clock_.advance(ApiKeyCache::remember_for);
    }
    ring_.grant.reset();
    for (const auto& response : send_at_once(40, key)) EXPECT_EQ(response.status, 401U);
    EXPECT_EQ(ring_.questions, 4);
}

TEST_F(RevokedTokens, WhoWaitsForAnAnswerSharesAnOutage) {
    ring_.delay = std::chrono::milliseconds(100);
    ring_.is_down = true;
    for (const auto& response : send_at_once(20, make_key({"courses:read"}))) EXPECT_EQ(response.status, 503U);
    EXPECT_EQ(ring_.questions, 1);
    ring_.is_down = false;
}

TEST_F(RevokedTokens, AKeyRevokedWhileItIsAskedForIsAskedForAgain) {
    ring_.delay = std::chrono::milliseconds(200);
    const std::string key = make_key({"courses:read"});
    const Uuid id = ring_.grant->key_id;
    auto first = runtime_.start(dispatch(router_, {{"Authorization", "Bearer " + key}}, {}));
    while (ring_.questions == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    clock_.advance(std::chrono::milliseconds(1));
    synchronise({revocation(id)});
    auto second = runtime_.start(dispatch(router_, {{"Authorization", "Bearer " + key}}, {}), 1);
    EXPECT_EQ(first.get().status, 200U) << "it came before";
    ring_.grant.reset();
    EXPECT_EQ(second.get().status, 401U);
}

TEST_F(RevokedTokens, AGoodApiKeyIsNotHeldUpByInventedOnes) {
    const std::string key = make_key({"courses:read"});
    EXPECT_EQ(answer(key), "authenticated key@example.com");
    clock_.advance(ApiKeyCache::remember_for);
    ring_.delay = std::chrono::milliseconds(200);
    std::vector<std::future<http::Response>> invented;
    for (int i = 0; i < 10; ++i) {
        const std::string text = ApiKeyText{uuid_v7(), std::string(32, 'x')}.to_text();
        invented.push_back(runtime_.start(dispatch(router_, {{"Authorization", "Bearer " + text}}, {})));
    }
    EXPECT_EQ(answer(key), "authenticated key@example.com");
    for (auto& one : invented) one.get();
}

TEST_F(RevokedTokens, AnAddressInventsOnlySoManyKeysAMinute) {
    const std::string key = make_key({"courses:read"});
    EXPECT_EQ(answer(key), "authenticated key@example.com");
    const auto invented = [] { return ApiKeyText{uuid_v7(), std::string(32, 'x')}.to_text(); };
    for (unsigned i = 1; i < ApiKeyCache::stranger_questions_per_minute; ++i) ASSERT_EQ(answer(invented()), "401") << i;
    const int asked = ring_.questions;
    const auto refused = send({{"Authorization", "Bearer " + invented()}}, {});
    EXPECT_EQ(refused.status, 429U);
    EXPECT_TRUE(refused.headers.contains("Retry-After"));
    EXPECT_EQ(ring_.questions, asked);
    EXPECT_EQ(answer(invented(), {.client_ip = "192.0.2.8"}), "401") << "from elsewhere";
    EXPECT_EQ(answer(key), "authenticated key@example.com");
    clock_.advance(std::chrono::milliseconds(999));
    EXPECT_EQ(answer(invented()), "429");
    clock_.advance(ApiKeyCache::remember_for);
    for (int i = 0; i < 6; ++i) answer(invented());
    EXPECT_EQ(answer(invented()), "429");
    EXPECT_EQ(answer(key), "authenticated key@example.com") << "it was good before";
}

TEST_F(RevokedTokens, AnApiKeyThatCannotBeCheckedIsAnOutage) {
    ring_.is_down = true;
    EXPECT_EQ(answer(make_key({"courses:read"})), "503");
}

}  // namespace
}  // namespace tt
