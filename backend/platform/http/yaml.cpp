#include "platform/http/headers.hpp"
#include "platform/http/openapi.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>

namespace platform::http {
namespace {

namespace bj = boost::json;

/// Words that YAML readers (1.1 ones too) take for something else than text.
constexpr std::array<std::string_view, 10> reserved{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_plain(std::string_view text) {
    if (text.empty() || (!is_letter(text.front()) && text.front() != '/' && text.front() != '_')) return false;
    if (text.back() == ' ') return false;
    const bool is_simple = std::ranges::all_of(text, [](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') ||
               std::string_view("_./{}-+ ()").find(c) != std::string_view::npos;
    });
    return is_simple && std::ranges::none_of(reserved, [&](std::string_view word) { return iequals(word, text); });
}

class YamlWriter {
public:
    std::string take() { return std::move(out_); }

    /// Writes `value` after a key or a dash; nested blocks begin on a new line.
    void write(const bj::value& value, std::size_t depth) {
        if (const auto* object = value.if_object(); object && !object->empty()) {
            out_ += '\n';
            write_object(*object, depth, false);
        } else if (const auto* array = value.if_array(); array && !array->empty()) {
            out_ += '\n';
            write_array(*array, depth);
        } else {
            out_ += ' ';
            write_scalar(value);
            out_ += '\n';
        }
    }

    void write_object(const bj::object& object, std::size_t depth, bool is_first_inline) {
        for (const auto& member : object) {
            if (!is_first_inline) indent(depth);
            is_first_inline = false;
            write_text({member.key().data(), member.key().size()});
            out_ += ':';
            write(member.value(), depth + 1);
        }
    }

private:
    void write_array(const bj::array& array, std::size_t depth) {
        for (const auto& item : array) {
            indent(depth);
            out_ += '-';
            const auto* object = item.if_object();
            if (object && !object->empty()) {
                out_ += ' ';
                write_object(*object, depth + 1, true);
            } else {
                write(item, depth + 1);
            }
        }
    }

    void write_scalar(const bj::value& value) {
        if (const auto* text = value.if_string()) {
            write_text({text->data(), text->size()});
        } else {
            out_ += bj::serialize(value);  // numbers, booleans, null, {} and [] read the same in YAML
        }
    }

    void write_text(std::string_view text) {
        if (is_plain(text)) {
            out_ += text;
        } else {
            out_ += bj::serialize(bj::string(text));  // a JSON string is a double-quoted YAML scalar
        }
    }

    void indent(std::size_t depth) { out_.append(depth * 2, ' '); }

    std::string out_;
};

}  // namespace

std::string to_yaml(const bj::value& value) {
    YamlWriter writer;
    if (const auto* object = value.if_object(); object && !object->empty()) {
        writer.write_object(*object, 0, false);
        return writer.take();
    }
    writer.write(value, 0);
    std::string text = writer.take();
    return text.substr(1);
}

}  // namespace platform::http
