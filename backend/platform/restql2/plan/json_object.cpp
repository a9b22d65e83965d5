#include "platform/restql2/plan/json_object.hpp"

#include <boost/json.hpp>

namespace platform::restql {

std::string json_object(std::span<const std::pair<std::string, std::string>> pairs) {
    boost::json::object object;
    for (const auto& [name, value] : pairs) object[name] = value;
    return boost::json::serialize(object);
}

}  // namespace platform::restql
