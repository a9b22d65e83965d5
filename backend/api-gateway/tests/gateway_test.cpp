#include "api-gateway/src/gateway.hpp"

#include "platform/http/endpoint.hpp"
#include "platform/testing/run_task.hpp"

#include <gmock/gmock.h>
#include <unistd.h>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <regex>
#include <set>

namespace tt::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* jwt_secret = "a secret of thirty-two characters";
constexpr const char* master_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

Settings test_settings() {
    Settings settings;
    settings.server.io_threads = 1;
    settings.server.site_url = "http://site.test";
    settings.server.academy_url = "http://academy.test";
    settings.paths.data = std::filesystem::temp_directory_path() / ("tt-gateway-" + std::to_string(::getpid()));
    settings.keys.jwt_secret = config::Secret(jwt_secret);
    settings.keys.master_key = config::Secret(master_key);
    return settings;
}

/// An issuer without keys, revocations and API keys.
struct SilentIssuer final : crypto::JwksSource, RevocationSource, ApiKeySource {
    Task<std::string> fetch_jwks() override { co_return R"({"keys":[]})"; }
    Task<RevocationPage> revocations_after(std::string) override { co_return RevocationPage{"1", 900, {}}; }
    Task<Result<ApiKeyGrant>> find_api_key(Uuid, std::string) override {
        co_return Error{Code::unauthenticated, "api_key_invalid"};
    }
};

Task<http::Response> answer_ok(http::Request&) {
    co_return http::text_response(200, "ok");
}

struct Answer {
    unsigned status;
    std::string text;
    http::Headers headers;
};

class GatewayRoutes : public ::testing::Test {
protected:
    GatewayRoutes() {
        gateway_.router().route(
            http::Method::get, "/api/v1/shown", answer_ok,
            {.operation_id = "get_shown", .summary = "Something to see", .tag = "things", .is_public = true});
        gateway_.router().route(http::Method::get, "/api/v1/unlisted", answer_ok, {.is_hidden = true});
        gateway_.forward({.patterns = {"/far/{rest...}"}, .base_url = "http://127.0.0.1:1"});
        gateway_.finish();
    }
    ~GatewayRoutes() override { std::filesystem::remove_all(host_.settings().paths.data); }

    Answer get(std::string path, http::Headers headers = {}) {
        Answer answer{};
        host_.run_once([&] { return dispatch(std::move(path), std::move(headers), answer); });
        return answer;
    }
    Task<void> dispatch(std::string path, http::Headers headers, Answer& answer) {
        http::Request request;
        request.target = std::move(path);
        request.headers = std::move(headers);
        request.client_ip = "127.0.0.1";
        request.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        const auto response = co_await gateway_.router().dispatch(request);
        answer = {response.status, std::get<std::string>(response.body), response.headers};
    }

    Host host_{test_settings()};
    SilentIssuer silent_;
    Issuer issuer_{host_, {.keys = silent_, .revocations = silent_, .api_keys = silent_}};
    Gateway gateway_{host_, site_gateway_config(host_.settings()), issuer_};
};

TEST_F(GatewayRoutes, SiteConfigTellsWhatIsPublicAndNoSecret) {
    const auto answer = get("/api/v1/site-config");
    ASSERT_EQ(answer.status, 200U) << answer.text;
    const auto body = boost::json::parse(answer.text);
    EXPECT_EQ(body.at("site_url").as_string(), "http://site.test");
    EXPECT_EQ(body.at("academy_url").as_string(), "http://academy.test");
    EXPECT_EQ(body.at("environment").as_string(), "development");
    const std::string key(body.at("anon_key").as_string());
    const auto claims = crypto::verify_jwt(key, {}, host_.token_policy(), host_.clock().now());
    ASSERT_TRUE(claims.has_value());
    EXPECT_EQ(claims->members.at("role").as_string(), "anon");
    EXPECT_EQ(body.as_object().size(), 4U);
    EXPECT_THAT(answer.text, Not(HasSubstr(host_.api_key("service_role"))));
    EXPECT_THAT(answer.text, Not(HasSubstr(jwt_secret)));
}

TEST_F(GatewayRoutes, TheDocumentListsWhatIsMountedButNotWhatIsHidden) {
    const auto answer = get("/api/openapi.json");
    EXPECT_THAT(std::string(answer.headers.find("Content-Type").value()), HasSubstr("application/json"));
    const auto document = boost::json::parse(answer.text);
    const auto& paths = document.at("paths").as_object();
    EXPECT_TRUE(paths.contains("/api/v1/shown"));
    EXPECT_TRUE(paths.contains("/api/v1/site-config"));
    for (const auto& [path, methods] : paths) {
        EXPECT_TRUE(path == "/api/v1/shown" || path == "/api/v1/site-config") << path;
    }
}

TEST_F(GatewayRoutes, ThePageShowsTheSame) {
    const auto answer = get("/api/docs");
    EXPECT_THAT(std::string(answer.headers.find("Content-Type").value()), HasSubstr("text/html"));
    EXPECT_THAT(answer.text, HasSubstr("Something to see"));
    EXPECT_THAT(answer.text, Not(HasSubstr("unlisted")));
    EXPECT_TRUE(answer.headers.contains("Content-Security-Policy"));
}

TEST_F(GatewayRoutes, AServiceThatIsAwayIs503) {
    const auto answer = get("/far/away");
    EXPECT_EQ(answer.status, 503U) << answer.text;
    EXPECT_TRUE(answer.headers.contains("Retry-After"));
}

TEST_F(GatewayRoutes, AForgedTokenDoesNotReachAService) {
    EXPECT_EQ(get("/far/away", {{"Authorization", "Bearer forged"}}).status, 401U);
}

/// Every route a gateway forwards, once.
void expect_public_and_unique(const std::vector<Forwarding>& forwardings) {
    std::set<std::string> seen;
    for (const auto& forwarding : forwardings) {
        EXPECT_FALSE(forwarding.base_url.empty());
        for (const auto& pattern : forwarding.patterns) {
            for (const auto method : forwarding.methods) {
                EXPECT_TRUE(seen.insert(std::string(to_string(method)) + pattern).second) << pattern << " twice";
            }
            if (!pattern.starts_with("/internal/")) continue;
            // Of the routes between services only those of the other half, which check their callers themselves.
            const std::set<std::string> of_the_peer{"/internal/v1/events", revocations_path, api_key_check_path};
            EXPECT_TRUE(of_the_peer.contains(pattern) || pattern.starts_with("/internal/v1/sync/") ||
                        pattern.starts_with("/internal/v1/personal-data/"))
                << pattern;
        }
    }
}

/// An operation of docs/api/openapi.yaml, which `./tt check` compares with what the services declare.
struct Documented {
    std::string path;
    std::string method;
    std::string bucket = "api";
};

std::vector<Documented> documented_operations() {
    std::ifstream document(std::string(TT_SOURCE_DIR) + "/docs/api/openapi.yaml");
    static const std::regex path_line(R"re(^  "?(/[^":]+)"?:$)re"),
        method_line(R"(^    (get|put|post|patch|delete):$)"),
        bucket_line(R"re(^      x-rate-bucket: "?([a-z-]+)"?$)re");
    std::vector<Documented> found;
    std::string path, line;
    std::smatch part;
    while (std::getline(document, line)) {
        if (std::regex_match(line, part, path_line)) path = part[1];
        if (std::regex_match(line, part, method_line)) found.push_back({path, boost::to_upper_copy(part[1].str())});
        if (std::regex_match(line, part, bucket_line)) found.back().bucket = part[1];
    }
    return found;
}

Task<http::Response> answer_bucket(http::Request& request) {
    co_return http::text_response(200, request.route->options.rate_bucket);
}

/// In which bucket a gateway counts the operation; "" when it does not forward it.
class Buckets {
public:
    explicit Buckets(const std::vector<Forwarding>& forwardings) {
        for (const auto& forwarding : forwardings) {
            for (const auto& pattern : forwarding.patterns) {
                for (const auto method : forwarding.methods) {
                    router_.route(method, pattern, answer_bucket, {.rate_bucket = forwarding.rate_bucket});
                }
            }
        }
    }
    std::string of(const Documented& operation) {
        http::Request request;
        request.method_text = operation.method;
        request.method = http::parse_method(operation.method);
        request.target = std::regex_replace(operation.path, std::regex("\\{[^}]*\\}"), "x");
        const auto response = runtime_.run(router_.dispatch(request));
        return response.status == 200 ? std::get<std::string>(response.body) : "";
    }

private:
    http::Router router_;
    platform::testing::TestRuntime runtime_;
};

TEST(Forwardings, CountEveryDocumentedRouteAsItsServiceDoes) {
    const ServiceAddresses services;
    Buckets site(site_forwarding(services)), academy(academy_forwarding(services));
    const auto operations = documented_operations();
    ASSERT_GT(operations.size(), 100U);
    for (const auto& operation : operations) {
        if (operation.path == "/api/v1/site-config") continue;  // the gateway's own
        const std::set<std::string> forwarded{site.of(operation), academy.of(operation)};
        EXPECT_TRUE(forwarded.contains(operation.bucket)) << operation.method << " " << operation.path;
        EXPECT_EQ(forwarded.size() - forwarded.count(""), 1U) << operation.method << " " << operation.path;
    }
}

TEST(Forwardings, OfferNoRouteBetweenServices) {
    const ServiceAddresses services;
    expect_public_and_unique(site_forwarding(services));
    expect_public_and_unique(academy_forwarding(services));
    expect_public_and_unique(shared_forwarding("http://site.test"));
}

}  // namespace
}  // namespace tt::gateway
