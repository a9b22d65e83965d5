#include "platform/json/bind.hpp"

#include "platform/core/text.hpp"
#include "platform/json/document.hpp"
#include "platform/json/formats.hpp"
#include "platform/json/json.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>

namespace platform::json {
namespace {

namespace bj = boost::json;

std::string number_text(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::string amount(std::size_t count, std::string_view unit) {
    return std::to_string(count) + ' ' + std::string(unit) + (count == 1 ? "" : "s");
}

/// A whole number in any of the three forms Boost.JSON stores it in.
std::optional<std::int64_t> whole_number(const bj::value& value) {
    if (const auto* number = value.if_int64()) return *number;
    const auto* number = value.if_double();
    constexpr double exact = 9007199254740992.0;  // 2^53: beyond it the sender's digits are lost
    if (number && std::trunc(*number) == *number && std::abs(*number) <= exact) {
        return static_cast<std::int64_t>(*number);
    }
    return std::nullopt;
}

std::string list_names(std::span<const EnumName> names) {
    std::string list;
    for (const auto& name : names) {
        if (!list.empty()) list += ", ";
        list += name.name;
    }
    return list;
}

}  // namespace

void Binder::push(std::string_view name) {
    marks_.push_back(pointer_.size());
    pointer_ += '/';
    for (const char c : name) {  // RFC 6901 §3
        if (c == '~') {
            pointer_ += "~0";
        } else if (c == '/') {
            pointer_ += "~1";
        } else {
            pointer_ += c;
        }
    }
}

void Binder::pop() {
    pointer_.resize(marks_.back());
    marks_.pop_back();
}

void Binder::fail(std::string detail) {
    if (errors_.size() < max_field_errors) errors_.push_back({pointer_, std::move(detail)});
}

Error Binder::error() && {
    Error error{Code::invalid_argument, "validation_failed", "The request has invalid members."};
    error.fields = std::move(errors_);
    return error;
}

void Binder::bind(const TypeInfo& type, const Rule& rule, const bj::value& value, void* out) {
    switch (type.kind) {
        case Kind::boolean:
            if (!value.is_bool()) return fail("must be true or false");
            *static_cast<bool*>(out) = value.get_bool();
            return;
        case Kind::integer:
            return bind_integer(type, rule, value, out);
        case Kind::number:
            return bind_number(type, rule, value, out);
        case Kind::string:
        case Kind::uuid:
        case Kind::time:
        case Kind::enumeration:
            return bind_text(type, rule, value, out);
        case Kind::optional:
            return bind_optional(type, rule, value, out);
        case Kind::array:
            return bind_array(type, rule, value, out);
        case Kind::object:
            return bind_object(type, value, out);
        case Kind::raw:
            static_cast<Raw*>(out)->text = bj::serialize(value);
            return;
        case Kind::any:
            // Copied into the target's own memory: the document lives in a short-lived arena.
            *static_cast<bj::value*>(out) = value;
            return;
    }
}

void Binder::bind_integer(const TypeInfo& type, const Rule& rule, const bj::value& value, void* out) {
    const auto number = whole_number(value);
    if (!number) return fail(value.is_uint64() ? "is too large" : "must be a whole number");
    if (*number < type.minimum) return fail("must be at least " + std::to_string(type.minimum));
    if (*number > type.maximum) return fail("must be at most " + std::to_string(type.maximum));
    check_range(rule, static_cast<double>(*number));
    type.set_integer(out, *number);
}

void Binder::bind_number(const TypeInfo& type, const Rule& rule, const bj::value& value, void* out) {
    if (!value.is_number()) return fail("must be a number");
    const double number = value.to_number<double>();
    check_range(rule, number);
    type.set_number(out, number);
}

void Binder::check_range(const Rule& rule, double value) {
    if (rule.minimum && value < *rule.minimum) fail("must be at least " + number_text(*rule.minimum));
    if (rule.maximum && value > *rule.maximum) fail("must be at most " + number_text(*rule.maximum));
}

void Binder::bind_text(const TypeInfo& type, const Rule& rule, const bj::value& value, void* out) {
    const auto* string = value.if_string();
    if (!string) return fail("must be a string");
    const std::string_view text(string->data(), string->size());
    if (type.kind == Kind::string) return bind_string(rule, text, out);
    if (type.kind == Kind::enumeration) return bind_enum(type, text, out);
    if (type.kind == Kind::uuid) {
        const auto id = parse_uuid(text);
        if (!id) return fail("must be a UUID");
        *static_cast<Uuid*>(out) = *id;
        return;
    }
    const auto time = parse_rfc3339(text);
    if (!time) return fail("must be a date and time such as 2026-01-31T09:00:00Z");
    *static_cast<Time*>(out) = *time;
}

void Binder::bind_string(const Rule& rule, std::string_view text, void* out) {
    const std::size_t length = count_characters(text);
    if (rule.min_length && length < *rule.min_length) {
        fail(text.empty() ? "must not be empty" : "must have at least " + amount(*rule.min_length, "character"));
    } else if (rule.max_length && length > *rule.max_length) {
        fail("must have at most " + amount(*rule.max_length, "character"));
    } else if (!rule.format.empty() && !has_format(rule.format, text)) {
        fail("must be " + std::string(format_description(rule.format)));
    }
    static_cast<std::string*>(out)->assign(text);
}

void Binder::bind_enum(const TypeInfo& type, std::string_view text, void* out) {
    for (const auto& name : type.names) {
        if (name.name == text) return type.set_integer(out, name.value);
    }
    fail("must be one of " + list_names(type.names));
}

void Binder::bind_optional(const TypeInfo& type, const Rule& rule, const bj::value& value, void* out) {
    const TypeInfo& element = type.element();
    if (value.is_null()) {
        // optional<optional<T>>: the member is there, and it is null.
        if (element.kind == Kind::optional) type.append(out);
        return;
    }
    bind(element, rule, value, type.append(out));
}

void Binder::bind_array(const TypeInfo& type, const Rule& rule, const bj::value& value, void* out) {
    const auto* array = value.if_array();
    if (!array) return fail("must be an array");
    if (rule.min_items && array->size() < *rule.min_items) {
        fail("must have at least " + amount(*rule.min_items, "item"));
    }
    // Not read further: the limit is there to bound the work.
    if (rule.max_items && array->size() > *rule.max_items) {
        return fail("must have at most " + amount(*rule.max_items, "item"));
    }
    std::size_t index = 0;
    for (const auto& item : *array) {
        push(std::to_string(index++));
        bind(type.element(), rule, item, type.append(out));
        pop();
    }
}

void Binder::bind_object(const TypeInfo& type, const bj::value& value, void* out) {
    const auto* object = value.if_object();
    if (!object) return fail("must be an object");
    for (const auto& member : type.members) bind_member(member, *object, out);
    check_unknown(type, *object);
}

void Binder::bind_member(const MemberInfo& member, const bj::object& object, void* out) {
    const auto* value = object.if_contains(member.name);
    const TypeInfo& type = member.type();
    if (!value && (type.kind == Kind::optional || member.rule->may_be_absent)) return;
    push(member.name);
    if (value) {
        bind(type, *member.rule, *value, member.at(out));
    } else {
        fail("is required");
    }
    pop();
}

void Binder::check_unknown(const TypeInfo& type, const bj::object& object) {
    for (const auto& given : object) {
        const std::string_view name(given.key().data(), given.key().size());
        const bool is_known =
            std::ranges::any_of(type.members, [&](const auto& member) { return member.name == name; });
        if (is_known) continue;
        push(name);
        fail("is not a known member");
        pop();
    }
}

namespace detail {

std::optional<Error> parse_into(std::string_view text, const TypeInfo& type, void* out) {
    std::array<unsigned char, 4096> buffer;  // most bodies need no heap at all
    bj::monotonic_resource memory(buffer.data(), buffer.size());
    auto document = parse_document(text, &memory);
    if (!document) return document.error();
    Binder binder;
    binder.bind(type, no_rule, *document, out);
    if (binder.has_failed()) return std::move(binder).error();
    return std::nullopt;
}

}  // namespace detail
}  // namespace platform::json
