#include "platform/restql/parse/query_string.hpp"

#include "platform/core/text.hpp"
#include "platform/http/request.hpp"
#include "platform/restql/parse/conditions.hpp"
#include "platform/restql/parse/field.hpp"
#include "platform/restql/parse/order.hpp"
#include "platform/restql/parse/select.hpp"

#include <algorithm>
#include <utility>

namespace platform::restql {
namespace {

bool is_logic(std::string_view key) {
    const auto word = last_word(key);
    return word == "and" || word == "or";
}

bool is_filter(std::string_view key) {
    const auto word = last_word(key);
    const bool is_reserved = word == "order" || word == "limit" || word == "offset" || is_logic(key);
    return !is_reserved && key != "select" && key != "columns" && key != "on_conflict";
}

/// Each takes some hundred bytes however short it is; a table has 1,600 columns at most.
constexpr std::size_t max_parameters = 16'384;

ApiError too_many_parameters() {
    return {.status = 400,
            .code = "PGRST100",
            .message = "\"failed to parse parameters\"",
            .details = "more than " + std::to_string(max_parameters) + " parameters"};
}

std::string hexadecimal(unsigned char byte) {
    constexpr std::string_view digits = "0123456789abcdef";
    return {'0', 'x', digits[byte >> 4u], digits[byte & 15u]};
}

ApiResult<std::vector<std::string>> parse_list(std::string_view what, const std::string& text, Budget& budget) {
    return parse_text<std::vector<std::string>>(
        what, text, text, budget,
        [](Lexer& in, Budget&, std::vector<std::string>& names) { return parse_names(in, names); });
}

class QueryParser {
public:
    QueryParser(std::span<const QueryParameter> parameters, bool is_function_read, Budget& budget)
        : parameters_(parameters),
          is_function_read_(is_function_read),
          budget_(budget),
          conditions_(parameters.size()) {}

    ApiResult<ParsedQuery> run() {
        using Step = ApiResult<void> (QueryParser::*)();
        for (const Step step : {&QueryParser::orders, &QueryParser::logic, &QueryParser::columns, &QueryParser::select,
                                &QueryParser::filters, &QueryParser::conflict}) {
            if (auto done = (this->*step)(); !done) return std::move(done).error();
        }
        for (auto& condition : conditions_) {
            if (condition) query_.conditions.push_back(std::move(*condition));
        }
        return std::move(query_);
    }

private:
    /// The first parameter of that name, as it stands: one without a value hides one that has it.
    const std::string* find(std::string_view name) const {
        const auto found = std::ranges::find(parameters_, name, &QueryParameter::key);
        return found != parameters_.end() && found->value ? &*found->value : nullptr;
    }

    ApiResult<void> orders() {
        for (const auto& [key, value] : parameters_) {
            if (!value || last_word(key) != "order") continue;
            auto parsed = parse_key(key, budget_);
            if (!parsed) return std::move(parsed).error();
            auto terms = parse_order(*value, budget_);
            if (!terms) return std::move(terms).error();
            query_.orders.push_back({std::move(parsed->path), std::move(*terms)});
        }
        return {};
    }

    ApiResult<void> logic() {
        for (std::size_t i = 0; i < parameters_.size(); ++i) {
            const auto& [key, value] = parameters_[i];
            if (!value || !is_logic(key)) continue;
            auto path = parse_text<std::vector<std::string>>(
                "logic path", key, key, budget_, [](Lexer& in, Budget&, std::vector<std::string>& names) {
                    const auto name = [&] { return parse_name(in, names.emplace_back()); };
                    return in.separated(name, [&] { return parse_dot(in); });
                });
            if (!path) return std::move(path).error();
            std::string op = std::move(path->back());
            path->pop_back();
            if (std::erase(*path, "not") > 0) op.insert(0, "not.");
            auto condition = parse_logic(op, *value, budget_);
            if (!condition) return std::move(condition).error();
            conditions_[i].emplace(std::move(*path), std::move(*condition));
        }
        return {};
    }

    ApiResult<void> columns() {
        const auto* text = find("columns");
        if (!text) return {};
        auto names = parse_list("columns parameter", *text, budget_);
        if (!names) return std::move(names).error();
        std::ranges::sort(*names);
        names->erase(std::unique(names->begin(), names->end()), names->end());
        query_.columns = std::move(*names);
        return {};
    }

    ApiResult<void> select() {
        if (const auto* text = find("select")) {
            auto items = parse_select(*text, budget_);
            if (!items) return std::move(items).error();
            query_.select = std::move(*items);
        }
        if (query_.select.empty()) query_.select.push_back({SelectColumn{.field = {.name = "*"}}});
        return {};
    }

    ApiResult<void> filters() {
        for (std::size_t i = 0; i < parameters_.size(); ++i) {
            const auto& [key, value] = parameters_[i];
            if (!value || !is_filter(key)) continue;
            if (auto added = filter(i, key, *value); !added) return std::move(added).error();
        }
        return {};
    }

    ApiResult<void> filter(std::size_t index, const std::string& key, const std::string& value) {
        auto parsed = parse_key(key, budget_);
        if (!parsed) return std::move(parsed).error();
        std::optional<Operation> operation;
        if (is_function_read_) {
            auto read = parse_operation_or_argument(value, budget_);
            if (!read) return std::move(read).error();
            operation = std::move(*read);
        } else {
            auto read = parse_operation(value, budget_);
            if (!read) return std::move(read).error();
            operation = std::move(*read);
        }
        if (operation) {
            conditions_[index].emplace(std::move(parsed->path),
                                       Filter{std::move(parsed->field), std::move(*operation)});
        } else {
            query_.arguments.emplace_back(std::move(parsed->field.name), value);
        }
        return {};
    }

    ApiResult<void> conflict() {
        const auto* text = find("on_conflict");
        if (!text) return {};
        auto names = parse_list("on_conflict parameter", *text, budget_);
        if (!names) return std::move(names).error();
        query_.on_conflict = std::move(*names);
        return {};
    }

    std::span<const QueryParameter> parameters_;
    bool is_function_read_;
    Budget& budget_;
    std::vector<std::optional<At<Condition>>> conditions_;  ///< of the parameter with that index
    ParsedQuery query_{};
};

}  // namespace

std::string_view last_word(std::string_view key) {
    return key.substr(key.rfind('.') + 1);  // npos + 1 is 0
}

ApiResult<TreePath> parse_key(const std::string& key, Budget& budget) {
    return parse_text<TreePath>("tree path", key, key, budget, [](Lexer& in, Budget&, TreePath& out) {
        return parse_tree_path(in, out.path, out.field);
    });
}

std::optional<ApiError> check_text(std::string_view text) {
    const ApiError error{.status = 400, .code = "22021", .message = "invalid byte sequence for encoding \"UTF8\":"};
    while (!text.empty()) {
        const auto length = text.front() == '\0' ? 0 : utf8_sequence_length(text);
        if (length == 0) {
            auto refused = error;
            refused.message += " " + hexadecimal(static_cast<unsigned char>(text.front()));
            return refused;
        }
        text.remove_prefix(length);
    }
    return std::nullopt;
}

ApiResult<std::vector<QueryParameter>> decode_parameters(std::string_view text) {
    std::vector<QueryParameter> parameters;
    while (!text.empty()) {
        if (parameters.size() == max_parameters) return too_many_parameters();
        const auto end = std::min(text.find_first_of("&;"), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = pair.find('=');
        QueryParameter parameter{http::decode_query(pair.substr(0, equals)), std::nullopt};
        if (equals != std::string_view::npos) parameter.value = http::decode_query(pair.substr(equals + 1));
        if (auto error = check_text(parameter.key)) return std::move(*error);
        if (auto error = parameter.value ? check_text(*parameter.value) : std::nullopt) return std::move(*error);
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

ApiResult<ParsedQuery> parse_query(std::span<const QueryParameter> parameters, bool is_function_read, Budget& budget) {
    return QueryParser(parameters, is_function_read, budget).run();
}

std::string canonical_query(std::span<const QueryParameter> parameters) {
    std::vector<const QueryParameter*> sorted;
    for (const auto& parameter : parameters) sorted.push_back(&parameter);
    // Equal keys stay in the order sent.
    std::ranges::sort(sorted, [](const QueryParameter* a, const QueryParameter* b) {
        const int order = a->key.compare(b->key);
        return order < 0 || (order == 0 && a < b);
    });
    std::string text;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const bool repeats = i > 0 && sorted[i]->key == sorted[i - 1]->key;
        if (repeats) {
            text += ',';
        } else {
            text += (i > 0 ? "&" : "") + http::percent_encode(sorted[i]->key) + '=';
        }
        text += http::percent_encode(sorted[i]->value.value_or(""));
    }
    return text;
}

}  // namespace platform::restql
