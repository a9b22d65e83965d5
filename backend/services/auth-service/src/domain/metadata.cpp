#include "services/auth-service/src/domain/metadata.hpp"

#include "platform/json/member.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;
using platform::Code;
using platform::Error;

std::vector<std::string> text_list(const bj::object& object, std::string_view name) {
    const bj::value* list = object.if_contains(name);
    std::vector<std::string> texts;
    if (!list || !list->is_array()) return texts;
    for (const bj::value& item : list->get_array()) {
        if (item.is_string()) texts.emplace_back(item.get_string());
    }
    return texts;
}

std::vector<std::string> with_text(std::vector<std::string> texts, const std::string& text) {
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    return texts;
}

}  // namespace

platform::Result<std::string> merged_metadata(const std::string& current, const bj::object& change) {
    bj::object merged = bj::parse(current).as_object();
    for (const auto& [name, value] : change) {
        if (value.is_null()) {
            merged.erase(name);
        } else {
            merged[name] = value;
        }
    }
    std::string text = bj::serialize(merged);
    if (text.size() > metadata_limit_bytes) {
        return Error{Code::invalid_argument, "validation_failed", "User metadata is too large"};
    }
    return text;
}

std::string display_name_of(const std::string& user_metadata) {
    const bj::object metadata = bj::parse(user_metadata).as_object();
    const std::string name = platform::json::text_member(metadata, "display_name");
    return name.empty() ? platform::json::text_member(metadata, "name") : name;
}

std::vector<std::string> roles_of(const std::string& app_metadata) {
    return text_list(bj::parse(app_metadata).as_object(), "roles");
}

std::string with_provider(const std::string& app_metadata, const std::string& provider) {
    bj::object metadata = bj::parse(app_metadata).as_object();
    const auto providers = with_text(text_list(metadata, "providers"), provider);
    if (platform::json::text_member(metadata, "provider").empty()) metadata["provider"] = provider;
    metadata["providers"] = bj::array(providers.begin(), providers.end());
    return bj::serialize(metadata);
}

std::string with_providers(const std::string& app_metadata, const std::vector<std::string>& providers) {
    bj::object metadata = bj::parse(app_metadata).as_object();
    metadata["providers"] = bj::array(providers.begin(), providers.end());
    if (providers.empty()) {
        metadata.erase("provider");
    } else {
        metadata["provider"] = providers.front();
    }
    return bj::serialize(metadata);
}

std::string with_role(const std::string& app_metadata, const std::string& role) {
    bj::object metadata = bj::parse(app_metadata).as_object();
    const auto roles = with_text(text_list(metadata, "roles"), role);
    metadata["roles"] = bj::array(roles.begin(), roles.end());
    return bj::serialize(metadata);
}

}  // namespace tt::auth
