#include "platform/redis/reply.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace platform::redis {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t line_limit_bytes = 64 << 10;  // simple strings, errors, numbers

/// Reads one reply from the front of a text that may end too early.
class Reader {
public:
    Reader(std::string_view text, const ReplyLimits& limits) : text_(text), limits_(limits) {}

    std::size_t consumed() const { return position_; }

    /// Nothing: the text ends too early.
    std::optional<Reply> read(std::size_t depth) {
        if (depth > limits_.depth) throw ProtocolError("redis: a reply is nested too deep");
        const auto line = next_line();
        if (!line) return std::nullopt;
        if (line->empty()) throw ProtocolError("redis: an empty line is no reply");
        const std::string_view rest = line->substr(1);
        switch (line->front()) {
            case '+':
            case '(':
                return text_reply(rest, Reply::Kind::text);
            case '-':
                return text_reply(rest, Reply::Kind::error);
            case ':':
                return Reply{.kind = Reply::Kind::integer, .integer = number(rest)};
            case '#':
                return boolean(rest);
            case ',':
                return real(rest);
            case '_':
                return Reply{};
            case '$':
                return bulk(rest, Reply::Kind::text);
            case '!':
                return bulk(rest, Reply::Kind::error);
            case '=':
                return verbatim(rest);
            case '*':
            case '~':
                return array(rest, 1, Reply::Kind::array, depth);
            case '>':
                return array(rest, 1, Reply::Kind::push, depth);
            case '%':
                return array(rest, 2, Reply::Kind::array, depth);
            case '|':  // attributes of the reply that follows: nothing we asked for
                if (!array(rest, 2, Reply::Kind::array, depth)) return std::nullopt;
                return read(depth);
            default:
                throw ProtocolError("redis: this is no reply");
        }
    }

private:
    static Reply text_reply(std::string_view text, Reply::Kind kind) {
        Reply reply;
        reply.kind = kind;
        reply.text = text;
        return reply;
    }

    std::optional<std::string_view> next_line() {
        const auto end = text_.find(line_end, position_);
        if (end == std::string_view::npos) {
            if (text_.size() - position_ > line_limit_bytes) throw ProtocolError("redis: a line is too long");
            return std::nullopt;
        }
        const auto line = text_.substr(position_, end - position_);
        position_ = end + line_end.size();
        return line;
    }

    static std::int64_t number(std::string_view text) {
        std::int64_t value = 0;
        if (text.starts_with('+')) text.remove_prefix(1);
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
            throw ProtocolError("redis: a number is malformed");
        }
        return value;
    }

    static Reply boolean(std::string_view text) {
        if (text != "t" && text != "f") throw ProtocolError("redis: a boolean is malformed");
        return Reply{.kind = Reply::Kind::boolean, .integer = text == "t" ? 1 : 0};
    }

    static Reply real(std::string_view text) {
        Reply reply{.kind = Reply::Kind::real};
        if (text == "inf" || text == "-inf") {
            reply.real =
                text == "inf" ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
        } else if (text == "nan") {
            reply.real = std::numeric_limits<double>::quiet_NaN();
        } else {
            const auto read = std::from_chars(text.data(), text.data() + text.size(), reply.real);
            if (text.empty() || read.ptr != text.data() + text.size()) {
                throw ProtocolError("redis: a number is malformed");
            }
        }
        return reply;
    }

    std::optional<Reply> bulk(std::string_view length_text, Reply::Kind kind) {
        const std::int64_t length = number(length_text);
        if (length == -1) return Reply{};
        if (length < 0 || static_cast<std::uint64_t>(length) > limits_.bytes) {
            throw ProtocolError("redis: a reply is too large");
        }
        const auto size = static_cast<std::size_t>(length);
        if (text_.size() - position_ < size + line_end.size()) return std::nullopt;
        if (text_.substr(position_ + size, line_end.size()) != line_end) {
            throw ProtocolError("redis: a string is longer than it said");
        }
        Reply reply = text_reply(text_.substr(position_, size), kind);
        position_ += size + line_end.size();
        return reply;
    }

    /// "txt:" or "mkd:" in front says how to show it.
    std::optional<Reply> verbatim(std::string_view length_text) {
        constexpr std::size_t format_size = 4;
        auto reply = bulk(length_text, Reply::Kind::text);
        if (reply && reply->text.size() >= format_size) reply->text.erase(0, format_size);
        return reply;
    }

    std::optional<Reply> array(std::string_view count_text, std::size_t per_entry, Reply::Kind kind,
                               std::size_t depth) {
        const std::int64_t count = number(count_text);
        if (count == -1) return Reply{};
        if (count < 0 || static_cast<std::uint64_t>(count) > limits_.items) {
            throw ProtocolError("redis: a reply has too many parts");
        }
        Reply reply{.kind = kind};
        for (std::size_t i = 0; i < static_cast<std::size_t>(count) * per_entry; ++i) {
            if (++items_ > limits_.items) throw ProtocolError("redis: a reply has too many parts");
            auto item = read(depth + 1);
            if (!item) return std::nullopt;
            reply.items.push_back(std::move(*item));
        }
        return reply;
    }

    std::string_view text_;
    const ReplyLimits& limits_;
    std::size_t position_ = 0;
    std::size_t items_ = 0;
};

}  // namespace

std::optional<Reply> take_reply(std::string& buffer, const ReplyLimits& limits) {
    Reader reader(buffer, limits);
    auto reply = reader.read(0);
    if (!reply && buffer.size() > limits.bytes) throw ProtocolError("redis: a reply is too large");
    if (reply) buffer.erase(0, reader.consumed());
    return reply;
}

std::string encode_command(const std::vector<std::string>& words) {
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const auto& word : words) text += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
    return text;
}

}  // namespace platform::redis
