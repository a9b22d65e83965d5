#include "platform/http/endpoint.hpp"

#include "platform/http/openapi.hpp"
#include "platform/http/tests/edge_kit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <sstream>

namespace endpoint_test {

enum class Level { beginner, advanced };
BOOST_DESCRIBE_ENUM(Level, beginner, advanced)

struct CreateCourse {
    std::string title;
    std::optional<Level> level;
};
BOOST_DESCRIBE_STRUCT(CreateCourse, (), (title, level))

struct Section {
    std::string title;
    std::vector<Section> children;
};
BOOST_DESCRIBE_STRUCT(Section, (), (title, children))

struct Course {
    platform::Uuid id;
    std::string title;
    std::vector<Section> sections;
};
BOOST_DESCRIBE_STRUCT(Course, (), (id, title, sections))

struct CourseQuery {
    std::optional<std::string> q;
    std::vector<std::string> tag;
    std::int32_t limit = 20;
    std::optional<bool> free;
    std::optional<Level> level;
};
BOOST_DESCRIBE_STRUCT(CourseQuery, (), (q, tag, limit, free, level))

}  // namespace endpoint_test

namespace platform::json {
template <>
inline constexpr Rule rule<&endpoint_test::CreateCourse::title>{.min_length = 3, .max_length = 80};
template <>
inline constexpr Rule rule<&endpoint_test::CourseQuery::limit>{
    .minimum = 1, .maximum = 100, .description = "Page size.", .may_be_absent = true};
template <>
inline constexpr Rule rule<&endpoint_test::CourseQuery::tag>{.may_be_absent = true};
}  // namespace platform::json

namespace platform::http {
namespace {

using namespace endpoint_test;
using testing::HasSubstr;

Task<Result<Reply<Course>>> create(Request&, CreateCourse in) {
    if (in.title == "taken") co_return Error{Code::conflict, "title_taken", "There is one already."};
    Reply<Course> reply{201};
    reply.body.title = in.title;
    reply.headers.set("etag", etag_of(1));
    co_return reply;
}

Task<Result<Reply<NoBody>>> remove(Request& request, NoBody) {
    const auto matches = check_if_match(request, etag_of(7));
    if (!matches) co_return matches.error();
    co_return Reply<NoBody>{};
}

Task<Result<Reply<json::Raw>>> list(Request& request, NoBody) {
    const auto query = parse_query<CourseQuery>(request);
    if (!query) co_return query.error();
    co_return Reply<json::Raw>{
        200, {"{\"limit\":" + std::to_string(query->limit) + ",\"tags\":" + std::to_string(query->tag.size()) + "}"}};
}

class EndpointTest : public testing::Test {
protected:
    EndpointTest() {
        router.typed<CreateCourse, Course>(Method::post, "/api/v1/courses", create,
                                           {.operation_id = "createCourse",
                                            .summary = "Creates a course",
                                            .tag = "courses",
                                            .error_reasons = {"409 title_taken", "role_required"}});
        router.typed<NoBody, NoBody>(Method::delete_, "/api/v1/courses/{slug}", remove,
                                     {.error_reasons = {"course_not_found", "precondition_failed"}});
        router.typed<NoBody, json::Raw>(Method::get, "/api/v1/courses", list,
                                        {.operation_id = "listCourses",
                                         .tag = "courses",
                                         .is_public = true,
                                         .query_type = &json::type_of<CourseQuery>});
        router.route(Method::get, "/hidden", [](Request&) -> Task<Response> { co_return empty(204); });
        router.route(Method::put, "/api/v1/files/{name...}", [](Request&) -> Task<Response> { co_return empty(204); },
                     {.summary = "Stores a file: \"any\" kind", .body_to_file = true});
    }

    Response ask(Method method, std::string target, std::string body = "", std::string type = "application/json") {
        Request request;
        request.method = method;
        request.method_text = to_string(method);
        request.target = std::move(target);
        request.body = std::move(body);
        if (!type.empty()) request.headers.add("content-type", type);
        for (const auto [name, value] : extra) request.headers.add(name, value);
        return dispatch(router, request);
    }

    Router router;
    Headers extra;
};

TEST_F(EndpointTest, ParsesRepliesAndSetsHeaders) {
    const Response response = ask(Method::post, "/api/v1/courses", R"({"title":"Growth"})");
    EXPECT_EQ(response.status, 201U);
    EXPECT_EQ(response.headers.find("etag"), "\"1\"");
    EXPECT_THAT(body_of(response), HasSubstr(R"("title":"Growth","sections":[])"));
}

TEST_F(EndpointTest, ErrorsAreProblemsWithPointers) {
    Response response = ask(Method::post, "/api/v1/courses", R"({"title":"x","more":1})");
    EXPECT_EQ(response.status, 400U);
    EXPECT_EQ(response.headers.find("content-type"), "application/problem+json");
    const auto problem = boost::json::parse(body_of(response)).as_object();
    EXPECT_EQ(problem.at("code"), "validation_failed");
    EXPECT_EQ(boost::json::serialize(problem.at("errors")),
              R"([{"pointer":"/title","detail":"must have at least 3 characters"},)"
              R"({"pointer":"/more","detail":"is not a known member"}])");
    EXPECT_EQ(ask(Method::post, "/api/v1/courses", "{").status, 400U);
    EXPECT_EQ(ask(Method::post, "/api/v1/courses", R"({"title":"taken"})").status, 409U);
}

TEST_F(EndpointTest, OnlyJsonIsRead) {
    const std::string body = R"({"title":"Growth"})";
    for (const auto* type : {"text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                             "application/json; charset=latin1", "application/jsonx", "json"}) {
        EXPECT_EQ(ask(Method::post, "/api/v1/courses", body, type).status, 415U) << type;
    }
    for (const auto* type : {"application/json", "Application/JSON; charset=UTF-8", "application/vnd.tt+json"}) {
        EXPECT_EQ(ask(Method::post, "/api/v1/courses", body, type).status, 201U) << type;
    }
}

TEST_F(EndpointTest, IfMatchGuardsWrites) {
    EXPECT_EQ(ask(Method::delete_, "/api/v1/courses/x").status, 204U);
    extra.set("if-match", "\"6\", \"7\"");
    EXPECT_EQ(ask(Method::delete_, "/api/v1/courses/x").status, 204U);
    extra.set("if-match", "*");
    EXPECT_EQ(ask(Method::delete_, "/api/v1/courses/x").status, 204U);
    for (const auto* tag : {"\"6\"", "W/\"7\"", "7"}) {
        extra.set("if-match", tag);
        EXPECT_EQ(ask(Method::delete_, "/api/v1/courses/x").status, 412U) << tag;
    }
}

TEST_F(EndpointTest, QueriesAreTyped) {
    EXPECT_EQ(body_of(ask(Method::get, "/api/v1/courses")), R"({"limit":20,"tags":0})");
    EXPECT_EQ(body_of(ask(Method::get, "/api/v1/courses?limit=5&tag=a,b&tag=c&free=true&level=advanced&q=12")),
              R"({"limit":5,"tags":3})");
    for (const auto* query : {"limit=0", "limit=101", "limit=x", "limit=1.5", "limit=", "limit=1&limit=2", "free=yes",
                              "level=expert", "unknown=1", "limit=99999999999"}) {
        EXPECT_EQ(ask(Method::get, std::string("/api/v1/courses?") + query).status, 400U) << query;
    }
}

TEST_F(EndpointTest, OpenApiDocumentIsTheGoldenOne) {
    const std::string path = std::string(TT_SOURCE_DIR) + "/backend/platform/http/tests/openapi_golden.yaml";
    const std::string yaml = to_yaml(
        router.openapi({.title = "Test API", .version = "1.0.0", .servers = {"http://x"}, .path_prefix = "/api"}));
    std::ifstream file(path);
    std::stringstream golden;
    golden << file.rdbuf();
    EXPECT_EQ(yaml, golden.str());
    if (yaml != golden.str()) std::ofstream(path + ".new") << yaml;
}

TEST(Yaml, QuotesWhatYamlWouldMisread) {
    const auto value = boost::json::parse(
        R"({"a":"true","b":"1.0","c":"x: y","d":"plain text","e":[],"f":{},"g":[1,[2],{"h":null}],"$ref":"#/x","i":"","j":"No","k":" x"})");
    EXPECT_EQ(
        to_yaml(value),
        "a: \"true\"\nb: \"1.0\"\nc: \"x: y\"\nd: plain text\ne: []\nf: {}\ng:\n  - 1\n  -\n    - 2\n  - h: null\n"
        "\"$ref\": \"#/x\"\ni: \"\"\nj: \"No\"\nk: \" x\"\n");
}

}  // namespace
}  // namespace platform::http
