#include "platform/db/pool.hpp"
#include "platform/testing/test_db.hpp"
#include "platform/testing/test_server.hpp"
#include "platform/trace/exporter.hpp"
#include "platform/trace/tracer.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <atomic>
#include <map>
#include <set>

namespace platform::trace {
namespace {

using http::Method;
using http::Request;
using http::Response;
using std::chrono::milliseconds;
namespace bj = boost::json;

constexpr const char* person = "jane.doe@example.com";

struct Received {
    std::string service;
    std::string trace_id;
    std::string span_id;
    std::string parent_id;
    int kind = 0;
    bool is_error = false;
    std::map<std::string, std::string> attributes;
};

/// What an OpenTelemetry collector is to an exporter.
class Collector {
public:
    explicit Collector(testing::TestRuntime& runtime) : runtime_(runtime) {
        router_.route(Method::post, "/v1/traces", [this](Request& request) { return take(request); });
        server_.emplace(runtime_, router_);
    }

    std::string url() const { return server_->url("/v1/traces"); }
    void be(unsigned status) { status_ = status; }
    void end() { server_.reset(); }

    std::string bodies() const {
        const std::lock_guard lock(mutex_);
        return bodies_;
    }

    /// All spans so far, by name; without those of a request that happened to be a thread's first and had to connect.
    std::multimap<std::string, Received> spans() const {
        const std::lock_guard lock(mutex_);
        return spans_;
    }

private:
    Task<Response> take(Request& request) {
        if (status_ != 200) co_return http::text_response(status_, "away");
        if (request.header("content-type") != "application/json") co_return http::text_response(415, "");
        const std::lock_guard lock(mutex_);
        bodies_ += request.body;
        const bj::value sent = bj::parse(request.body);
        for (const auto& resource : sent.at("resourceSpans").as_array()) keep(resource);
        co_return http::json_response(200, R"({"partialSuccess":{}})");
    }

    static std::map<std::string, std::string> attributes_of(const bj::value& owner) {
        std::map<std::string, std::string> attributes;
        for (const auto& attribute : owner.at("attributes").as_array()) {
            const auto& value = attribute.at("value").as_object().begin()->value();
            attributes[attribute.at("key").as_string().c_str()] = value.as_string().c_str();
        }
        return attributes;
    }

    void keep(const bj::value& resource) {
        const auto service = attributes_of(resource.at("resource")).at("service.name");
        for (const auto& span : resource.at("scopeSpans").at(0).at("spans").as_array()) {
            const auto text = [&](const char* key) {
                const auto* value = span.as_object().if_contains(key);
                return value ? std::string(value->as_string()) : std::string();
            };
            if (text("name") == "wait for a connection") continue;
            spans_.emplace(text("name"), Received{.service = service,
                                                  .trace_id = text("traceId"),
                                                  .span_id = text("spanId"),
                                                  .parent_id = text("parentSpanId"),
                                                  .kind = static_cast<int>(span.at("kind").as_int64()),
                                                  .is_error = span.as_object().contains("status"),
                                                  .attributes = attributes_of(span)});
        }
    }

    testing::TestRuntime& runtime_;
    http::Router router_;
    std::optional<testing::TestServer> server_;
    std::atomic<unsigned> status_{200};
    mutable std::mutex mutex_;
    std::string bodies_;
    std::multimap<std::string, Received> spans_;
};

Task<ExportResponse> post(http::Client& client, std::string url, ExportRequest request) {
    http::ClientRequest call{.method = "POST", .url = std::move(url), .body = std::move(request.body)};
    call.headers.set("content-type", "application/json");
    call.timeout = request.timeout;
    auto response = co_await client.send(std::move(call));
    co_return ExportResponse{.status = response.status, .body = std::move(response.body)};
}

/// One process of a product that traces: a server on a port, a tracer, an exporter.
class Process {
public:
    Process(testing::TestRuntime& runtime, std::string name, std::string collector, TracerConfig config,
            std::size_t queue_spans = 4096)
        : runtime_(runtime),
          client_(runtime.get()),
          exporter_(runtime.get(),
                    [this, collector](ExportRequest request) { return post(client_, collector, std::move(request)); },
                    {.resource = {std::move(name), "1", "one"},
                     .queue_spans = queue_spans,
                     .interval = milliseconds(20),
                     .first_backoff = milliseconds(20),
                     .max_backoff = milliseconds(50),
                     .max_attempts = 2}),
          tracer_(config, exporter_) {
        exporter_.start();
    }

    void serve() {
        server_.emplace(runtime_, router, http::ServerConfig{.trusted_proxies = {"127.0.0.1"}, .tracer = &tracer_});
    }
    void end() {
        server_.reset();
        runtime_.run(exporter_.drain(milliseconds(2000)));
    }

    testing::TestServer& server() { return *server_; }
    http::Client& client() { return client_; }

    http::Router router;

private:
    testing::TestRuntime& runtime_;
    http::Client client_;
    Exporter exporter_;
    Tracer tracer_;
    std::optional<testing::TestServer> server_;
};

Task<Response> count_rows(db::Pool& pool) {
    constexpr db::Query one{"count_things", "SELECT 1"};
    constexpr db::Query two{"sleep_a_little", "SELECT pg_sleep(0.002), $1::text"};
    const auto database = pool.database("svc_platform");
    const int count = co_await database.one<int>(one);
    db::Tx tx = co_await database.begin();
    co_await tx.execute(two, person);
    co_await tx.commit();
    co_return http::text_response(200, std::to_string(count));
}

Task<Response> fail_in_database(db::Pool& pool) {
    constexpr db::Query wrong{"divide", "SELECT 1 / $1::integer"};
    const int quotient = co_await pool.database("svc_platform").one<int>(wrong, 0);
    co_return http::text_response(200, std::to_string(quotient));
}

Task<Response> ask(http::Client& client, std::string url) {
    http::ClientRequest call{.url = std::move(url)};
    const auto response = co_await client.send(std::move(call));
    co_return http::text_response(response.status, response.body);
}

class CollectorTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        test_db = new testing::TestDb(std::filesystem::path(TT_SOURCE_DIR) / "database/migrations/platform");
    }
    static void TearDownTestSuite() { delete test_db; }
    void TearDown() override {
        collector_.end();
        runtime_.stop();
    }

    template <class F>
    static bool becomes(F is_true) {
        for (int i = 0; i < 1000 && !is_true(); ++i) std::this_thread::sleep_for(milliseconds(10));
        return is_true();
    }

    static inline testing::TestDb* test_db = nullptr;
    testing::TestRuntime runtime_{2};
    db::Pool pool_{runtime_.get(), db::PoolConfig{.conninfo = test_db->url(), .name = "shop"}};
    Collector collector_{runtime_};
};

/// Two processes: `front` asks `back`, which asks the database.
class TwoProcesses : public CollectorTest {
protected:
    void start(TracerConfig config) {
        front_.emplace(runtime_, "front", collector_.url(), config);
        back_.emplace(runtime_, "back", collector_.url(), config);
        back_->router.on_failure([](const Request&, std::string_view) {});
        back_->router.route(Method::get, "/inner/{who}", [this](Request&) { return count_rows(pool_); });
        back_->router.route(Method::get, "/broken", [this](Request&) { return fail_in_database(pool_); });
        back_->serve();
        front_->router.route(Method::get, "/outer/{who}", [this](Request& request) {
            return ask(front_->client(), back_->server().url("/inner/" + std::string(request.param("who"))));
        });
        front_->router.route(Method::get, "/broken",
                             [this](Request&) { return ask(front_->client(), back_->server().url("/broken")); });
        front_->router.route(Method::get, "/proxied/{who}", [this](Request& request) {
            request.target = "/inner/" + std::string(request.param("who"));
            return http::proxy(front_->client(), back_->server().url(), request);
        });
        front_->serve();
    }
    void TearDown() override {
        if (front_) front_->end();
        if (back_) back_->end();
        CollectorTest::TearDown();
    }

    std::optional<Process> front_;
    std::optional<Process> back_;
};

TEST_F(TwoProcesses, ARequestIsOneTreeOverBoth) {
    start({.sample_ratio = 1});
    const auto target = std::string("/outer/") + person + "?email=" + person;
    EXPECT_EQ(front_->server().send("GET", target, {}, {{"host", "shop.test:80"}}).status, 200U);
    ASSERT_TRUE(becomes([&] { return collector_.spans().size() == 6; })) << collector_.bodies();

    const auto spans = collector_.spans();
    const auto& outer = spans.find("GET /outer/{who}")->second;
    const auto& call = spans.find("GET")->second;
    const auto& inner = spans.find("GET /inner/{who}")->second;
    const auto& query = spans.find("count_things")->second;
    const auto& second = spans.find("sleep_a_little")->second;
    const auto& commit = spans.find("COMMIT")->second;
    for (const auto& [name, span] : spans) EXPECT_EQ(span.trace_id, outer.trace_id) << name;
    EXPECT_EQ(outer.parent_id, "");
    EXPECT_EQ(call.parent_id, outer.span_id);
    EXPECT_EQ(inner.parent_id, call.span_id);
    for (const auto* span : {&query, &second, &commit}) EXPECT_EQ(span->parent_id, inner.span_id);
    EXPECT_EQ(outer.service + inner.service + query.service, "frontbackback");
    EXPECT_EQ(outer.kind, 2);
    EXPECT_EQ(call.kind, 3);

    const std::map<std::string, std::string> of_outer{{"http.request.method", "GET"},
                                                      {"http.response.status_code", "200"},
                                                      {"url.scheme", "http"},
                                                      {"server.address", "127.0.0.1"},
                                                      {"http.route", "/outer/{who}"}};
    const std::map<std::string, std::string> of_query{
        {"db.system.name", "postgresql"}, {"db.namespace", "shop"}, {"db.query.summary", "count_things"}};
    EXPECT_EQ(outer.attributes, of_outer);
    EXPECT_EQ(query.attributes, of_query);
    EXPECT_EQ(call.attributes.at("server.address"), "127.0.0.1");
    EXPECT_EQ(collector_.bodies().find("jane"), std::string::npos) << "no path, query or parameter is exported";
}

TEST_F(TwoProcesses, AProxyPassesItsTraceOn) {
    start({.sample_ratio = 1});
    EXPECT_EQ(front_->server().send("GET", "/proxied/ada").status, 200U);
    ASSERT_TRUE(becomes([&] { return collector_.spans().size() == 6; })) << collector_.bodies();
    const auto spans = collector_.spans();
    EXPECT_EQ(spans.find("GET /inner/{who}")->second.parent_id, spans.find("GET")->second.span_id);
    EXPECT_EQ(spans.find("GET")->second.parent_id, spans.find("GET /proxied/{who}")->second.span_id);
}

TEST_F(TwoProcesses, RequestsAtOnceDoNotMixTheirSpans) {
    start({.sample_ratio = 1});
    http::Client client(runtime_.get());
    constexpr std::size_t requests = 60;
    std::vector<std::future<http::ClientResponse>> pending;
    for (std::size_t i = 0; i < requests; ++i) {
        http::ClientRequest call{.url = front_->server().url("/outer/" + std::to_string(i))};
        pending.push_back(runtime_.start(client.send(std::move(call)), i % 2));
    }
    for (auto& answer : pending) EXPECT_EQ(answer.get().status, 200U);

    const auto is_complete = [&] { return collector_.spans().count("GET /outer/{who}") == requests; };
    ASSERT_TRUE(becomes([&] { return is_complete() && collector_.spans().count("COMMIT") == requests; }));
    std::map<std::string, std::multiset<std::string>> names_by_trace;
    for (const auto& [name, span] : collector_.spans()) names_by_trace[span.trace_id].insert(name);
    const std::multiset<std::string> expected{"COMMIT",           "GET",          "GET /inner/{who}",
                                              "GET /outer/{who}", "count_things", "sleep_a_little"};
    EXPECT_EQ(names_by_trace.size(), requests);
    for (const auto& [trace, names] : names_by_trace) EXPECT_EQ(names, expected) << trace;
}

TEST_F(TwoProcesses, AFailureIsExportedThoughItWasNotDrawn) {
    start({.sample_ratio = 0});
    EXPECT_EQ(front_->server().send("GET", "/outer/ada").status, 200U);
    EXPECT_EQ(front_->server().send("GET", "/broken").status, 500U);
    ASSERT_TRUE(becomes([&] { return collector_.spans().size() == 4; })) << collector_.bodies();
    const auto spans = collector_.spans();
    EXPECT_EQ(spans.count("GET /outer/{who}"), 0U);
    const auto& query = spans.find("divide")->second;
    EXPECT_EQ(query.attributes.at("db.response.status_code"), "22012");
    const auto [first, last] = spans.equal_range("GET /broken");
    for (auto span = first; span != last; ++span) EXPECT_EQ(span->second.attributes.at("error.type"), "500");
    for (const auto& [name, span] : spans) {
        EXPECT_TRUE(span.is_error) << name;
        EXPECT_EQ(span.trace_id, query.trace_id);
    }
}

TEST_F(TwoProcesses, ATraceparentOfATrustedPeerIsContinued) {
    start({.sample_ratio = 0});
    const std::string trace = "0af7651916cd43dd8448eb211c80319c";
    const http::Headers headers{{"traceparent", "00-" + trace + "-b7ad6b7169203331-01"}};
    EXPECT_EQ(front_->server().send("GET", "/outer/ada", {}, headers).status, 200U);
    ASSERT_TRUE(becomes([&] { return collector_.spans().size() == 6; })) << collector_.bodies();
    const auto spans = collector_.spans();
    EXPECT_EQ(spans.find("GET /outer/{who}")->second.parent_id, "b7ad6b7169203331");
    for (const auto& [name, span] : spans) EXPECT_EQ(span.trace_id, trace) << name;
}

TEST_F(CollectorTest, ARefusalOfTheServerItselfHasASpanWithoutARoute) {
    Process process(runtime_, "front", collector_.url(), {.sample_ratio = 1});
    process.serve();
    EXPECT_EQ(process.server().send("GET", "/nothing/" + std::string(person)).status, 404U);
    ASSERT_TRUE(becomes([&] { return collector_.spans().size() == 1; }));
    const auto span = collector_.spans().begin()->second;
    EXPECT_EQ(collector_.spans().begin()->first, "GET");
    EXPECT_EQ(span.attributes.count("http.route"), 0U);
    EXPECT_EQ(span.attributes.at("http.response.status_code"), "404");
    EXPECT_FALSE(span.is_error);
    process.end();
}

TEST_F(CollectorTest, WhileTheCollectorIsAwayRequestsGoOnAndItsReturnIsSeen) {
    collector_.be(503);
    Process process(runtime_, "front", collector_.url(), {.sample_ratio = 1}, 16);
    process.router.route(Method::get, "/ok",
                         [](Request&) -> Task<Response> { co_return http::text_response(200, "ok"); });
    process.serve();
    const auto dropped = [] { return dropped_spans("queue_full").value() + dropped_spans("unreachable").value(); };
    const auto before = dropped();
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 200; ++i) ASSERT_EQ(process.server().send("GET", "/ok").status, 200U);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    EXPECT_TRUE(becomes([&] { return dropped() - before >= 100; }));
    EXPECT_EQ(collector_.spans().size(), 0U);

    collector_.be(200);
    EXPECT_TRUE(becomes([&] {
        process.server().send("GET", "/ok");
        return collector_.spans().size() > 5;
    }));
    process.end();
}

}  // namespace
}  // namespace platform::trace
