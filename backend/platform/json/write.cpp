#include "platform/json/json.hpp"

#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>

namespace platform::json::detail {
namespace {

void write_string(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, begin, i - begin);
        begin = i + 1;
        out += '\\';
        switch (c) {
            case '"':
            case '\\':
                out += static_cast<char>(c);
                break;
            case '\n':
                out += 'n';
                break;
            case '\r':
                out += 'r';
                break;
            case '\t':
                out += 't';
                break;
            default:
                out += "u00";
                out += hex[c >> 4];
                out += hex[c & 15];
        }
    }
    out.append(text, begin);
    out += '"';
}

void write_integer(std::string& out, std::int64_t value) {
    std::array<char, 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    out.append(text.data(), end);
}

void write_number(std::string& out, double value) {
    if (!std::isfinite(value)) {  // JSON has no spelling for it
        out += "null";
        return;
    }
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    out.append(text.data(), end);
}

void write_enum(std::string& out, const TypeInfo& type, std::int64_t value) {
    for (const auto& name : type.names) {
        if (name.value == value) return write_string(out, name.name);
    }
    throw std::logic_error("json: value without a name in enum " + std::string(type.name));
}

/// Whether the member is left out: an absent optional<optional>, or one whose rule says so.
bool is_omitted(const MemberInfo& member, const TypeInfo& type, const void* value) {
    if (type.kind != Kind::optional || type.size(value) == 1) return false;
    return member.rule->omit_when_null || type.element().kind == Kind::optional;
}

void write_object(std::string& out, const TypeInfo& type, const void* value) {
    out += '{';
    bool is_first = true;
    for (const auto& member : type.members) {
        const TypeInfo& member_type = member.type();
        const void* at = member.at(const_cast<void*>(value));  // only read: the table has one accessor for both ways
        if (is_omitted(member, member_type, at)) continue;
        if (!is_first) out += ',';
        is_first = false;
        out += '"';
        out += member.name;  // a C++ identifier needs no escapes
        out += "\":";
        write_into(out, member_type, at);
    }
    out += '}';
}

void write_array(std::string& out, const TypeInfo& type, const void* value) {
    out += '[';
    const TypeInfo& element = type.element();
    const std::size_t size = type.size(value);
    for (std::size_t i = 0; i < size; ++i) {
        if (i > 0) out += ',';
        write_into(out, element, type.item(value, i));
    }
    out += ']';
}

}  // namespace

void write_into(std::string& out, const TypeInfo& type, const void* value) {
    switch (type.kind) {
        case Kind::boolean:
            out += *static_cast<const bool*>(value) ? "true" : "false";
            return;
        case Kind::integer:
            return write_integer(out, type.get_integer(value));
        case Kind::number:
            return write_number(out, type.get_number(value));
        case Kind::string:
            return write_string(out, *static_cast<const std::string*>(value));
        case Kind::uuid:
            return write_string(out, to_string(*static_cast<const Uuid*>(value)));
        case Kind::time:
            return write_string(out, to_rfc3339(*static_cast<const Time*>(value)));
        case Kind::enumeration:
            return write_enum(out, type, type.get_integer(value));
        case Kind::optional:
            if (type.size(value) == 0) {
                out += "null";
            } else {
                write_into(out, type.element(), type.item(value, 0));
            }
            return;
        case Kind::array:
            return write_array(out, type, value);
        case Kind::object:
            return write_object(out, type, value);
        case Kind::raw: {
            const auto& text = static_cast<const Raw*>(value)->text;
            out += text.empty() ? "null" : text;
            return;
        }
        case Kind::any:
            out += boost::json::serialize(*static_cast<const boost::json::value*>(value));
            return;
    }
}

}  // namespace platform::json::detail
