#include "platform/json/document.hpp"

#include "platform/json/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>

namespace platform::json {
namespace detail {
namespace {

namespace bj = boost::json;

/// Builds the document and notes what makes it unacceptable. Boost's value_stack keeps the last of two equal members,
/// so duplicates show as a difference between the members read and the members kept.
class DocumentBuilder {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    explicit DocumentBuilder(bj::storage_ptr memory) { stack_.reset(std::move(memory)); }

    bj::value release() { return stack_.release(); }
    std::size_t members_read() const { return members_read_; }
    bool has_nul() const { return has_nul_; }
    bool has_infinity() const { return has_infinity_; }

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) { return true; }
    bool on_array_begin(bj::error_code&) { return true; }
    bool on_object_begin(bj::error_code&) { return true; }
    bool on_array_end(std::size_t n, bj::error_code&) {
        stack_.push_array(n);
        return true;
    }
    bool on_object_end(std::size_t n, bj::error_code&) {
        members_read_ += n;
        stack_.push_object(n);
        return true;
    }
    bool on_string_part(bj::string_view text, std::size_t, bj::error_code& error) {
        stack_.push_chars(text);
        return check_text(text, error);
    }
    bool on_string(bj::string_view text, std::size_t, bj::error_code& error) {
        stack_.push_string(text);
        return check_text(text, error);
    }
    bool on_key_part(bj::string_view text, std::size_t, bj::error_code& error) {
        stack_.push_chars(text);
        return check_text(text, error);
    }
    bool on_key(bj::string_view text, std::size_t, bj::error_code& error) {
        stack_.push_key(text);
        return check_text(text, error);
    }
    bool on_number_part(bj::string_view, bj::error_code&) { return true; }
    bool on_int64(std::int64_t value, bj::string_view, bj::error_code&) {
        stack_.push_int64(value);
        return true;
    }
    bool on_uint64(std::uint64_t value, bj::string_view, bj::error_code&) {
        stack_.push_uint64(value);
        return true;
    }
    bool on_double(double value, bj::string_view, bj::error_code& error) {
        stack_.push_double(value);
        has_infinity_ = !std::isfinite(value);
        if (has_infinity_) error = bj::error::exponent_overflow;
        return !has_infinity_;
    }
    bool on_bool(bool value, bj::error_code&) {
        stack_.push_bool(value);
        return true;
    }
    bool on_null(bj::error_code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
    bool on_comment(bj::string_view, bj::error_code&) { return true; }

private:
    bool check_text(bj::string_view text, bj::error_code& error) {
        // PostgreSQL cannot store U+0000 and C strings end there.
        has_nul_ = text.find('\0') != bj::string_view::npos;
        if (has_nul_) error = bj::error::syntax;
        return !has_nul_;
    }

    bj::value_stack stack_;
    std::size_t members_read_ = 0;
    bool has_nul_ = false;
    bool has_infinity_ = false;
};

std::size_t count_members(const bj::value& value) {
    std::size_t count = 0;
    if (const auto* object = value.if_object()) {
        count = object->size();
        for (const auto& member : *object) count += count_members(member.value());
    } else if (const auto* array = value.if_array()) {
        for (const auto& item : *array) count += count_members(item);
    }
    return count;
}

Error malformed(std::string message) {
    return Error{Code::invalid_argument, "malformed_json", std::move(message)};
}

std::string describe(const DocumentBuilder& builder, const bj::error_code& error, std::size_t offset) {
    if (builder.has_nul()) return "Strings must not contain U+0000.";
    if (builder.has_infinity()) return "A number is too large.";
    if (error == bj::error::too_deep) {
        return "The document is nested more than " + std::to_string(max_depth) + " levels deep.";
    }
    if (error == bj::error::incomplete) return "The document ends too early.";
    return "Not valid JSON: " + error.message() + " at byte " + std::to_string(offset) + ".";
}

}  // namespace

Result<bj::value> parse_document(std::string_view text, bj::storage_ptr memory) {
    bj::parse_options options;
    options.max_depth = max_depth;
    bj::basic_parser<DocumentBuilder> parser(options, std::move(memory));
    bj::error_code error;
    std::size_t offset = parser.write_some(false, text.data(), text.size(), error);
    if (!error && offset < text.size()) error = bj::error::extra_data;
    if (error) return malformed(describe(parser.handler(), error, offset));
    const std::size_t members_read = parser.handler().members_read();
    bj::value document = parser.handler().release();
    if (count_members(document) != members_read) return malformed("An object has the same member twice.");
    return document;
}

}  // namespace detail

Result<boost::json::value> parse_value(std::string_view text) {
    return detail::parse_document(text, boost::json::storage_ptr());
}

}  // namespace platform::json
