#pragma once

// Private to this module: the parts of `$name$k=v,k=v$salt$hash`.

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::crypto {

using FormFields = std::vector<std::pair<std::string_view, std::string_view>>;

inline std::vector<std::string_view> split_form(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// What stands between the dollars; empty when the first character is none.
inline std::vector<std::string_view> form_parts(std::string_view form) {
    return form.starts_with('$') ? split_form(form.substr(1), '$') : std::vector<std::string_view>();
}

inline FormFields form_fields(std::string_view text) {
    FormFields fields;
    for (const auto field : split_form(text, ',')) {
        const auto equals = field.find('=');
        if (equals == std::string_view::npos) return {};
        fields.emplace_back(field.substr(0, equals), field.substr(equals + 1));
    }
    return fields;
}

inline std::optional<std::string_view> form_field(const FormFields& fields, std::string_view name) {
    for (const auto& [key, value] : fields) {
        if (key == name) return value;
    }
    return std::nullopt;
}

inline std::optional<std::uint32_t> form_number(const FormFields& fields, std::string_view name) {
    const auto text = form_field(fields, name);
    if (!text || text->empty()) return std::nullopt;
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
    return value;
}

}  // namespace platform::crypto
