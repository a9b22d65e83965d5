#include "platform/restql/parse/select.hpp"

#include "platform/restql/parse/field.hpp"

#include <array>
#include <utility>

namespace platform::restql {
namespace {

class SelectParser {
public:
    SelectParser(Lexer& in, Budget& budget) : in_(in), budget_(budget) {}

    bool list(std::vector<SelectItem>& items, std::size_t depth) {
        const auto item = [&] { return this->item(items, depth); };
        const auto comma = [&] { return parse_lexeme(in_, [&] { return in_.take(','); }); };
        return in_.optional([&] { return in_.separated(item, comma); });
    }

private:
    bool item(std::vector<SelectItem>& items, std::size_t depth) {
        if (Embed embed; in_.attempt([&] { return spread_head(embed); })) {
            return embed_body(items, std::move(embed), depth + 1);
        }
        if (Embed embed; in_.attempt([&] { return embed_head(embed); })) {
            return embed_body(items, std::move(embed), depth + 1);
        }
        SelectColumn column;
        if (!parse_lexeme(in_, [&] { return this->column(column); }) || !count_item()) return false;
        items.push_back({std::move(column)});
        return true;
    }

    bool count_item() {
        if (++budget_.select_items <= budget_.limits.select_items) return true;
        return in_.refuse("more than " + std::to_string(budget_.limits.select_items) + " selected items");
    }

    bool spread_head(Embed& embed) {
        embed.is_spread = true;
        return parse_lexeme(in_, [&] {
            return in_.take_word("...") && parse_name(in_, embed.target) && parameters(embed) && in_.is_before("(");
        });
    }

    bool embed_head(Embed& embed) {
        return parse_lexeme(in_, [&] {
            // count() alone is the aggregate, not a relation.
            return alias(embed.alias) && parse_name(in_, embed.target) && embed.target != "count" &&
                   parameters(embed) && in_.is_before("(");
        });
    }

    bool embed_body(std::vector<SelectItem>& items, Embed embed, std::size_t depth) {
        if (depth > budget_.limits.embed_depth) {
            return in_.refuse("more than " + std::to_string(budget_.limits.embed_depth) +
                              " levels of embedded relations");
        }
        if (++budget_.embeds > budget_.limits.embeds) {
            return in_.refuse("more than " + std::to_string(budget_.limits.embeds) + " embedded relations");
        }
        if (!count_item() || !in_.take('(') || !list(embed.select, depth) || !in_.take(')')) return false;
        items.push_back({std::move(embed)});
        return true;
    }

    /// `alias:`, perhaps none. Of `name::cast` the colons are not an alias's.
    bool alias(std::string& alias) {
        const auto spelled = [&] { return parse_name(in_, alias) && in_.take(':') && in_.is_not_before(':'); };
        if (!in_.attempt(spelled)) alias.clear();
        return true;
    }

    /// `!hint` and `!inner` or `!left`, in any order, two at most.
    bool parameters(Embed& embed) { return parameter(embed) && parameter(embed); }

    bool parameter(Embed& embed) {
        return in_.optional([&] {
            if (!in_.take('!')) return false;
            if (in_.attempt_word("left")) return joined(embed, JoinType::left);
            if (in_.attempt_word("inner")) return joined(embed, JoinType::inner);
            std::string hint;
            if (!in_.attempt([&] { return parse_name(in_, hint); })) return false;
            if (!embed.hint) embed.hint = std::move(hint);
            return true;
        });
    }

    static bool joined(Embed& embed, JoinType join) {
        if (!embed.join) embed.join = join;
        return true;
    }

    bool column(SelectColumn& column) {
        const auto star = [&] { return in_.take_word("*") && is_before_end(); };
        if (in_.attempt(star)) {
            column = {.field = {.name = "*"}};
            return true;
        }
        return in_.attempt([&] { return counted(column); }) || plain(column);
    }

    /// `alias:count()::cast`
    bool counted(SelectColumn& column) {
        column = {.field = {.name = "*"}, .aggregate = Aggregate::count};
        return alias(column.alias) && in_.take_word("count()") && cast(column.aggregate_cast) && is_before_end();
    }

    bool plain(SelectColumn& column) {
        column = {.field = {}};
        return alias(column.alias) && parse_field(in_, column.field) && cast(column.cast) && aggregate(column) &&
               cast(column.aggregate_cast) && is_before_end();
    }

    bool cast(std::string& type) {
        return in_.optional([&] { return in_.take_word("::") && in_.take_identifier(type); });
    }

    bool aggregate(SelectColumn& column) {
        std::optional<Aggregate> found;
        if (in_.attempt([&] { return in_.take('.') && function(found) && in_.take_word("()"); })) {
            column.aggregate = found;
        }
        return true;
    }

    bool function(std::optional<Aggregate>& found) {
        using enum Aggregate;
        constexpr std::array<std::pair<std::string_view, Aggregate>, 5> functions{
            {{"sum", sum}, {"avg", avg}, {"count", count}, {"max", max}, {"min", min}}};
        for (const auto& [name, aggregate] : functions) {
            const auto start = in_.position();
            found = aggregate;
            // max and min begin alike: only they may be taken back.
            const bool may_return = aggregate == max || aggregate == min;
            if (may_return ? in_.attempt_word(name) : in_.take_word(name)) return true;
            if (in_.position() != start) return false;
        }
        return false;
    }

    bool is_before_end() { return in_.is_before(")") || in_.is_before(",") || in_.is_at_end(); }

    Lexer& in_;
    Budget& budget_;
};

}  // namespace

ApiResult<std::vector<SelectItem>> parse_select(std::string_view text, Budget& budget) {
    return parse_text<std::vector<SelectItem>>(
        "select parameter", text, text, budget,
        [](Lexer& in, Budget& left, std::vector<SelectItem>& items) { return SelectParser(in, left).list(items, 0); });
}

}  // namespace platform::restql
