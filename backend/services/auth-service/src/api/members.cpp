#include "services/auth-service/src/api/members.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

Error bad_member(const std::string& name) {
    return Error{Code::invalid_argument, "bad_json", "Invalid JSON body: " + name};
}

const bj::value* given(const bj::object& body, std::string_view name) {
    const bj::value* value = body.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
}

}  // namespace

std::optional<std::string> optional_text(const bj::object& body, std::string_view name) {
    const bj::value* value = given(body, name);
    return value && value->is_string() ? std::optional(std::string(value->get_string())) : std::nullopt;
}

Result<std::optional<bool>> optional_flag(const bj::object& body, const std::string& name) {
    const bj::value* value = given(body, name);
    if (!value) return std::optional<bool>();
    if (!value->is_bool()) return bad_member(name);
    return std::optional<bool>(value->get_bool());
}

Result<std::optional<std::vector<std::string>>> optional_list(const bj::object& body, const std::string& name) {
    const bj::value* value = given(body, name);
    if (!value) return std::optional<std::vector<std::string>>();
    if (!value->is_array()) return bad_member(name);
    std::vector<std::string> list;
    for (const bj::value& item : value->get_array()) {
        if (!item.is_string()) return bad_member(name);
        list.emplace_back(item.get_string());
    }
    return std::optional(std::move(list));
}

Result<std::optional<bj::object>> optional_object(const bj::object& body, const std::string& name) {
    const bj::value* value = given(body, name);
    if (!value) return std::optional<bj::object>();
    if (!value->is_object()) return bad_member(name);
    return std::optional(value->get_object());
}

}  // namespace tt::auth::api
