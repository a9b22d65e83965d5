#include "platform/restql/auth/role_path.hpp"

#include <charconv>

namespace platform::restql {
namespace {

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '@' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

/// Recursive descent over the text; every take… returns false without a reason, failure() tells where.
class RolePath::Parser {
public:
    explicit Parser(std::string_view text) : text_(text), rest_(text) {}

    Result<RolePath> parse() {
        take("$");
        while (!rest_.empty()) {
            Step step;
            const bool is_step = take(".") ? take_member(step) : take("[") && take_bracket(step);
            if (!is_step) return failure();
            path_.steps_.push_back(std::move(step));
        }
        if (text_.empty()) return failure();
        return std::move(path_);
    }

private:
    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    void skip_space() {
        while (take(" ")) continue;
    }
    bool take_quoted(std::string& out) {
        const char quote = rest_.empty() ? '\0' : rest_.front();
        if (quote != '"' && quote != '\'') return false;
        const auto end = rest_.find(quote, 1);
        if (end == std::string_view::npos) return false;
        out = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        return true;
    }
    bool take_member(Step& step) {
        if (take("*")) {
            step.kind = Kind::first;
            return true;
        }
        if (take_quoted(step.text)) return true;
        std::size_t size = 0;
        while (size < rest_.size() && is_name_char(rest_[size])) ++size;
        step.text = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return size > 0;
    }
    bool take_bracket(Step& step) {
        skip_space();
        if (take("?")) return take_filter(step);
        if (take("*")) {
            step.kind = Kind::first;
        } else if (!take_quoted(step.text)) {
            const auto end = std::from_chars(rest_.data(), rest_.data() + rest_.size(), step.index);
            if (end.ec != std::errc{}) return false;
            rest_.remove_prefix(static_cast<std::size_t>(end.ptr - rest_.data()));
            step.kind = Kind::index;
        }
        skip_space();
        return take("]");
    }
    bool take_filter(Step& step) {
        const bool has_parenthesis = take("(");
        skip_space();
        if (!take("@")) return false;
        skip_space();
        if (!take_operator(step)) return false;
        skip_space();
        if (!take_quoted(step.text)) return false;
        skip_space();
        if (has_parenthesis && !take(")")) return false;
        skip_space();
        return take("]");
    }
    bool take_operator(Step& step) {
        constexpr std::pair<std::string_view, Kind> operators[] = {{"==^", Kind::suffix},
                                                                   {"==", Kind::equal},
                                                                   {"!=", Kind::unequal},
                                                                   {"^==", Kind::prefix},
                                                                   {"*==", Kind::part}};
        for (const auto& [word, kind] : operators) {
            if (!take(word)) continue;
            step.kind = kind;
            return true;
        }
        return false;
    }
    Error failure() const {
        return {Code::invalid_argument, "role_path_invalid",
                "failed to parse role-claim-key value (" + std::string(text_) + ") at character " +
                    std::to_string(text_.size() - rest_.size() + 1)};
    }

    std::string_view text_;
    std::string_view rest_;
    RolePath path_;
};

Result<RolePath> RolePath::parse(std::string_view text) {
    return Parser(text).parse();
}

const boost::json::value* RolePath::apply(const Step& step, const boost::json::value& value) {
    if (step.kind == Kind::key) {
        return value.is_object() ? value.get_object().if_contains(step.text) : nullptr;
    }
    if (step.kind == Kind::first && value.is_object()) {
        return value.get_object().empty() ? nullptr : &value.get_object().begin()->value();
    }
    if (!value.is_array()) return nullptr;
    const auto& items = value.get_array();
    if (step.kind == Kind::first) return items.empty() ? nullptr : &items.front();
    if (step.kind == Kind::index) {
        const auto size = static_cast<std::int64_t>(items.size());
        const auto at = step.index < 0 ? size + step.index : step.index;
        return at >= 0 && at < size ? &items[static_cast<std::size_t>(at)] : nullptr;
    }
    for (const auto& item : items) {
        if (!item.is_string()) continue;
        const std::string_view text = item.get_string();
        const bool matches = step.kind == Kind::equal     ? text == step.text
                             : step.kind == Kind::unequal ? text != step.text
                             : step.kind == Kind::prefix  ? text.starts_with(step.text)
                             : step.kind == Kind::suffix  ? text.ends_with(step.text)
                                                          : text.find(step.text) != std::string_view::npos;
        if (matches) return &item;
    }
    return nullptr;
}

const boost::json::value* RolePath::find(const boost::json::value& claims) const {
    const boost::json::value* value = &claims;
    for (const auto& step : steps_) {
        value = apply(step, *value);
        if (!value) return nullptr;
    }
    return value;
}

}  // namespace platform::restql
