#include "platform/core/text.hpp"
#include "platform/restql/parse/payload_formats.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace platform::restql {
namespace {

/// PostgreSQL's own JSON reader runs out of stack some thousand levels down, which would be a 500.
constexpr std::size_t max_json_depth = 512;

constexpr auto plain_characters = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = ' '; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
    return plain;
}();

std::optional<unsigned> hexadecimal(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) {
        const char lower = lower_ascii(c);
        if (is_digit(c)) {
            value = value * 16 + static_cast<unsigned>(c - '0');
        } else if (lower >= 'a' && lower <= 'f') {
            value = value * 16 + static_cast<unsigned>(lower - 'a' + 10);
        } else {
            return std::nullopt;
        }
    }
    return value;
}

void append_utf8(std::string& out, unsigned code) {
    const auto continuation = [&](unsigned shift) { out += static_cast<char>(0x80u | (code >> shift & 0x3fu)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0u | code >> 6u);
        continuation(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0u | code >> 12u);
        continuation(6);
        continuation(0);
    } else {
        out += static_cast<char>(0xf0u | code >> 18u);
        continuation(12);
        continuation(6);
        continuation(0);
    }
}

/// What a string's valid text between its quotes means.
std::string unescaped(std::string_view raw) {
    std::string text;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            text += raw[i];
            continue;
        }
        constexpr std::string_view letters = "bfnrt";
        const char c = raw[++i];
        if (const auto letter = letters.find(c); letter != std::string_view::npos) {
            text += "\b\f\n\r\t"[letter];
        } else if (c == 'u') {
            unsigned code = hexadecimal(raw.substr(i + 1, 4)).value_or(0);
            i += 4;
            if (code >= 0xd800 && code < 0xdc00) {
                code = 0x10000 + ((code - 0xd800) << 10u) + (hexadecimal(raw.substr(i + 3, 4)).value_or(0) - 0xdc00);
                i += 6;
            }
            append_utf8(text, code);
        } else {
            text += c;
        }
    }
    return text;
}

/// Whether all objects of an array have the keys of the first. Those that list them in its order, which is nearly
/// always so, cost one comparison a key and no memory. After the first that differs nothing is looked at any more.
class KeyCollector {
public:
    void begin_object() {
        index_ = 0;
        is_in_order_ = true;
    }

    void key(std::string_view raw) {
        if (!is_uniform_) return;
        if (objects_ == 0) {
            first_.push_back(raw);
        } else if (is_in_order_ && index_ < first_.size() && first_[index_] == raw) {
            ++index_;
        } else {
            leave_order();
            mark(raw);
        }
    }

    void end_object() {
        if (!is_uniform_) return;
        if (objects_++ == 0) {
            for (const auto raw : first_) keys_.push_back(unescaped(raw));
            std::ranges::sort(keys_);
            keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
        } else if (!is_in_order_ || index_ != first_.size()) {
            leave_order();
            is_uniform_ = is_uniform_ && std::ranges::all_of(seen_, [](bool is_seen) { return is_seen; });
        }
    }

    void other_item() { is_uniform_ = false; }

    bool is_uniform() const { return is_uniform_; }
    std::size_t objects() const { return objects_; }
    std::vector<std::string> take_keys() { return std::move(keys_); }

private:
    /// From here on the object's keys are ticked off.
    void leave_order() {
        if (!is_in_order_) return;
        is_in_order_ = false;
        seen_.assign(keys_.size(), false);
        for (std::size_t i = 0; i < index_; ++i) mark(first_[i]);
    }

    void mark(std::string_view raw) {
        const auto name = unescaped(raw);
        const auto found = std::ranges::lower_bound(keys_, name);
        if (found == keys_.end() || *found != name) {
            is_uniform_ = false;
        } else {
            seen_[static_cast<std::size_t>(found - keys_.begin())] = true;
        }
    }

    std::vector<std::string_view> first_;  ///< keys of the first object as they are spelled
    std::vector<std::string> keys_;        ///< the same decoded and sorted
    std::vector<bool> seen_;               ///< those of keys_ met in an object that is out of order
    std::size_t objects_ = 0;
    std::size_t index_ = 0;
    bool is_in_order_ = true;
    bool is_uniform_ = true;
};

/// Reads one JSON text (RFC 8259) without building it.
class Scanner {
public:
    Scanner(std::string_view text, KeyCollector& keys) : text_(text), keys_(keys) {}

    bool run() {
        skip_blanks();
        first_ = peek();
        if (!value(0)) return false;
        skip_blanks();
        return position_ == text_.size();
    }

    bool is_array() const { return first_ == '['; }
    bool is_object() const { return first_ == '{'; }
    bool is_too_deep() const { return is_too_deep_; }

private:
    char peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }

    bool take(char c) {
        if (peek() != c) return false;
        ++position_;
        return true;
    }

    bool take(std::string_view word) {
        if (text_.substr(position_, word.size()) != word) return false;
        position_ += word.size();
        return true;
    }

    void skip_blanks() {
        while (position_ < text_.size() &&
               std::string_view(" \t\n\r").find(text_[position_]) != std::string_view::npos) {
            ++position_;
        }
    }

    bool value(std::size_t depth) {
        if (depth > max_json_depth) {
            is_too_deep_ = true;
            return false;
        }
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return take("true");
            case 'f':
                return take("false");
            case 'n':
                return take("null");
            default:
                return number();
        }
    }

    bool object(std::size_t depth) {
        const bool is_row = depth == (is_array() ? 1 : 0);
        if (is_row) keys_.begin_object();
        ++position_;
        skip_blanks();
        if (!take('}')) {
            do {
                skip_blanks();
                const std::size_t start = position_;
                if (!string()) return false;
                if (is_row) keys_.key(text_.substr(start + 1, position_ - start - 2));
                skip_blanks();
                if (!take(':')) return false;
                skip_blanks();
                if (!value(depth + 1)) return false;
                skip_blanks();
            } while (take(','));
            if (!take('}')) return false;
        }
        if (is_row) keys_.end_object();
        return true;
    }

    bool array(std::size_t depth) {
        ++position_;
        skip_blanks();
        if (take(']')) return true;
        do {
            skip_blanks();
            if (depth == 0 && peek() != '{') keys_.other_item();
            if (!value(depth + 1)) return false;
            skip_blanks();
        } while (take(','));
        return take(']');
    }

    bool string() {
        if (!take('"')) return false;
        while (true) {
            while (position_ < text_.size() && plain_characters[static_cast<unsigned char>(text_[position_])]) {
                ++position_;
            }
            if (take('"')) return true;
            if (take('\\')) {
                if (!escape()) return false;
            } else if (static_cast<unsigned char>(peek()) >= 0x80) {
                const auto length = utf8_sequence_length(text_.substr(position_));
                if (length == 0) return false;
                position_ += length;
            } else {
                return false;
            }
        }
    }

    bool escape() {
        if (!take('u')) {
            const bool is_known = std::string_view("\"\\/bfnrt").find(peek()) != std::string_view::npos;
            ++position_;
            return is_known && position_ <= text_.size();
        }
        const auto code = code_unit();
        if (!code || (*code >= 0xdc00 && *code < 0xe000)) return false;
        if (*code < 0xd800 || *code >= 0xe000) return true;
        if (!take("\\u")) return false;
        const auto low = code_unit();
        return low && *low >= 0xdc00 && *low < 0xe000;
    }

    std::optional<unsigned> code_unit() {
        const auto digits = text_.substr(position_, 4);
        if (digits.size() < 4) return std::nullopt;
        position_ += 4;
        return hexadecimal(digits);
    }

    bool number() {
        take('-');
        if (!take('0') && !digits()) return false;
        if (take('.') && !digits()) return false;
        if (peek() == 'e' || peek() == 'E') {
            ++position_;
            if (peek() == '+' || peek() == '-') ++position_;
            return digits();
        }
        return true;
    }

    bool digits() {
        const std::size_t start = position_;
        while (is_digit(peek())) ++position_;
        return position_ != start;
    }

    std::string_view text_;
    KeyCollector& keys_;
    std::size_t position_ = 0;
    char first_ = '\0';
    bool is_too_deep_ = false;
};

}  // namespace

ApiResult<Payload> parse_json(std::string text) {
    Payload payload{.kind = Payload::Kind::json, .text = std::move(text)};
    KeyCollector keys;
    Scanner scanner(payload.text, keys);
    if (!scanner.run()) {
        if (!scanner.is_too_deep()) return invalid_body("Empty or invalid json");
        return invalid_body("The json is nested deeper than " + std::to_string(max_json_depth) + " levels");
    }
    if (!keys.is_uniform()) return invalid_body("All object keys must match");
    if (!scanner.is_array() && !scanner.is_object()) payload.text = "[]";  // a number has no rows
    payload.is_array = !scanner.is_object();
    payload.rows = keys.objects();
    payload.keys = keys.take_keys();
    return payload;
}

std::string json_of_lines(std::string lines) {
    bool has_value = false;
    std::size_t last_end = 0;
    for (std::size_t start = 0; start < lines.size();) {
        const auto end = std::min(lines.find('\n', start), lines.size());
        const bool is_blank = lines.find_first_not_of(" \t\r", start) >= end;
        if (!is_blank && has_value) lines[last_end] = ',';
        if (!is_blank) {
            has_value = true;
            last_end = end;
        }
        if (end < lines.size()) lines[end] = ' ';
        start = end + 1;
    }
    lines.insert(lines.begin(), '[');
    lines += ']';
    return lines;
}

}  // namespace platform::restql
