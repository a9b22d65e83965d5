#include "platform/restql/keyset.hpp"

#include "platform/crypto/encoding.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
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

/// json_agg puts each row on a line of its own. Nothing when a document in the row has lines too.
std::optional<std::string_view> last_row(std::string_view body) {
    const auto line = body.rfind('\n');
    auto text = body.substr(line == std::string_view::npos ? 0 : line + 1);
    const auto begin = text.find('{');
    if (begin == std::string_view::npos || !text.ends_with(']')) return std::nullopt;
    text = text.substr(begin, text.size() - begin - 1);
    boost::system::error_code failure;
    const auto value = boost::json::parse(text, failure);
    return !failure && value.is_object() ? std::optional(text) : std::nullopt;
}

/// The end of the JSON value that `text` begins with.
std::size_t end_of_value(std::string_view text) {
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_quoted && c == '\\') {
            ++i;
        } else if (c == '"') {
            is_quoted = !is_quoted;
        } else if (is_quoted) {
            continue;
        } else if (depth == 0 && (c == ',' || c == ':' || c == '}')) {
            return i;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return text.size();
}

/// The members of a valid object, values as they are written: a number keeps all its digits.
std::map<std::string, std::string_view> members_of(std::string_view object) {
    std::map<std::string, std::string_view> members;
    for (auto rest = object.substr(1); rest.size() > 1;) {
        const auto name_end = end_of_value(rest);
        const auto name = boost::json::parse(rest.substr(0, name_end));
        rest.remove_prefix(name_end + 1);
        const auto value_end = end_of_value(rest);
        const auto begin = std::min(rest.find_first_not_of(' '), value_end);
        members[std::string(name.get_string())] = rest.substr(begin, value_end - begin);
        rest.remove_prefix(value_end + 1);
    }
    return members;
}

std::optional<std::string> cursor_of(std::string_view row, const std::vector<OrderTerm>& order) {
    const auto members = members_of(row);
    boost::json::array values;
    for (const auto& term : order) {
        const auto found = members.find(term.field.name);
        const auto value = found == members.end() ? std::string_view("null") : found->second;
        if (value == "null" || value.starts_with('{') || value.starts_with('[')) return std::nullopt;
        values.push_back(value.starts_with('"') ? boost::json::parse(value) : boost::json::value(value));
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
                      const Relation& relation, const Page& page) {
    const auto* order = root_order(request);
    const bool is_full = page.rows > 0 && page.rows == page.limit;
    if (http.method != http::Method::get || !is_full) return;
    if (!order || order->empty() || !is_total(request, *order, relation)) return;
    const auto row = last_row(page.body);
    const auto cursor = row ? cursor_of(*row, *order) : std::nullopt;
    if (!cursor) return;
    const auto kept = without(http.query(), {parameter, "offset="});
    response.headers.set("Link", "<" + std::string(http.path()) + "?" + kept + "&after=" + *cursor + ">; rel=\"next\"");
}

}  // namespace platform::restql
