#pragma once

#include "platform/core/result.hpp"
#include "platform/json/type_info.hpp"

#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace platform::json {

/// Moves a document into an object of a described type and collects every field error on the way.
class Binder {
public:
    void bind(const TypeInfo& type, const Rule& rule, const boost::json::value& value, void* out);

    /// For documents that came from elsewhere (a query string): adds an error at the current place.
    void fail(std::string detail);
    void push(std::string_view name);
    void pop();

    bool has_failed() const { return !errors_.empty(); }
    /// "validation_failed" with everything found.
    Error error() &&;

private:
    void bind_object(const TypeInfo& type, const boost::json::value& value, void* out);
    void bind_member(const MemberInfo& member, const boost::json::object& object, void* out);
    void bind_array(const TypeInfo& type, const Rule& rule, const boost::json::value& value, void* out);
    void bind_optional(const TypeInfo& type, const Rule& rule, const boost::json::value& value, void* out);
    void bind_integer(const TypeInfo& type, const Rule& rule, const boost::json::value& value, void* out);
    void bind_number(const TypeInfo& type, const Rule& rule, const boost::json::value& value, void* out);
    void bind_text(const TypeInfo& type, const Rule& rule, const boost::json::value& value, void* out);
    void bind_string(const Rule& rule, std::string_view text, void* out);
    void bind_enum(const TypeInfo& type, std::string_view text, void* out);
    void check_range(const Rule& rule, double value);
    void check_unknown(const TypeInfo& type, const boost::json::object& object);

    std::string pointer_;
    std::vector<std::size_t> marks_;  // where each step of pointer_ begins
    std::vector<FieldError> errors_;
};

}  // namespace platform::json
