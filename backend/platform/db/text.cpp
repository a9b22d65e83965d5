#include "platform/db/text.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace platform::db::detail {
namespace {

constexpr std::size_t shown_characters = 40;  // of a bad value in an error message: enough to see its shape

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// One element of an array literal, starting at `position`; leaves it behind the element.
std::optional<std::string> parse_element(std::string_view text, std::size_t& position) {
    std::string element;
    if (text[position] == '"') {
        for (++position; position < text.size() && text[position] != '"'; ++position) {
            if (text[position] == '\\' && position + 1 < text.size()) ++position;
            element += text[position];
        }
        ++position;
        return element;
    }
    while (position < text.size() && text[position] != ',' && text[position] != '}') element += text[position++];
    if (element == "NULL") return std::nullopt;
    return element;
}

}  // namespace

void bad_value(std::string_view type, std::string_view text) {
    throw BadValue("not a value of type " + std::string(type) + ": " + std::string(text.substr(0, shown_characters)));
}

bool parse_bool(std::string_view text) {
    if (text == "t") return true;
    if (text == "f") return false;
    bad_value("boolean", text);
}

std::int64_t parse_int(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) bad_value("integer", text);
    return value;
}

double parse_double(std::string_view text) {
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) bad_value("number", text);
    return value;
}

Uuid parse_uuid_value(std::string_view text) {
    const auto id = parse_uuid(text);
    if (!id) bad_value("uuid", text);
    return *id;
}

Time parse_time(std::string_view text) {
    const auto time = parse_rfc3339(text);
    if (!time) bad_value("timestamptz", text);
    return *time;
}

std::string parse_bytea(std::string_view text) {
    if (!text.starts_with("\\x") || text.size() % 2 != 0) bad_value("bytea", text);
    std::string bytes;
    bytes.reserve(text.size() / 2 - 1);
    for (std::size_t i = 2; i < text.size(); i += 2) {
        const int high = hex_digit(text[i]);
        const int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) bad_value("bytea", text);
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

std::vector<std::optional<std::string>> parse_array(std::string_view text) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') bad_value("array", text);
    std::vector<std::optional<std::string>> elements;
    std::size_t position = 1;
    while (position < text.size() - 1) {
        if (text[position] == '{') bad_value("one-dimensional array", text);
        elements.push_back(parse_element(text, position));
        if (position >= text.size() || (text[position] != ',' && text[position] != '}')) bad_value("array", text);
        ++position;
    }
    return elements;
}

std::string write_double(double value) {
    std::array<char, 32> buffer;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return std::string(buffer.data(), end);
}

std::string write_bytea(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "\\x";
    text.reserve(2 + bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

void append_array_element(std::string& literal, const std::optional<std::string>& element) {
    if (literal.size() > 1) literal += ',';
    if (!element) {
        literal += "NULL";
        return;
    }
    literal += '"';
    for (const char c : *element) {
        if (c == '"' || c == '\\') literal += '\\';
        literal += c;
    }
    literal += '"';
}

}  // namespace platform::db::detail
