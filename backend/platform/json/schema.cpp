#include "platform/json/schema.hpp"

#include "platform/json/json.hpp"

namespace platform::json {
namespace {

namespace bj = boost::json;

/// 3.0 is written as 3: limits of whole numbers should look like whole numbers.
bj::value limit(double value) {
    const auto whole = static_cast<std::int64_t>(value);
    if (static_cast<double>(whole) == value) return whole;
    return value;
}

bj::object text_schema(const Rule& rule) {
    bj::object schema{{"type", "string"}};
    if (rule.min_length) schema["minLength"] = *rule.min_length;
    if (rule.max_length) schema["maxLength"] = *rule.max_length;
    if (rule.format == "slug") {
        schema["pattern"] = "^[a-z0-9]+(-+[a-z0-9]+)*$";
    } else if (!rule.format.empty()) {
        schema["format"] = rule.format;
    }
    return schema;
}

bj::object number_schema(const TypeInfo& type, const Rule& rule) {
    bj::object schema{{"type", type.kind == Kind::integer ? "integer" : "number"}};
    if (rule.minimum) {
        schema["minimum"] = limit(*rule.minimum);
    } else if (type.kind == Kind::integer && type.minimum == 0) {
        schema["minimum"] = 0;
    }
    if (rule.maximum) schema["maximum"] = limit(*rule.maximum);
    if (type.kind == Kind::integer) schema["format"] = type.maximum > INT32_MAX ? "int64" : "int32";
    return schema;
}

bool is_required(const MemberInfo& member) {
    return member.type().kind != Kind::optional && !member.rule->may_be_absent;
}

bj::object nullable(bj::object schema) {
    if (auto* type = schema.if_contains("type")) {
        *type = bj::array{*type, "null"};
        return schema;
    }
    if (schema.empty()) return schema;  // any value, null among them
    return {{"oneOf", bj::array{std::move(schema), bj::object{{"type", "null"}}}}};
}

}  // namespace

bj::object SchemaBuilder::definition(const TypeInfo& type) const {
    if (type.kind == Kind::enumeration) {
        bj::array names;
        for (const auto& name : type.names) names.emplace_back(name.name);
        return {{"type", "string"}, {"enum", std::move(names)}};
    }
    bj::array required;
    bj::object properties;
    for (const auto& member : type.members) {
        bj::value property = schema(member.type(), *member.rule);
        if (!member.rule->description.empty()) property.as_object()["description"] = member.rule->description;
        properties.emplace(member.name, std::move(property));
        if (is_required(member)) required.emplace_back(member.name);
    }
    bj::object schema{{"type", "object"}};
    if (!required.empty()) schema["required"] = std::move(required);
    schema["properties"] = std::move(properties);
    schema["additionalProperties"] = false;
    return schema;
}

bj::object SchemaBuilder::plain(const TypeInfo& type, const Rule& rule) const {
    switch (type.kind) {
        case Kind::boolean:
            return {{"type", "boolean"}};
        case Kind::integer:
        case Kind::number:
            return number_schema(type, rule);
        case Kind::string:
            return text_schema(rule);
        case Kind::uuid:
            return {{"type", "string"}, {"format", "uuid"}};
        case Kind::time:
            return {{"type", "string"}, {"format", "date-time"}};
        case Kind::array: {
            bj::object schema{{"type", "array"}};
            if (rule.min_items) schema["minItems"] = *rule.min_items;
            if (rule.max_items) schema["maxItems"] = *rule.max_items;
            schema["items"] = this->schema(type.element(), rule);
            return schema;
        }
        case Kind::enumeration:
        case Kind::object: {
            const std::string reference = refer_(type);
            if (reference.empty()) return definition(type);
            return {{"$ref", reference}};
        }
        case Kind::optional:
        case Kind::raw:
        case Kind::any:
            break;
    }
    return {};  // any JSON value
}

bj::value SchemaBuilder::schema(const TypeInfo& type, const Rule& rule, bool is_nullable) const {
    if (type.kind == Kind::optional) return schema(type.element(), rule, !rule.omit_when_null);
    bj::object result = plain(type, rule);
    if (is_nullable) result = nullable(std::move(result));
    return result;
}

std::string dotted_name(const TypeInfo& type) {
    std::string name;
    for (std::size_t i = 0; i < type.name.size(); ++i) {
        const bool is_scope = type.name.substr(i, 2) == "::";
        name += is_scope ? '.' : type.name[i];
        i += is_scope ? 1 : 0;
    }
    return name;
}

namespace detail {

bj::value schema_of(const TypeInfo& type) {
    std::vector<const TypeInfo*> referred;
    const SchemaBuilder builder([&](const TypeInfo& inner) {
        if (std::ranges::find(referred, &inner) == referred.end()) referred.push_back(&inner);
        return "#/$defs/" + dotted_name(inner);
    });
    bj::object root;
    if (type.kind == Kind::object || type.kind == Kind::enumeration) {
        root = builder.definition(type);
    } else {
        root = builder.schema(type, no_rule).as_object();
    }
    bj::object definitions;
    for (std::size_t i = 0; i < referred.size(); ++i) {  // a definition may refer to more
        const TypeInfo& inner = *referred[i];
        bj::object definition = builder.definition(inner);
        definitions[dotted_name(inner)] = std::move(definition);
    }
    if (!definitions.empty()) root["$defs"] = std::move(definitions);
    return root;
}

}  // namespace detail
}  // namespace platform::json
