#pragma once

#include "platform/restql/schema/schema_cache.hpp"

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <utility>

/// The parts of an OpenAPI 2.0 document that tell of one relation or function.
namespace platform::restql::openapi2_parts {

boost::json::object definition(const Relation& relation, const SchemaCache& schema);
boost::json::object relation_path(const Relation& relation);
boost::json::object function_path(const Function& function);

/// Those that every relation shares, and those of one.
boost::json::object common_parameters();
void add_parameters(boost::json::object& parameters, const Relation& relation);

/// JSON as array, object with and without nulls, CSV.
boost::json::array row_media_types();

/// The first line of a comment, and what follows it; nothing where there is none.
std::pair<std::optional<std::string>, std::optional<std::string>> split_comment(
    const std::optional<std::string>& comment);

}  // namespace platform::restql::openapi2_parts
