#include "platform/restql/plan/insert_plan.hpp"

#include <boost/json.hpp>

namespace platform::restql {
namespace {

ApiError invalid_body(std::string message) {
    return {.status = 400, .code = "PGRST102", .message = std::move(message)};
}

ApiResult<boost::json::array> read_rows(const http::Request& request) {
    const std::string_view type = request.header("content-type");
    if (!type.empty() && !type.starts_with("application/json")) {
        return invalid_body("Content-Type not acceptable: " + std::string(type));
    }
    boost::system::error_code failure;
    auto value = boost::json::parse(request.body, failure);
    if (failure) return invalid_body("Empty or invalid json");
    if (value.is_object()) return boost::json::array{std::move(value)};
    if (!value.is_array()) return invalid_body("Empty or invalid json");
    for (const auto& row : value.as_array()) {
        if (!row.is_object()) return invalid_body("All object keys must match");
    }
    return std::move(value.as_array());
}

ApiResult<std::vector<std::string>> columns_of(const boost::json::array& rows) {
    std::vector<std::string> names;
    if (rows.empty()) return names;
    const auto& first = rows.front().as_object();
    for (const auto& [name, value] : first) names.emplace_back(name);
    for (const auto& row : rows) {
        const auto& object = row.as_object();
        bool has_same_keys = object.size() == first.size();
        for (const auto& name : names) has_same_keys = has_same_keys && object.contains(name);
        if (!has_same_keys) return invalid_body("All object keys must match");
    }
    return names;
}

}  // namespace

ApiResult<InsertPlan> plan_insert(const Relation& relation, const ParsedQuery& query, const http::Request& request) {
    const auto rows = read_rows(request);
    if (!rows) return rows.error();
    auto names = query.columns ? ApiResult<std::vector<std::string>>(*query.columns) : columns_of(*rows);
    if (!names) return names.error();

    // The body as it was sent: parsed and written again, a numeric beyond a double would lose digits.
    const bool is_array = request.body.find_first_not_of(" \t\r\n") == request.body.find('[');
    InsertPlan plan{.relation = &relation,
                    .row_count = rows->size(),
                    .payload = is_array ? request.body : "[" + request.body + "]"};
    for (const auto& name : *names) {
        const Column* column = relation.find(name);
        if (!column) {
            return ApiError{
                .status = 400,
                .code = "PGRST204",
                .message = "Could not find the '" + name + "' column of '" + relation.name + "' in the schema cache"};
        }
        plan.columns.push_back(column);
    }
    return plan;
}

}  // namespace platform::restql
