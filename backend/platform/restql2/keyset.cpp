#include "platform/restql2/keyset.hpp"

#include "platform/crypto/encoding.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <vector>

namespace platform::restql {
namespace {

constexpr std::string_view parameter = "after=";

/// The query without some of its parameters.
std::string without(std::string_view query, std::initializer_list<std::string_view> prefixes) {
    std::string kept;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto one = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const bool is_left_out = std::ranges::any_of(prefixes, [&](auto prefix) { return one.starts_with(prefix); });
        if (one.empty() || is_left_out) continue;
        if (!kept.empty()) kept += '&';
        kept += one;
    }
    return kept;
}

const std::vector<OrderTerm>* root_order(const ApiRequest& request) {
    for (const auto& order : request.query.orders) {
        if (order.path.empty()) return &order.value;
    }
    return nullptr;
}

bool is_plain(const OrderTerm& term) {
    return !term.relation && term.field.path.empty();
}

/// Selected under its own name, and nothing else under it.
bool is_selected(const ApiRequest& request, const std::string& column) {
    bool is_found = false;
    for (const auto& item : request.query.select) {
        if (const auto* embed = std::get_if<Embed>(&item.item)) {
            if (embed->is_spread || embed->alias == column || embed->target == column) return false;
            continue;
        }
        const auto& selected = std::get<SelectColumn>(item.item);
        if (selected.alias == column) return false;
        const bool is_itself = selected.field.name == column && selected.field.path.empty();
        const bool is_bare = selected.cast.empty() && !selected.aggregate && selected.alias.empty();
        is_found = is_found || selected.field.name == "*" || (is_itself && is_bare);
    }
    return is_found;
}

/// Whether the order names one row, by columns whose values the answer shows.
bool is_total(const ApiRequest& request, const std::vector<OrderTerm>& order, const Relation& relation) {
    for (const auto& term : order) {
        const auto* column = relation.find(term.field.name);
        if (!is_plain(term) || !column || column->is_nullable || !is_selected(request, column->name)) return false;
    }
    const auto is_ordered = [&](const std::string& key) {
        return std::ranges::any_of(order, [&](const OrderTerm& term) { return term.field.name == key; });
    };
    return !relation.key.empty() && std::ranges::all_of(relation.key, is_ordered);
}

/// json_agg puts each row on a line of its own.
std::optional<boost::json::object> last_row(std::string_view body) {
    const auto line = body.rfind('\n');
    auto text = body.substr(line == std::string_view::npos ? 0 : line + 1);
    const auto begin = text.find('{');
    if (begin == std::string_view::npos || !text.ends_with(']')) return std::nullopt;
    boost::system::error_code failure;
    auto value = boost::json::parse(text.substr(begin, text.size() - begin - 1), failure);
    if (failure || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::optional<std::string> cursor_of(const boost::json::object& row, const std::vector<OrderTerm>& order) {
    boost::json::array values;
    for (const auto& term : order) {
        const auto* value = row.if_contains(term.field.name);
        if (!value || value->is_null() || value->is_structured()) return std::nullopt;
        values.push_back(value->is_string() ? *value : boost::json::value(boost::json::serialize(*value)));
    }
    return crypto::base64url_encode(boost::json::serialize(values));
}

Filter compare(const OrderTerm& term, std::string op, std::string value) {
    return {.field = term.field, .operation = {.op = std::move(op), .value = std::move(value)}};
}

/// (a > x) or (a = x and b > y) or …
std::unique_ptr<Logic> behind(const std::vector<OrderTerm>& order, const std::vector<std::string>& values) {
    auto any = std::make_unique<Logic>();
    any->is_or = true;
    for (std::size_t last = 0; last < order.size(); ++last) {
        auto all = std::make_unique<Logic>();
        for (std::size_t i = 0; i < last; ++i) all->conditions.emplace_back(compare(order[i], "eq", values[i]));
        const bool is_descending = order[last].is_descending.value_or(false);
        all->conditions.emplace_back(compare(order[last], is_descending ? "lt" : "gt", values[last]));
        any->conditions.emplace_back(std::move(all));
    }
    return any;
}

ApiError bad_cursor() {
    return {.status = 416,
            .code = "PGRST103",
            .message = "Requested range not satisfiable",
            .details = "The cursor in 'after' does not belong to this order; take it from a Link of the same request."};
}

ApiResult<std::vector<std::string>> read_cursor(const std::string& cursor) {
    const auto text = crypto::base64url_decode(cursor);
    boost::system::error_code failure;
    const auto value = text ? boost::json::parse(*text, failure) : boost::json::value();
    if (failure || !value.is_array()) return bad_cursor();
    std::vector<std::string> values;
    for (const auto& item : value.get_array()) {
        if (!item.is_string()) return bad_cursor();
        values.emplace_back(item.get_string());
    }
    return values;
}

}  // namespace

Keyset Keyset::take(http::Request& request) {
    Keyset keyset;
    if (request.method != http::Method::get && request.method != http::Method::head) return keyset;
    if (request.query().find(parameter) == std::string_view::npos) return keyset;
    keyset.cursor_ = request.query_param("after");
    const auto rest = without(request.query(), {parameter});
    request.target = std::string(request.path()) + (rest.empty() ? "" : "?" + rest);
    return keyset;
}

ApiResult<> Keyset::apply(ApiRequest& request) const {
    if (!cursor_) return {};
    const auto* order = root_order(request);
    const auto values = read_cursor(*cursor_);
    if (!values) return values.error();
    if (request.action != Action::read || !order || order->size() != values->size()) return bad_cursor();
    if (!std::ranges::all_of(*order, is_plain)) return bad_cursor();
    request.query.conditions.push_back({{}, behind(*order, *values)});
    return {};
}

void Keyset::add_link(http::Response& response, const http::Request& http, const ApiRequest& request,
                      const Relation& relation, std::int64_t rows, std::string_view body) {
    const auto* order = root_order(request);
    const bool is_full = request.window.limit && rows > 0 && rows == *request.window.limit;
    if (!is_full || !order || order->empty() || !is_total(request, *order, relation)) return;
    const auto row = last_row(body);
    const auto cursor = row ? cursor_of(*row, *order) : std::nullopt;
    if (!cursor) return;
    const auto kept = without(http.query(), {parameter, "offset="});
    response.headers.set("Link", "<" + std::string(http.path()) + "?" + kept + "&after=" + *cursor + ">; rel=\"next\"");
}

}  // namespace platform::restql
