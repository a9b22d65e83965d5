#pragma once

#include "platform/json/type_info.hpp"

#include <boost/json/value.hpp>
#include <functional>
#include <string>

namespace platform::json {

/// tt.course.Course: unique, and allowed in a $ref.
std::string dotted_name(const TypeInfo& type);

/// Builds JSON Schemas; described structs and enums become references when `refer` gives a name for them.
class SchemaBuilder {
public:
    /// Returns the $ref of a described type, or an empty string to write it out in place.
    using Refer = std::function<std::string(const TypeInfo&)>;
    explicit SchemaBuilder(Refer refer) : refer_(std::move(refer)) {}

    boost::json::value schema(const TypeInfo& type, const Rule& rule, bool is_nullable = false) const;
    /// The definition of a described struct or enum itself.
    boost::json::object definition(const TypeInfo& type) const;

private:
    boost::json::object plain(const TypeInfo& type, const Rule& rule) const;

    Refer refer_;
};

}  // namespace platform::json
