#include "services/course-service/src/import/names.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <charconv>

namespace tt::course::import {
namespace {

using platform::lower_ascii;

constexpr std::size_t max_slug_bytes = 60;

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (lower_ascii(c) >= 'a' && lower_ascii(c) <= 'z');
}

}  // namespace

std::string slugify(std::string_view title) {
    std::string slug;
    for (const char c : title) {
        if (is_alphanumeric(c)) {
            slug += lower_ascii(c);
        } else if (!slug.empty() && slug.back() != '-') {
            slug += '-';
        }
    }
    slug.resize(std::min(slug.size(), max_slug_bytes));
    while (!slug.empty() && slug.back() == '-') slug.pop_back();
    return slug;
}

std::string percent_decode(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size()) {
            const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16);
            if (error == std::errc{} && end == text.data() + i + 3) {
                decoded += static_cast<char>(value);
                i += 2;
                continue;
            }
        }
        decoded += text[i];
    }
    return decoded;
}

std::string reference_name(std::string_view file_name) {
    std::string name;
    for (const char c : file_name) {
        const bool is_kept = is_alphanumeric(c) || c == '.' || c == '-';
        if (is_kept) {
            name += c;
        } else if (name.empty() || name.back() != '_') {
            name += '_';
        }
    }
    return name;
}

std::string trimmed(std::string_view text) {
    return std::string(platform::trimmed(text));
}

}  // namespace tt::course::import
