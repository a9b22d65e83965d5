#include "platform/restql/tests/schema_kit.hpp"

namespace platform::restql {
namespace {

class SchemaLoad : public SchemaTest {};

TEST_F(SchemaLoad, ColumnsAreDescribedInTableOrder) {
    const auto& clients = relation("clients");
    EXPECT_EQ(clients.description, "Who pays");
    ASSERT_EQ(clients.columns.size(), 6u);
    EXPECT_EQ(clients.columns[0].default_value, "nextval('api.clients_id_seq')");
    EXPECT_FALSE(clients.columns[0].is_nullable);
    EXPECT_EQ(clients.columns[1].type, "character varying");
    EXPECT_EQ(clients.columns[1].nominal_type, "api.short_name");
    EXPECT_EQ(clients.columns[1].max_length, 12);
    EXPECT_EQ(clients.columns[1].default_value, "'nobody'::character varying");
    EXPECT_FALSE(clients.columns[1].is_nullable);
    EXPECT_EQ(clients.columns[2].type, "api.mood");
    EXPECT_EQ(clients.columns[2].enum_values, (std::vector<std::string>{"low", "high"}));
    EXPECT_EQ(clients.columns[3].type, "integer");
    EXPECT_EQ(clients.columns[3].nominal_type, "api.color");
    EXPECT_EQ(clients.columns[4].nominal_type, "character(3)");
    EXPECT_EQ(clients.columns[4].description, "of three letters");
    EXPECT_NE(clients.find("odd \"name"), nullptr);
    EXPECT_EQ(clients.find("none"), nullptr);
}

TEST_F(SchemaLoad, OnlyExposedRelationsThatAreNoPartitionsAreListed) {
    EXPECT_EQ(cache().relation({"inner_part", "people"}), nullptr);
    EXPECT_EQ(cache().relation({"api", "measured_2026"}), nullptr);
    EXPECT_NE(cache().relation({"api", "measured"}), nullptr);
    EXPECT_EQ(cache().relations_in("api"), cache().relations().size());
    EXPECT_EQ(cache().relations_in("inner_part"), 0u);
}

TEST_F(SchemaLoad, ViewsKnowWhatCanBeWrittenThroughThemAndTheirTablesKeys) {
    EXPECT_TRUE(relation("projects_view").is_view);
    EXPECT_TRUE(relation("projects_view").is_insertable);
    EXPECT_FALSE(relation("sums").is_insertable);
    EXPECT_FALSE(relation("kept").is_updatable);
    EXPECT_TRUE(relation("clients").is_deletable);
    EXPECT_EQ(relation("tasks").key, (std::vector<std::string>{"number", "project_id"}));
    EXPECT_EQ(relation("projects_view").key, std::vector<std::string>{"project"});
    EXPECT_EQ(relation("busy").key, (std::vector<std::string>{"p", "n"}));
    EXPECT_TRUE(relation("numbers_only").key.empty());
    EXPECT_EQ(relation("kept").key, std::vector<std::string>{"id"});
}

TEST_F(SchemaLoad, ForeignKeysLeadBothWays) {
    EXPECT_EQ(between("projects", "clients"), std::vector<std::string>{"projects_client_id_fkey m2o (client_id=id)"});
    EXPECT_EQ(between("clients", "projects"),
              (std::vector<std::string>{"latest() to one", "projects_client_id_fkey o2m (id=client_id)"}));
    EXPECT_EQ(between("projects", "projects"),
              (std::vector<std::string>{"parent m2o (parent_id=id)", "parent o2m (id=parent_id)"}));
    EXPECT_EQ(between("steps", "tasks"), std::vector<std::string>{"task_fk m2o (project_id=project_id,task=number)"});
}

TEST_F(SchemaLoad, AUniqueForeignKeyIsOneToOne) {
    const auto found = between("secrets", "clients");
    EXPECT_EQ(found, std::vector<std::string>{"secrets_client_id_fkey o2o (client_id=id)"});
}

TEST_F(SchemaLoad, AComputedRelationshipTakesThePlaceOfTheDetectedOne) {
    EXPECT_EQ(between("clients", "secrets"), std::vector<std::string>{"secrets()"});
}

TEST_F(SchemaLoad, AKeyOfTwoForeignKeysIsAJunction) {
    EXPECT_EQ(between("users", "projects"), std::vector<std::string>{"users_projects m2m"});
    const auto found = between("projects", "users");
    ASSERT_EQ(found, std::vector<std::string>{"users_projects m2m"});
    for (const auto& r : cache().relationships({"api", "projects"}, "api")) {
        if (!r.junction || r.target.name != "users") continue;
        EXPECT_EQ(r.junction->origin_columns, (ColumnPairs{{"id", "project_id"}}));
        EXPECT_EQ(r.junction->target_columns, (ColumnPairs{{"id", "user_id"}}));
    }
}

TEST_F(SchemaLoad, ViewsTakePartInTheForeignKeysTheyShow) {
    EXPECT_EQ(between("projects_view", "clients"),
              (std::vector<std::string>{"projects_client_id_fkey m2o (client=id)",
                                        "projects_client_id_fkey m2o (payer=id)"}));
    EXPECT_EQ(between("clients", "projects_view").size(), 2u);
    EXPECT_EQ(between("busy", "people"), std::vector<std::string>{"owner_fk m2o (o=person)"});
    EXPECT_EQ(between("busy", "projects"), std::vector<std::string>{"tasks_project_id_fkey m2o (p=id)"});
    EXPECT_EQ(between("steps", "busy"), std::vector<std::string>{"task_fk m2o (project_id=p,task=n)"});
    EXPECT_EQ(between("kept", "projects_view"), std::vector<std::string>{});
    EXPECT_EQ(between("sums", "clients"), std::vector<std::string>{"projects_client_id_fkey m2o (client_id=id)"});
}

TEST_F(SchemaLoad, ViewsOfViewsReachTheTable) {
    EXPECT_EQ(between("steps_of_busy", "people"), std::vector<std::string>{"owner_fk m2o (o=person)"});
    EXPECT_EQ(between("steps_of_busy", "busy"), std::vector<std::string>{"task_fk m2o (project_id=p,task=n)"});
}

TEST_F(SchemaLoad, ATableOfAnInternalSchemaIsNoTarget) {
    for (const auto& r : cache().relationships({"api", "tasks"}, "api")) EXPECT_EQ(r.target.schema, "api");
    EXPECT_TRUE(cache().relationships({"api", "tasks"}, "inner_part").empty());
}

TEST_F(SchemaLoad, OverloadsStandInTheOrderOfTheirParameters) {
    const auto found = cache().functions({"api", "add"});
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].parameters.size(), 2u);
    EXPECT_TRUE(found[0].parameters[0].is_required);
    EXPECT_FALSE(found[0].parameters[1].is_required);
    EXPECT_EQ(found[0].volatility, Volatility::immutable);
    EXPECT_EQ(found[1].volatility, Volatility::volatile_);
    EXPECT_TRUE(found[0].returns.is_scalar());
}

TEST_F(SchemaLoad, OnlyWhatCanBeCalledByNameOrWithOneBodyIsAFunction) {
    EXPECT_EQ(function("echo").parameters.at(0).name, "");
    EXPECT_TRUE(cache().functions({"api", "unnamed"}).empty());
    EXPECT_TRUE(cache().functions({"api", "two_unnamed"}).empty());
    EXPECT_TRUE(cache().functions({"api", "on_change"}).empty());
    EXPECT_TRUE(cache().functions({"api", "work"}).empty());
    EXPECT_TRUE(cache().functions({"api", "tsv"}).empty());
}

TEST_F(SchemaLoad, ParametersAreTheInputs) {
    const auto& outs = function("outs");
    ASSERT_EQ(outs.parameters.size(), 2u);
    EXPECT_EQ(outs.parameters[0].name, "a");
    EXPECT_EQ(outs.parameters[1].name, "note");
    EXPECT_TRUE(outs.returns.is_composite);
    const auto& words = function("join_words");
    EXPECT_TRUE(words.has_variadic);
    EXPECT_TRUE(words.parameters.at(0).is_variadic);
    EXPECT_EQ(words.parameters.at(0).type, "text[]");
    const auto& ones = function("ones");
    EXPECT_EQ(ones.parameters.at(0).type, "character");
    EXPECT_EQ(ones.parameters.at(0).type_with_length, "character varying");
    EXPECT_EQ(ones.parameters.at(1).type_with_length, "bit varying");
}

TEST_F(SchemaLoad, ReturnTypesAreToldApart) {
    EXPECT_TRUE(function("nothing").returns.is_void());
    EXPECT_TRUE(function("ones").returns.is_set_of_scalar());
    EXPECT_TRUE(function("rows").returns.is_set && function("rows").returns.is_composite);
    EXPECT_EQ(function("all_clients").returns.type, (QualifiedName{"api", "clients"}));
    EXPECT_TRUE(function("all_clients").returns.is_composite);
    EXPECT_TRUE(function("shade").returns.is_scalar());
    EXPECT_TRUE(function("shade").returns.is_composite_alias);
}

TEST_F(SchemaLoad, AFunctionsOwnSettingsMoveToItsTransaction) {
    const auto& careful = function("careful");
    EXPECT_EQ(careful.description, "Slow but right");
    EXPECT_EQ(careful.isolation, "serializable");
    using Settings = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(careful.settings,
              (Settings{{"default_transaction_isolation", "serializable"}, {"statement_timeout", "5s"}}));
}

TEST_F(SchemaLoad, DomainsBringTheirRepresentations) {
    const auto* shown = cache().representation("api.color", "json");
    ASSERT_NE(shown, nullptr);
    EXPECT_EQ(shown->function, (QualifiedName{"api", "color_json"}));
    EXPECT_NE(cache().representation("text", "api.color"), nullptr);
    EXPECT_EQ(cache().representation("json", "api.color"), nullptr);
}

TEST_F(SchemaLoad, DomainsNamedAsMediaTypesHaveHandlers) {
    const QualifiedName clients{"api", "clients"};
    const QualifiedName picture{"api", "picture"};
    const auto* tsv = cache().handler(&clients, "text/tab-separated-values");
    ASSERT_NE(tsv, nullptr);
    EXPECT_EQ(tsv->function, (QualifiedName{"api", "tsv"}));
    EXPECT_EQ(tsv->base_type, "text");
    const auto* any = cache().handler(nullptr, "*/*");
    ASSERT_NE(any, nullptr);
    EXPECT_EQ(any->produces, "application/octet-stream");
    const auto* png = cache().handler(&picture, "image/png");
    ASSERT_NE(png, nullptr);
    EXPECT_FALSE(png->is_aggregate);
    EXPECT_EQ(png->base_type, "bytea");
    EXPECT_EQ(cache().handler(nullptr, "image/png"), nullptr);
}

TEST_F(SchemaLoad, CastsNameTypesOfTheCatalogue) {
    for (const auto* name :
         {"text", "int4", "INTEGER", "double precision", "timestamp  with time zone", "mood", "jsonb"})
        EXPECT_TRUE(cache().is_type(name)) << name;
    for (const auto* name : {"", "clients", "nonsense", "text; DROP TABLE x", "void", "double", "cstring"})
        EXPECT_FALSE(cache().is_type(name)) << name;
}

TEST_F(SchemaLoad, RolesBringTheSettingsThatMayBeSet) {
    const std::string role = database_->name() + "_role";
    database_->exec("CREATE ROLE " + role + "; ALTER ROLE " + role + " SET statement_timeout TO '7s'; ALTER ROLE " +
                    role + " SET default_transaction_isolation TO 'repeatable read'");
    const auto now = runtime_->run(load());
    database_->exec("DROP ROLE " + role);
    const auto settings = now->role_settings(role);
    ASSERT_EQ(settings.size(), 1u);
    EXPECT_EQ(settings[0].second, "7s");
    ASSERT_NE(now->role_isolation(role), nullptr);
    EXPECT_EQ(*now->role_isolation(role), "repeatable read");
    EXPECT_EQ(now->role_isolation("nobody"), nullptr);
}

}  // namespace
}  // namespace platform::restql
