#pragma once

#include "platform/core/result.hpp"
#include "shared/types/prelude.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Members of a body that may be left out, or be null, which is the same. Error of all: bad_json (400) for another
/// type.
namespace tt::auth::api {

std::optional<std::string> optional_text(const boost::json::object& body, std::string_view name);
Result<std::optional<bool>> optional_flag(const boost::json::object& body, const std::string& name);
Result<std::optional<std::vector<std::string>>> optional_list(const boost::json::object& body, const std::string& name);
Result<std::optional<boost::json::object>> optional_object(const boost::json::object& body, const std::string& name);

}  // namespace tt::auth::api
