#include "platform/restql/plan/resolve_function.hpp"
#include "platform/restql/schema/lookup_errors.hpp"
#include "platform/restql/schema/similar.hpp"
#include "platform/restql/tests/schema_kit.hpp"

#include <boost/json.hpp>

namespace platform::restql {
namespace {

using Names = std::vector<std::string_view>;

TEST(SimilarNames, TheBestComesFirst) {
    const Names names{"films", "film_roles", "actors", "directors"};
    const auto found = similar_names(names, "film");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().name, "films");
    EXPECT_DOUBLE_EQ(found.front().score, 0.8);
    EXPECT_EQ(most_similar(names, "ACTORS"), "actors");
    EXPECT_EQ(most_similar(names, "noclosealternative"), std::nullopt);
    EXPECT_EQ(most_similar(names, ""), std::nullopt);
    EXPECT_EQ(most_similar({}, "film"), std::nullopt);
}

TEST(SimilarNames, TheThresholdHolds) {
    const Names names{"clientela"};
    EXPECT_EQ(most_similar(names, "clients", 0.75), std::nullopt);
    EXPECT_TRUE(most_similar(names, "clients"));
}

TEST(SimilarNames, LettersOfAnyScriptCount) {
    const Names names{"موارد", "größen"};
    EXPECT_EQ(most_similar(names, "مواردد"), "موارد");
    EXPECT_EQ(most_similar(names, "größe", 0.75), "größen");
    EXPECT_EQ(most_similar(names, "\xff\xfe"), std::nullopt);
}

TEST(SimilarNames, AnEndlessNameCostsNothing) {
    const Names names{"clients", "projects"};
    EXPECT_EQ(most_similar(names, std::string(50'000, 'c')), std::nullopt);
}

class LookupErrors : public SchemaTest {
protected:
    static CallShape shape(std::set<std::string> arguments, bool is_post = false,
                           MediaType::Kind kind = MediaType::Kind::json) {
        return {std::move(arguments), MediaType{.kind = kind}, is_post};
    }
};

TEST_F(LookupErrors, ARelationThatIsNotThere) {
    const auto error = unknown_relation(cache(), {"api", "client"});
    EXPECT_EQ(error.status, 404u);
    EXPECT_EQ(error.code, "PGRST205");
    EXPECT_EQ(error.message, "Could not find the table 'api.client' in the schema cache");
    EXPECT_EQ(error.hint, "Perhaps you meant the table 'api.clients'");
    EXPECT_EQ(error.details, std::nullopt);
    EXPECT_EQ(unknown_relation(cache(), {"api", "garlic"}).hint, std::nullopt);
}

TEST_F(LookupErrors, AColumnThatIsNotThere) {
    const auto error = unknown_column(relation("clients"), "nme");
    EXPECT_EQ(error.code, "PGRST204");
    EXPECT_EQ(error.message, "Could not find the 'nme' column of 'clients' in the schema cache");
}

TEST_F(LookupErrors, ARelationshipThatIsNotThere) {
    const auto error = no_relationship(cache(), {"api", "clients"}, "project", std::nullopt);
    EXPECT_EQ(error.status, 400u);
    EXPECT_EQ(error.code, "PGRST200");
    EXPECT_EQ(error.message, "Could not find a relationship between 'clients' and 'project' in the schema cache");
    EXPECT_EQ(error.details,
              "Searched for a foreign key relationship between 'clients' and 'project' in the schema "
              "'api', but no matches were found.");
    EXPECT_EQ(error.hint, "Perhaps you meant 'projects' instead of 'project'.");
}

TEST_F(LookupErrors, AHintThatFitsNoRelationship) {
    const auto error = no_relationship(cache(), {"api", "clients"}, "projects", "wrong");
    EXPECT_EQ(error.details,
              "Searched for a foreign key relationship between 'clients' and 'projects' using the hint "
              "'wrong' in the schema 'api', but no matches were found.");
    EXPECT_EQ(error.hint, std::nullopt);
}

TEST_F(LookupErrors, AnOriginWithoutRelationships) {
    const auto error = no_relationship(cache(), {"api", "user"}, "projects", std::nullopt);
    EXPECT_EQ(error.hint, "Perhaps you meant 'users' instead of 'user'.");
}

TEST_F(LookupErrors, SeveralRelationships) {
    std::vector<const Relationship*> found;
    for (const auto& r : cache().relationships({"api", "projects_view"}, "api")) {
        if (r.target.name == "clients" || r.target.name == "users") found.push_back(&r);
    }
    const auto error = ambiguous_relationship({"api", "projects_view"}, "clients", found);
    EXPECT_EQ(error.status, 300u);
    EXPECT_EQ(error.message,
              "Could not embed because more than one relationship was found for 'projects_view' and "
              "'clients'");
    const auto details = boost::json::parse(error.details_json.value()).as_array();
    ASSERT_EQ(details.size(), 3u);
    EXPECT_EQ(boost::json::serialize(details[0]),
              R"json({"cardinality":"many-to-one","embedding":"projects_view with clients",)json"
              R"json("relationship":"projects_client_id_fkey using projects_view(client) and clients(id)"})json");
    EXPECT_EQ(boost::json::serialize(details[2]),
              R"json({"cardinality":"many-to-many","embedding":"projects_view with users",)json"
              R"json("relationship":"users_projects using users_projects_project_id_fkey(project_id) and )json"
              R"json(users_projects_user_id_fkey(user_id)"})json");
    EXPECT_EQ(
        error.hint,
        "Try changing 'clients' to one of the following: 'clients!projects_client_id_fkey', "
        "'clients!projects_client_id_fkey', 'users!users_projects'. Find the desired relationship in the 'details' "
        "key.");
}

TEST_F(LookupErrors, AFunctionThatIsNotThere) {
    const auto error = no_function(cache(), {"api", "carefull"}, shape({"b", "a"}));
    EXPECT_EQ(error.status, 404u);
    EXPECT_EQ(error.code, "PGRST202");
    EXPECT_EQ(error.message, "Could not find the function api.carefull(a, b) in the schema cache");
    EXPECT_EQ(error.details,
              "Searched for the function api.carefull with parameters a, b, but no matches were found in the schema "
              "cache.");
    EXPECT_EQ(error.hint, "Perhaps you meant to call the function api.careful");
}

TEST_F(LookupErrors, AFunctionCalledWithoutOrWithWrongArguments) {
    const auto none = no_function(cache(), {"api", "add"}, shape({}));
    EXPECT_EQ(none.message, "Could not find the function api.add without parameters in the schema cache");
    EXPECT_EQ(none.details,
              "Searched for the function api.add without parameters, but no matches were found in the schema cache.");
    const auto wrong = no_function(cache(), {"api", "add"}, shape({"a", "bb"}, true));
    EXPECT_EQ(wrong.details,
              "Searched for the function api.add with parameters a, bb or with a single unnamed json/jsonb parameter, "
              "but no matches were found in the schema cache.");
    EXPECT_EQ(wrong.hint, "Perhaps you meant to call the function api.add(a, b)");
}

TEST_F(LookupErrors, AFunctionThatTakesNoSuchBody) {
    const auto error = no_function(cache(), {"api", "add"}, shape({}, true, MediaType::Kind::plain_text));
    EXPECT_EQ(error.message, "Could not find the function api.add in the schema cache");
    EXPECT_EQ(
        error.details,
        "Searched for the function api.add with a single unnamed text parameter, but no matches were found in the "
        "schema cache.");
    EXPECT_EQ(error.hint, std::nullopt);
}

TEST_F(LookupErrors, SeveralFunctions) {
    std::vector<const Function*> found;
    for (const auto& f : cache().functions({"api", "add"})) found.push_back(&f);
    const auto error = ambiguous_function(found);
    EXPECT_EQ(error.status, 300u);
    EXPECT_EQ(error.message,
              "Could not choose the best candidate function between: api.add(a => integer, b => integer), api.add(a => "
              "integer, b => integer, c => integer)");
    EXPECT_EQ(error.hint,
              "Try renaming the parameters or the function itself in the database so function overloading can be "
              "resolved");
}

}  // namespace
}  // namespace platform::restql
