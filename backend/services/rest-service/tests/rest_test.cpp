#include "platform/db/pool.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "services/rest-service/src/service.hpp"
#include "shared/middleware/error_shapes.hpp"
#include "shared/types/principal.hpp"

#include <gmock/gmock.h>
#include <boost/json.hpp>

namespace tt::rest {
namespace {

using platform::testing::TestDb;
using ::testing::HasSubstr;

Principal caller_with(std::string role, const std::string& subject = "") {
    Principal principal;
    principal.role = role;
    principal.user_id = UserId::parse(subject);
    principal.claims_json = boost::json::serialize(boost::json::object{{"role", role}, {"sub", subject}});
    if (subject.empty()) principal.claims_json = boost::json::serialize(boost::json::object{{"role", role}});
    return principal;
}

db::PoolConfig pool_config(const TestDb& database, const std::string& role) {
    db::PoolConfig config;
    config.conninfo = database.url_as(role);
    return config;
}

struct Answer {
    unsigned status = 0;
    std::string text;
    std::string location;

    boost::json::value json() const { return boost::json::parse(text); }
    std::string code() const { return std::string(json().at("code").as_string()); }
};

Task<Answer> dispatch(const http::Router& router, std::string method, std::string target, std::string body,
                      std::optional<Principal> caller) {
    http::Request request;
    request.method_text = method;
    request.method = http::parse_method(method);
    request.target = "/rest/v1/" + target;
    request.body = std::move(body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    if (caller) request.attach(std::move(*caller));
    const auto response = co_await router.dispatch(request);
    co_return Answer{response.status, std::string(http::text_of(response.body)),
                     std::string(response.headers.find("Location").value_or(""))};
}

/// The data API over the product's own schema.
class DataApi : public ::testing::Test {
protected:
    DataApi(const std::string& kind, const std::string& login)
        : database_(kind),
          pool_(runtime_.get(), pool_config(database_, login)),
          service_(pool_.database("svc_platform"), "") {
        use_error_shapes(router_);
        service_.mount(router_);
        runtime_.run(service_.start());
    }
    ~DataApi() override { runtime_.stop(); }

    Answer get(std::string target, std::optional<Principal> caller = std::nullopt) {
        return runtime_.run(dispatch(router_, "GET", std::move(target), "", std::move(caller)));
    }
    Answer post(std::string target, std::string body, std::optional<Principal> caller = std::nullopt) {
        return runtime_.run(dispatch(router_, "POST", std::move(target), std::move(body), std::move(caller)));
    }

    platform::testing::TestRuntime runtime_{1};
    TestDb database_;
    db::Pool pool_;
    RestService service_;
    http::Router router_;
};

class SiteData : public DataApi {
protected:
    SiteData() : DataApi("site", "tt_site") {
        database_.exec(
            "INSERT INTO blog_posts (slug, title, content, status, published_at) VALUES "
            "('shown', 'Shown', 'x', 'published', now()), ('hidden', 'Hidden', 'x', 'draft', NULL);"
            "INSERT INTO profiles (user_id, display_name) VALUES ('00000000-0000-4000-8000-00000000000a', 'Ada'),"
            "('00000000-0000-4000-8000-00000000000b', 'Bob')");
    }
    const Principal ada_ = caller_with("authenticated", "00000000-0000-4000-8000-00000000000a");
};

TEST_F(SiteData, VisitorsReadPublishedPosts) {
    for (const auto& caller : {std::optional<Principal>(), std::optional(caller_with("anon")), std::optional(ada_)}) {
        EXPECT_EQ(get("blog_posts?select=slug", caller).text, R"([{"slug":"shown"}])");
    }
}

TEST_F(SiteData, PeopleReadTheirOwnProfile) {
    EXPECT_EQ(get("profiles?select=display_name", ada_).text, R"([{"display_name":"Ada"}])");
    EXPECT_EQ(get("profiles").status, 401U);
    EXPECT_EQ(get("profiles?user_id=eq.00000000-0000-4000-8000-00000000000b", ada_).text, "[]");
}

TEST_F(SiteData, VisitorsSubscribeAndWriteButReadNothing) {
    EXPECT_EQ(post("newsletter_subscribers", R"({"email":"a@b.de","source":"rest"})").status, 201U);
    EXPECT_EQ(post("newsletter_subscribers", R"({"email":"a@b.de"})").status, 409U);
    EXPECT_EQ(post("newsletter_subscribers", R"({"email":"c@d.de","status":"confirmed"})").status, 401U);
    EXPECT_EQ(post("contact_messages", R"({"name":"n","email":"a@b.de","message":"m"})").status, 201U);
    EXPECT_EQ(post("contact_messages", R"({"name":"n","email":"a@b.de","message":"m","status":"closed"})").status,
              401U);
    EXPECT_EQ(post("quiz_results", R"({"answers":{}})").status, 201U);
    for (const std::string table : {"newsletter_subscribers", "contact_messages", "quiz_results"}) {
        EXPECT_EQ(get(table).status, 401U) << table;
    }
}

TEST_F(SiteData, AResultIsNotPlantedOnSomebodyElse) {
    const auto mine = post("quiz_results", R"({"user_id":"00000000-0000-4000-8000-00000000000a"})", ada_);
    EXPECT_EQ(mine.status, 201U) << mine.text;
    EXPECT_EQ(post("quiz_results", R"({"user_id":"00000000-0000-4000-8000-00000000000b"})", ada_).status, 403U);
    EXPECT_EQ(get("quiz_results?select=token_sha256", ada_).status, 403U) << "the token's hash is nobody's";
    EXPECT_EQ(get("quiz_results?select=user_id", ada_).json().as_array().size(), 1U);
}

TEST_F(SiteData, OnlySchemaPublicExists) {
    for (const std::string table : {"outbox", "integ.outbox", "rendered_posts", "pg_class", "pg_catalog.pg_class",
                                    "information_schema.tables", "refresh_tokens"}) {
        const auto missing = get(table);
        EXPECT_EQ(missing.status, 404U) << table;
        EXPECT_EQ(missing.code(), "PGRST205") << table;
    }
}

TEST_F(SiteData, NobodyDeletesWhatIsNotTheirs) {
    const auto all = runtime_.run(dispatch(router_, "DELETE", "blog_posts", "", ada_));
    EXPECT_EQ(all.status, 400U);
    EXPECT_EQ(all.code(), "21000");
    const auto one = runtime_.run(dispatch(router_, "DELETE", "blog_posts?slug=eq.first", "", ada_));
    EXPECT_EQ(one.status, 403U);
    EXPECT_EQ(one.code(), "42501");
    EXPECT_EQ(database_.scalar("SELECT count(*) FROM blog_posts"), "2");
}

TEST_F(SiteData, OtherMethodsAndDeeperPathsAnswerInPostgrestsWords) {
    const auto other = runtime_.run(dispatch(router_, "INFO", "blog_posts", "", ada_));
    EXPECT_EQ(other.status, 405U);
    EXPECT_TRUE(other.json().as_object().contains("hint"));
    const auto deeper = get("blog_posts/1");
    EXPECT_EQ(deeper.status, 404U);
    EXPECT_EQ(deeper.code(), "PGRST125");
}

TEST_F(SiteData, AServiceKeySeesEverything) {
    const auto service = caller_with("service_role");
    const auto posts = get("blog_posts?select=slug", service);
    EXPECT_EQ(posts.status, 200U) << posts.text;
    EXPECT_EQ(posts.json().as_array().size(), 2U);
    for (const std::string table :
         {"users", "profiles", "newsletter_subscribers", "quiz_results", "contact_messages"}) {
        EXPECT_EQ(get(table, service).status, 200U) << table;
    }
}

class AcademyData : public DataApi {
protected:
    AcademyData() : DataApi("academy", "tt_academy") {}
};

TEST_F(AcademyData, TheSpecifiedTablesAnswer) {
    for (const std::string table :
         {"courses", "modules", "lessons", "quiz_questions", "enrollments", "quiz_attempts", "certificates"}) {
        const auto answer = get(table + "?limit=1");
        EXPECT_EQ(answer.status, 200U) << table << answer.text;
        EXPECT_EQ(answer.text, "[]") << table;
        EXPECT_EQ(get(table, caller_with("service_role")).status, 200U) << table;
    }
    EXPECT_EQ(get("courses?select=id,modules(id,lessons(id))").status, 200U);
}

TEST_F(AcademyData, VisitorsWriteNothing) {
    for (const std::string table : {"courses", "enrollments", "certificates", "quiz_attempts"}) {
        EXPECT_EQ(post(table, "{}").status, 401U) << table;
        EXPECT_EQ(post(table, "{}", caller_with("authenticated", "00000000-0000-4000-8000-00000000000a")).status, 403U)
            << table;
    }
}

}  // namespace
}  // namespace tt::rest
