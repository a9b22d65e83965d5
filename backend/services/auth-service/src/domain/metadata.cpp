#include "services/auth-service/src/domain/metadata.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

namespace json = boost::json;
using platform::Code;
using platform::Error;

std::string text_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

platform::Result<std::string> merged_metadata(const std::string& current, const json::object& change) {
    json::object merged = json::parse(current).as_object();
    for (const auto& [name, value] : change) {
        if (value.is_null()) {
            merged.erase(name);
        } else {
            merged[name] = value;
        }
    }
    std::string text = json::serialize(merged);
    if (text.size() > metadata_limit_bytes) {
        return Error{Code::invalid_argument, "validation_failed", "User metadata is too large"};
    }
    return text;
}

std::string display_name_of(const std::string& user_metadata) {
    const json::object metadata = json::parse(user_metadata).as_object();
    const std::string name = text_member(metadata, "display_name");
    return name.empty() ? text_member(metadata, "name") : name;
}

std::vector<std::string> roles_of(const std::string& app_metadata) {
    const json::object metadata = json::parse(app_metadata).as_object();
    const json::value* list = metadata.if_contains("roles");
    std::vector<std::string> roles;
    if (!list || !list->is_array()) return roles;
    for (const json::value& role : list->get_array()) {
        if (role.is_string()) roles.emplace_back(role.get_string());
    }
    return roles;
}

std::string with_role(const std::string& app_metadata, const std::string& role) {
    std::vector<std::string> roles = roles_of(app_metadata);
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    json::object metadata = json::parse(app_metadata).as_object();
    metadata["roles"] = json::array(roles.begin(), roles.end());
    return json::serialize(metadata);
}

}  // namespace tt::auth
