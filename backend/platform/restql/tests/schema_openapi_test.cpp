#include "platform/restql/respond/openapi2.hpp"
#include "platform/restql/tests/schema_kit.hpp"

#include <boost/json.hpp>

namespace platform::restql {
namespace {

namespace json = boost::json;

class OpenApi2 : public SchemaTest {
protected:
    /// The document as `role` sees it.
    static json::value document(const Options& options = {}, const std::string& role = "") {
        const auto queries = openapi2_queries("api", options);
        std::vector<db::Rows> replies;
        for (const auto& sql : queries) {
            db::Context context;
            context.role = role;
            context.settings = {{"search_path", "api"}};
            replies.push_back(runtime_->run(pool_->database("").run(context, {"openapi2_test", sql.text}, sql.params)));
        }
        return json::parse(openapi2(cache(), "api", options, replies));
    }
    static json::value at(const json::value& document, const std::string& pointer) {
        boost::system::error_code error;
        const auto* found = document.find_pointer(pointer, error);
        return found ? *found : json::value();
    }
};

TEST_F(OpenApi2, ADefinitionDescribesTheColumns) {
    const auto clients = at(document(), "/definitions/clients");
    EXPECT_EQ(at(clients, "/description"), "Who pays");
    EXPECT_EQ(at(clients, "/required"), json::parse(R"(["id", "name"])"));
    EXPECT_EQ(at(clients, "/properties/id"), json::parse(R"json({"type": "integer",
        "description": "Note:\nThis is a Primary Key.<pk/>", "format": "int32"})json"));
    EXPECT_EQ(at(clients, "/properties/name"), json::parse(R"json({"format": "character varying", "type": "string",
        "default": "nobody", "maxLength": 12})json"));
    EXPECT_EQ(at(clients, "/properties/feeling/enum"), json::parse(R"(["low", "high"])"));
    EXPECT_EQ(at(clients, "/properties/feeling/default"), "low");
}

TEST_F(OpenApi2, AForeignKeyIsNamedAtItsColumn) {
    const auto definitions = at(document(), "/definitions");
    EXPECT_EQ(at(definitions, "/secrets/properties/client_id/description"),
              "Note:\nThis is a Primary Key.<pk/>\nThis is a Foreign Key to `clients.id`.<fk table='clients' "
              "column='id'/>");
    EXPECT_EQ(at(definitions, "/projects_view/properties/client/description"),
              "Note:\nThis is a Foreign Key to `clients.id`.<fk table='clients' column='id'/>");
    EXPECT_EQ(at(definitions, "/steps/properties/task/description"), json::value());
}

TEST_F(OpenApi2, OnlyWhatCanBeWrittenHasWritingPaths) {
    const auto paths = at(document(), "/paths").as_object();
    EXPECT_TRUE(paths.at("/clients").as_object().contains("patch"));
    EXPECT_FALSE(paths.at("/sums").as_object().contains("post"));
    EXPECT_TRUE(paths.at("/").as_object().contains("get"));
    const auto parameters = paths.at("/users").at("get").at("parameters");
    EXPECT_EQ(parameters, json::parse(R"json([{"$ref": "#/parameters/rowFilter.users.id"},
        {"$ref": "#/parameters/select"}, {"$ref": "#/parameters/order"}, {"$ref": "#/parameters/range"},
        {"$ref": "#/parameters/rangeUnit"}, {"$ref": "#/parameters/offset"}, {"$ref": "#/parameters/limit"},
        {"$ref": "#/parameters/preferCount"}])json"));
}

TEST_F(OpenApi2, EveryReferenceLeadsSomewhere) {
    const auto whole = document();
    const auto check = [&](const auto& self, const json::value& value) -> void {
        if (const auto* object = value.if_object()) {
            for (const auto& [key, inner] : *object) {
                if (key != "$ref") {
                    self(self, inner);
                    continue;
                }
                const std::string reference(inner.as_string());
                EXPECT_NE(at(whole, reference.substr(1)), json::value()) << reference;
            }
        } else if (const auto* array = value.if_array()) {
            for (const auto& inner : *array) self(self, inner);
        }
    };
    check(check, whole);
}

TEST_F(OpenApi2, AFunctionThatOnlyReadsHasAGet) {
    const auto whole = document();
    EXPECT_EQ(at(whole, "/paths/~1rpc~1nothing/get"), json::value());
    EXPECT_EQ(at(whole, "/paths/~1rpc~1join_words/get/parameters"),
              json::parse(R"json([{"name": "words", "in": "query", "required": false, "type": "array",
        "collectionFormat": "multi", "items": {"type": "string", "format": "text"}}])json"));
    EXPECT_EQ(at(whole, "/paths/~1rpc~1careful/post/summary"), "Slow but right");
    EXPECT_EQ(at(whole, "/paths/~1rpc~1outs/post/parameters/0/schema/required"), json::parse(R"(["a", "note"])"));
}

TEST_F(OpenApi2, TheRoleSeesWhatItMayUse) {
    database_->exec(
        "GRANT USAGE ON SCHEMA api TO anon; GRANT SELECT ON api.users TO anon;"
        "REVOKE EXECUTE ON FUNCTION api.nothing() FROM PUBLIC");
    const auto seen = document({}, "anon");
    EXPECT_NE(at(seen, "/paths/~1users"), json::value());
    EXPECT_EQ(at(seen, "/paths/~1clients"), json::value());
    EXPECT_EQ(at(seen, "/definitions/clients"), json::value());
    EXPECT_EQ(at(seen, "/paths/~1rpc~1nothing"), json::value());
    EXPECT_NE(at(seen, "/paths/~1rpc~1careful"), json::value());

    Options all;
    all.openapi = Options::OpenApi::ignore_privileges;
    EXPECT_NE(at(document(all, "anon"), "/paths/~1clients"), json::value());
}

TEST_F(OpenApi2, TypesAreSpelledAsTheCallerSeesThem) {
    database_->exec("CREATE FUNCTION api.feel(m api.mood) RETURNS api.mood LANGUAGE sql STABLE AS 'SELECT $1'");
    const auto before = cache_;
    cache_ = runtime_->run(load());
    EXPECT_EQ(at(document(), "/paths/~1rpc~1feel/get/parameters/0/format"), "mood");
    EXPECT_EQ(at(document(), "/definitions/clients/properties/feeling/format"), "api.mood");
    cache_ = before;
}

TEST_F(OpenApi2, ServerAndSecurityFollowTheOptions) {
    Options options;
    EXPECT_EQ(at(document(options), "/host"), json::value());
    EXPECT_EQ(at(document(options), "/securityDefinitions"), json::value());
    options.openapi_server_url = "https://example.com/rest/v1";
    options.openapi_security = true;
    const auto whole = document(options);
    EXPECT_EQ(at(whole, "/host"), "example.com:443");
    EXPECT_EQ(at(whole, "/basePath"), "/rest/v1");
    EXPECT_EQ(at(whole, "/schemes"), json::parse(R"(["https"])"));
    EXPECT_EQ(at(whole, "/security"), json::parse(R"([{"JWT": []}])"));
    EXPECT_EQ(at(whole, "/securityDefinitions/JWT/in"), "header");
}

TEST_F(OpenApi2, TheSchemasCommentIsTitleAndDescription) {
    EXPECT_EQ(at(document(), "/info/title"), "Data API");
    database_->exec("COMMENT ON SCHEMA api IS E'Shop\\n\\nAll of it\\nat once'");
    EXPECT_EQ(at(document(), "/info/title"), "Shop");
    EXPECT_EQ(at(document(), "/info/description"), "All of it\nat once");
}

}  // namespace
}  // namespace platform::restql
