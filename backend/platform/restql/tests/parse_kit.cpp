#include "platform/restql/tests/parse_kit.hpp"

#include <utility>

namespace platform::restql::parse_test {
namespace {

std::string show_column(const SelectColumn& column) {
    std::string text = show(column.field);
    if (!column.cast.empty()) text += "::" + column.cast;
    if (column.aggregate) text += "." + std::string(aggregate_name(*column.aggregate)) + "()";
    if (!column.aggregate_cast.empty()) text += "::" + column.aggregate_cast;
    return column.alias.empty() ? text : "[" + column.alias + "]=" + text;
}

std::string show_embed(const Embed& embed) {
    std::string text = embed.is_spread ? "..." : "";
    if (!embed.alias.empty()) text += "[" + embed.alias + "]=";
    text += "<" + embed.target + ">";
    if (embed.hint) text += "!<" + *embed.hint + ">";
    if (embed.join) text += *embed.join == JoinType::inner ? "!inner" : "!left";
    return text + "{" + show(embed.select) + "}";
}

std::string show(const std::optional<bool>& flag, std::string_view yes, std::string_view no) {
    return flag ? std::string(*flag ? yes : no) : std::string();
}

std::string at(const std::vector<std::string>& path) {
    std::string text;
    for (const auto& name : path) text += "<" + name + ">";
    return text + "@ ";
}

}  // namespace

std::string show(const Field& field) {
    std::string text = "<" + field.name + ">";
    for (const auto& step : field.path) {
        text += (step.is_text ? "->>" : "->") + (step.is_index ? "#" + step.key : "<" + step.key + ">");
    }
    return text;
}

std::string show(const std::vector<SelectItem>& items) {
    std::string text;
    for (const auto& item : items) {
        if (!text.empty()) text += ' ';
        const auto* column = std::get_if<SelectColumn>(&item.item);
        text += column ? show_column(*column) : show_embed(std::get<Embed>(item.item));
    }
    return text;
}

std::string show(const Operation& operation) {
    std::string text = operation.is_negated ? "not " : "";
    text += operation.op;
    if (operation.quantifier == Quantifier::any) text += "(any)";
    if (operation.quantifier == Quantifier::all) text += "(all)";
    if (operation.language) text += "(<" + *operation.language + ">)";
    if (operation.op != "in") return text + " <" + operation.value + ">";
    for (const auto& item : operation.list) text += " <" + item + ">";
    return text;
}

std::string show(const Condition& condition) {
    if (const auto* filter = std::get_if<Filter>(&condition)) {
        return "(" + show(filter->field) + " " + show(filter->operation) + ")";
    }
    const auto& logic = *std::get<std::unique_ptr<Logic>>(condition);
    std::string text = logic.is_negated ? "(not " : "(";
    text += logic.is_or ? "or" : "and";
    for (const auto& part : logic.conditions) text += " " + show(part);
    return text + ")";
}

std::string show(const std::vector<OrderTerm>& terms) {
    std::string text;
    for (const auto& term : terms) {
        if (!text.empty()) text += ", ";
        text += term.relation ? "<" + *term.relation + ">(" + show(term.field) + ")" : show(term.field);
        text += show(term.is_descending, " desc", " asc") + show(term.nulls_first, " nullsfirst", " nullslast");
    }
    return text;
}

std::string show(const Window& window) {
    return std::to_string(window.offset) + "+" + (window.limit ? std::to_string(*window.limit) : "all");
}

std::string show(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += "<" + name + ">";
    return text;
}

std::string show(const ParsedQuery& query) {
    std::string text = "select " + show(query.select) + "\n";
    for (const auto& [path, condition] : query.conditions) text += at(path) + show(condition) + "\n";
    for (const auto& [path, terms] : query.orders) text += at(path) + "order " + show(terms) + "\n";
    for (const auto& [path, window] : query.windows) text += at(path) + "window " + show(window) + "\n";
    if (query.columns) text += "columns " + show(*query.columns) + "\n";
    if (query.on_conflict) text += "conflict " + show(*query.on_conflict) + "\n";
    for (const auto& [name, value] : query.arguments) text += "argument <" + name + "> <" + value + ">\n";
    return text;
}

std::string show(const Payload& payload) {
    std::string text;
    switch (payload.kind) {
        case Payload::Kind::none:
            return "none";
        case Payload::Kind::json:
            text = payload.is_array ? "array" : "object";
            text += " of " + std::to_string(payload.rows);
            break;
        case Payload::Kind::form:
            text = "form";
            break;
        case Payload::Kind::raw:
            text = payload.is_array ? "raw array" : "raw";
            break;
    }
    text += " " + show(payload.keys) + " " + payload.text;
    for (const auto& [name, value] : payload.pairs) text += "<" + name + "=" + value + ">";
    return text;
}

std::string show(const MediaType& type) {
    return mime(type);
}

std::string show(const ApiError& error) {
    std::string text = std::to_string(error.status) + " " + error.code + " " + error.message;
    if (error.details) text += " / " + *error.details;
    if (error.hint) text += " / " + *error.hint;
    return text;
}

ApiResult<ApiRequest> parse(const Sent& sent, const Options& options) {
    http::Request request;
    request.method = http::parse_method(sent.method);
    request.method_text = sent.method;
    request.target = sent.target;
    for (const auto& [name, value] : sent.headers) request.headers.add(name, value);
    request.body = sent.body;
    const std::string path(request.path());
    return parse_request(request, path, options);
}

}  // namespace platform::restql::parse_test
