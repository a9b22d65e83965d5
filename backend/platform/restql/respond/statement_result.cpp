#include "platform/restql/respond/statement_result.hpp"

#include <boost/json.hpp>

#include <memory>

namespace platform::restql {
namespace {

std::optional<std::string> owned(std::optional<std::string_view> text) {
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// bytea in PostgreSQL's hex form.
std::string bytes_of(std::string_view hex) {
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 2; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>((hex_digit(hex[i]) << 4) | hex_digit(hex[i + 1]));
    }
    return bytes;
}

http::SharedText body_of(const std::shared_ptr<const db::Rows>& rows) {
    const auto column = rows->column("body");
    const auto text = rows->text(0, column);
    if (!text) return {};
    if (!rows->is_bytea(column)) return {rows, *text};
    auto bytes = std::make_shared<const std::string>(bytes_of(*text));
    return {bytes, *bytes};
}

boost::json::value top_plan(const db::Rows& rows) {
    boost::system::error_code failure;
    const auto text = rows.empty() ? std::nullopt : rows.text(0, std::size_t{0});
    const auto value = boost::json::parse(text.value_or(""), failure);
    if (failure || !value.is_array() || value.get_array().empty()) return nullptr;
    const auto* plan =
        value.get_array()[0].is_object() ? value.get_array()[0].get_object().if_contains("Plan") : nullptr;
    return plan ? *plan : boost::json::value(nullptr);
}

}  // namespace

StatementResult read_result(db::Rows rows) {
    if (rows.empty()) return {};
    const auto shared = std::make_shared<const db::Rows>(std::move(rows));
    return {
        .total = shared->get<std::optional<std::int64_t>>(0, "total_result_set"),
        .page_total = shared->get<std::int64_t>(0, "page_total"),
        .location =
            shared->get<std::optional<std::vector<std::string>>>(0, "location").value_or(std::vector<std::string>{}),
        .body = body_of(shared),
        .response_headers = owned(shared->text(0, "response_headers")),
        .response_status = owned(shared->text(0, "response_status")),
        .inserted = shared->get<std::optional<std::int64_t>>(0, "response_inserted")};
}

StatementResult read_explain(const db::Rows& rows) {
    auto text = std::make_shared<std::string>();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        *text += rows.text(row, std::size_t{0}).value_or("");
        *text += '\n';
    }
    StatementResult result;
    result.body = {text, *text};
    return result;
}

std::optional<std::int64_t> planned_rows(const db::Rows& rows) {
    const auto plan = top_plan(rows);
    const auto* count = plan.is_object() ? plan.get_object().if_contains("Plan Rows") : nullptr;
    return count && count->is_number() ? std::optional(count->to_number<std::int64_t>()) : std::nullopt;
}

std::optional<double> planned_cost(const db::Rows& rows) {
    const auto plan = top_plan(rows);
    const auto* cost = plan.is_object() ? plan.get_object().if_contains("Total Cost") : nullptr;
    return cost && cost->is_number() ? std::optional(cost->to_number<double>()) : std::nullopt;
}

}  // namespace platform::restql
