#include "platform/restql/respond/openapi2.hpp"

#include "platform/restql/respond/openapi2_parts.hpp"

#include <boost/url.hpp>
#include <unordered_map>
#include <unordered_set>

namespace platform::restql {
namespace {

namespace json = boost::json;
using namespace openapi2_parts;

// The document describes a wire that has a manual of its own.
constexpr std::string_view manual_url = "https://postgrest.org/en/v16/references/api.html";
constexpr std::string_view wire_version = "16";

constexpr std::string_view relations_sql = R"sql(
SELECT c.relname AS name
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p')
  AND NOT c.relispartition
  AND (pg_has_role(c.relowner, 'USAGE')
       OR has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
       OR has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
  AND n.nspname = )sql";

// The types are spelled as the caller's search path sees them.
constexpr std::string_view functions_sql = R"sql(
SELECT p.oid::bigint AS id,
       coalesce((SELECT array_agg(format_type(a.type, NULL) ORDER BY a.position)
                 FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS a (type, position)
                 WHERE coalesce(p.proargmodes[a.position] IN ('i', 'b', 'v'), true)), '{}') AS types
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind = 'f'
  AND has_function_privilege(p.oid, 'EXECUTE')
  AND n.nspname = )sql";

constexpr std::string_view description_sql = R"sql(
SELECT obj_description(n.oid, 'pg_namespace') AS description
FROM pg_catalog.pg_namespace n
WHERE n.nspname = )sql";

Sql of_schema(std::string_view text, const std::string& schema) {
    Sql sql;
    sql += text;
    sql += sql.bind(schema);
    return sql;
}

bool follows_privileges(const Options& options) {
    return options.openapi == Options::OpenApi::follow_privileges;
}

/// What the document is about.
struct Subject {
    std::vector<const Relation*> relations;
    std::vector<Function> functions;
    std::optional<std::string> description;
};

Subject find_subject(const SchemaCache& schema, const std::string& name, const Options& options,
                     const std::vector<db::Rows>& replies) {
    const bool follows = follows_privileges(options);
    std::unordered_set<std::string> relations;
    std::unordered_map<std::uint32_t, std::vector<std::string>> types;
    if (follows) {
        for (auto& relation : replies.at(0).many<std::string>()) relations.insert(std::move(relation));
        const auto& rows = replies.at(1);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            types.emplace(rows.get<std::uint32_t>(i, "id"), rows.get<std::vector<std::string>>(i, "types"));
        }
    }
    Subject subject;
    for (const auto& relation : schema.relations()) {
        if (relation.id.schema == name && (!follows || relations.contains(relation.id.name))) {
            subject.relations.push_back(&relation);
        }
    }
    for (const auto* function : schema.functions_of(name)) {
        const auto own = types.find(function->oid);
        if (follows && own == types.end()) continue;
        subject.functions.push_back(*function);
        if (!follows) continue;
        auto& parameters = subject.functions.back().parameters;
        for (std::size_t i = 0; i < parameters.size() && i < own->second.size(); ++i)
            parameters[i].type = own->second[i];
    }
    const auto& description = replies.back();
    if (!description.empty()) subject.description = description.get<std::optional<std::string>>(0, "description");
    return subject;
}

json::object root_path() {
    return {{"get", json::object{{"tags", json::array{"Introspection"}},
                                 {"summary", "OpenAPI description (this document)"},
                                 {"produces", json::array{"application/openapi+json", "application/json"}},
                                 {"responses", json::object{{"200", json::object{{"description", "OK"}}}}}}}};
}

json::object info(const std::optional<std::string>& comment) {
    auto [title, description] = split_comment(comment);
    return {{"title", title ? *title : "Data API"},
            {"description", title ? description.value_or("") : "The relations and functions of one schema."},
            {"version", wire_version}};
}

/// Where the document's paths begin; without a configured URL, where it was fetched from.
void add_server(json::object& document, const std::optional<std::string>& url) {
    document["basePath"] = "/";
    if (!url) return;
    const auto parsed = boost::urls::parse_uri(*url);
    if (!parsed) return;
    const bool is_plain = parsed->scheme() == "http";
    const std::string port = parsed->has_port() ? std::string(parsed->port()) : (is_plain ? "80" : "443");
    document["host"] = std::string(parsed->encoded_host()) + ":" + port;
    if (!parsed->encoded_path().empty()) document["basePath"] = std::string(parsed->encoded_path());
    document["schemes"] = json::array{is_plain ? "http" : "https"};
}

void add_security(json::object& document) {
    document["securityDefinitions"] = json::object{
        {"JWT", json::object{{"type", "apiKey"},
                             {"name", "Authorization"},
                             {"in", "header"},
                             {"description", "Add the token prepending \"Bearer \" (without quotes) to it"}}}};
    document["security"] = json::array{json::object{{"JWT", json::array{}}}};
}

}  // namespace

std::vector<Sql> openapi2_queries(const std::string& schema, const Options& options) {
    std::vector<Sql> queries;
    if (follows_privileges(options)) queries = {of_schema(relations_sql, schema), of_schema(functions_sql, schema)};
    queries.push_back(of_schema(description_sql, schema));
    return queries;
}

std::string openapi2(const SchemaCache& schema, const std::string& schema_name, const Options& options,
                     const std::vector<db::Rows>& replies) {
    const auto subject = find_subject(schema, schema_name, options, replies);
    json::object definitions;
    json::object paths{{"/", root_path()}};
    json::object parameters = common_parameters();
    for (const auto* relation : subject.relations) {
        definitions[relation->id.name] = definition(*relation, schema);
        paths["/" + relation->id.name] = relation_path(*relation);
        add_parameters(parameters, *relation);
    }
    for (const auto& function : subject.functions) paths["/rpc/" + function.id.name] = function_path(function);

    json::object document{{"swagger", "2.0"}, {"info", info(subject.description)}};
    add_server(document, options.openapi_server_url);
    document["consumes"] = row_media_types();
    document["produces"] = row_media_types();
    document["paths"] = std::move(paths);
    document["definitions"] = std::move(definitions);
    document["parameters"] = std::move(parameters);
    if (options.openapi_security) add_security(document);
    document["externalDocs"] = json::object{{"description", "Manual of this wire"}, {"url", manual_url}};
    return json::serialize(document);
}

}  // namespace platform::restql
