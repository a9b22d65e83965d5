#include "platform/restql/parse/payload_formats.hpp"
#include "platform/restql/parse/query_string.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace platform::restql {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
/// So much of the rest an error shows.
constexpr std::size_t shown_bytes = 100;

class CsvReader {
public:
    explicit CsvReader(std::string_view text) : text_(text) {}

    bool is_at_end() const { return position_ == text_.size(); }

    /// A line's fields, without the line's end. False for quotes that are out of place.
    bool record(std::vector<std::string>& fields) {
        fields.clear();
        do {
            if (!field(fields.emplace_back())) return false;
        } while (take(','));
        return true;
    }

    bool line_end() {
        if (take('\n')) return true;
        if (!take('\r')) return false;
        take('\n');
        return true;
    }

    std::string_view rest() const { return text_.substr(position_); }

private:
    bool take(char c) {
        if (is_at_end() || text_[position_] != c) return false;
        ++position_;
        return true;
    }

    bool field(std::string& out) {
        if (!take('"')) {
            const auto end = std::min(text_.find_first_of("\",\r\n", position_), text_.size());
            out = text_.substr(position_, end - position_);
            position_ = end;
            return true;
        }
        while (true) {
            const auto quote = text_.find('"', position_);
            if (quote == std::string_view::npos) return false;
            out += text_.substr(position_, quote - position_);
            position_ = quote + 1;
            if (!take('"')) return true;
            out += '"';
        }
    }

    std::string_view text_;
    std::size_t position_ = 0;
};

bool is_blank(const std::vector<std::string>& fields) {
    return fields.size() == 1 && fields.front().empty();
}

class CsvToJson {
public:
    CsvToJson(std::string_view text, std::size_t limit_bytes) : in_(text), limit_bytes_(limit_bytes) {}

    ApiResult<Payload> run() {
        if (!in_.record(header_) || !in_.line_end()) return malformed();
        payload_.kind = Payload::Kind::json;
        payload_.is_array = true;
        payload_.rows = 0;
        payload_.text = "[";
        std::vector<std::string> fields;
        while (!in_.is_at_end()) {
            if (!in_.record(fields)) return malformed();
            const bool has_end = in_.line_end();
            if (!has_end && !in_.is_at_end()) return malformed();
            if (!is_blank(fields)) row(fields);
            if (payload_.text.size() > limit_bytes_) return too_large();
        }
        payload_.text += ']';
        if (!is_uniform_) return invalid_body("All lines must have same number of fields");
        payload_.keys.assign(header_.begin(), header_.begin() + static_cast<std::ptrdiff_t>(width_));
        std::ranges::sort(payload_.keys);
        payload_.keys.erase(std::unique(payload_.keys.begin(), payload_.keys.end()), payload_.keys.end());
        return std::move(payload_);
    }

private:
    /// Fields beyond the header's are dropped; the first line says how many every line has.
    void row(const std::vector<std::string>& fields) {
        const auto width = std::min(fields.size(), header_.size());
        if (payload_.rows == 0) begin(width);
        is_uniform_ = is_uniform_ && width == width_;
        if (!is_uniform_) return;
        auto& text = payload_.text;
        text += payload_.rows++ == 0 ? "{" : ",{";
        for (std::size_t i = 0; i < width; ++i) {
            text += names_[i];
            if (fields[i] == "NULL") {
                text += "null";
            } else {
                append_json_string(text, fields[i]);
            }
        }
        text += '}';
    }

    void begin(std::size_t width) {
        width_ = width;
        for (std::size_t i = 0; i < width; ++i) {
            auto& name = names_.emplace_back(i == 0 ? "" : ",");
            append_json_string(name, header_[i]);
            name += ':';
        }
    }

    ApiError malformed() const {
        std::string shown;
        append_json_string(shown, in_.rest().substr(0, shown_bytes));
        while (!shown.empty() && check_text(shown)) shown.erase(shown.size() - 2, 1);  // half a character at the end
        return invalid_body("parse error (endOfInput) at " + shown +
                            (in_.rest().size() > shown_bytes ? " (truncated)" : ""));
    }

    ApiError too_large() const {
        return {.status = 413,
                .code = "PGRST102",
                .message = "The lines are too many and the names of their columns too long",
                .hint = "Send fewer lines in one request."};
    }

    CsvReader in_;
    std::size_t limit_bytes_;
    std::vector<std::string> header_{};
    std::vector<std::string> names_{};  ///< `,"name":`
    std::size_t width_ = 0;
    bool is_uniform_ = true;
    Payload payload_{};
};

}  // namespace

ApiResult<Payload> parse_csv(std::string_view text, std::size_t json_limit_bytes) {
    if (auto error = check_text(text)) return std::move(*error);
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return CsvToJson(text, json_limit_bytes).run();
}

}  // namespace platform::restql
