#include "platform/http/request.hpp"

#include <array>

namespace platform::http {
namespace {

constexpr std::array<std::string_view, 9> method_names{"GET",    "HEAD",    "POST",  "PUT",  "PATCH",
                                                       "DELETE", "OPTIONS", "QUERY", "OTHER"};

using Parameter = std::pair<std::string_view, std::string_view>;

/// Takes the next name=value off the front of a query.
Parameter next_parameter(std::string_view& rest) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) return {pair, {}};
    return {pair.substr(0, equals), pair.substr(equals + 1)};
}

}  // namespace

Method parse_method(std::string_view text) {
    for (std::size_t i = 0; i + 1 < method_names.size(); ++i) {
        if (method_names[i] == text) return static_cast<Method>(i);
    }
    return Method::other;
}

std::string_view to_string(Method method) {
    return method_names[static_cast<std::size_t>(method)];
}

std::string_view Request::path() const {
    const std::string_view text(target);
    return text.substr(0, text.find('?'));
}

std::string_view Request::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::optional<std::string> Request::query_param(std::string_view name) const {
    for (std::string_view rest = query(); !rest.empty();) {
        const auto [key, value] = next_parameter(rest);
        if (key == name || decode_query(key) == name) return decode_query(value);
    }
    return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> Request::query_params() const {
    std::vector<std::pair<std::string, std::string>> list;
    for (std::string_view rest = query(); !rest.empty();) {
        const auto [key, value] = next_parameter(rest);
        if (!key.empty() || !value.empty()) list.emplace_back(decode_query(key), decode_query(value));
    }
    return list;
}

std::string_view Request::param(std::string_view name) const {
    for (const auto& [key, value] : params) {
        if (key == name) return value;
    }
    return {};
}

std::optional<Uuid> Request::uuid_param(std::string_view name) const {
    return parse_uuid(param(name));
}

std::string_view Request::header(std::string_view name) const {
    return headers.find(name).value_or(std::string_view());
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (std::string_view rest = header("cookie"); !rest.empty();) {
        const auto end = rest.find(';');
        auto pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
            return pair.substr(name.size() + 1);
        }
    }
    return std::nullopt;
}

std::string Request::traceparent() const {
    return trace::to_traceparent(trace.self);
}

void Request::set_attachment(const void* key, std::shared_ptr<const void> value) {
    for (auto& [existing, object] : attachments_) {
        if (existing == key) {
            object = std::move(value);
            return;
        }
    }
    attachments_.emplace_back(key, std::move(value));
}

const void* Request::attachment(const void* key) const {
    for (const auto& [existing, object] : attachments_) {
        if (existing == key) return object.get();
    }
    return nullptr;
}

void Request::reset() {
    constexpr std::size_t kept_body_bytes = 4096;  // an idle connection stays small
    method = Method::get;
    method_text.clear();
    target.clear();
    headers.clear();
    if (body.capacity() > kept_body_bytes) {
        body = std::string();
    } else {
        body.clear();
    }
    body_file.clear();
    request_id.clear();
    trace_id.clear();
    trace = {};
    deadline = Deadline::max();
    route = nullptr;
    renderers = nullptr;
    body_source = nullptr;
    params.clear();
    attachments_.clear();
}

}  // namespace platform::http
