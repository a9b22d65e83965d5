#include "api-gateway/src/api_page.hpp"

#include <gmock/gmock.h>
#include <boost/json.hpp>

namespace tt::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ApiPage, ShowsOperationsWithTheirParametersBodiesAndSchemas) {
    const auto html = render_api_page(boost::json::parse(R"({
        "info": {"title": "Site API"},
        "paths": {"/api/v1/posts/{slug}": {"get": {
            "operationId": "get_post", "summary": "One post", "tags": ["blog"],
            "parameters": [{"name": "slug", "in": "path", "schema": {"type": "string"}},
                           {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string", "format": "uuid"}}}],
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Filter"}}}},
            "responses": {"200": {"description": "Found", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Post"}}}}}}}},
        "components": {"schemas": {"Post": {"properties": {"title": {"type": "string", "description": "Of the post"}}}}}})"));
    EXPECT_THAT(html, HasSubstr("<title>Site API</title>"));
    EXPECT_THAT(html, HasSubstr("<h2>blog</h2>"));
    EXPECT_THAT(html, HasSubstr("id=\"get_post\""));
    EXPECT_THAT(html, HasSubstr("<code>/api/v1/posts/{slug}</code>"));
    EXPECT_THAT(html, HasSubstr("string (uuid)[]"));
    EXPECT_THAT(html, HasSubstr("<a href=\"#schema-Post\">Post</a>"));
    EXPECT_THAT(html, HasSubstr("Body: <a href=\"#schema-Filter\">"));
    EXPECT_THAT(html, HasSubstr("Of the post"));
}

TEST(ApiPage, NothingOfTheDocumentBecomesMarkup) {
    const auto html = render_api_page(boost::json::parse(R"({
        "info": {"title": "<script>1</script>"},
        "paths": {"/<b>": {"get": {"operationId": "\"><i>", "summary": "<img src=x onerror=1>", "tags": ["<u>"],
                                    "parameters": [{"name": "<s>", "in": "<s>", "description": "<s>"}],
                                    "responses": {"<q>": {"description": "<q>"}}}}},
        "components": {"schemas": {"<em>": {"properties": {"<em>": {"type": "<em>", "description": "<em>"}}}}}})"));
    for (const std::string tag : {"<script", "<b>", "<i>", "<img", "<u>", "<s>", "<q>", "<em>"}) {
        EXPECT_THAT(html, Not(HasSubstr(tag)));
    }
}

TEST(ApiPage, AnEmptyOrOddDocumentStillMakesAPage) {
    for (const std::string text : {"{}", R"({"paths":{"/x":5,"/y":{"get":null}}})",
                                   R"({"paths":{"/x":{"get":{"tags":[],"parameters":[],"responses":{"200":1}}}}})"}) {
        EXPECT_THAT(render_api_page(boost::json::parse(text)), HasSubstr("</html>")) << text;
    }
}

}  // namespace
}  // namespace tt::gateway
