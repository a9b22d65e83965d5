#include "platform/restql/tests/read_kit.hpp"

#include <array>
#include <random>

namespace platform::restql {
namespace {

using testing::ApiKit;

constexpr const char* word_sql = R"sql(
CREATE SCHEMA api;
CREATE TABLE api.words (id integer PRIMARY KEY, word text, number integer, list text[], data jsonb);
INSERT INTO api.words
SELECT i, (ARRAY['plain', 'a,b', 'x)', '(y', '"quoted"', 'back\slash', 'ü', '50%', 'a*b', '', 'null', 'in.(1)', 'it''s',
                 '{a,b}', ' sp ace ', '$1', 'not.eq.x', 'a.b', 'a&b=c;d', NULL])[1 + i % 20],
       NULLIF(i % 7, 3), (ARRAY['plain', 'a,b', 'x)', '(y'])[1 + i % 3:4], jsonb_build_object('n', i % 5, 'w', 'x' || i % 3)
FROM generate_series(0, 79) AS i;
GRANT USAGE ON SCHEMA api TO anon;
GRANT SELECT ON api.words TO anon;
)sql";

constexpr std::array texts{"plain",    "a,b", "x)",       "(y",   "\"quoted\"", "back\\slash", "ü",
                           "50%",      "a*b", "",         "null", "in.(1)",     "it's",        "{a,b}",
                           " sp ace ", "$1",  "not.eq.x", "a.b",  "a&b=c;d"};

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte)) {
            encoded += c;
        } else {
            ((encoded += '%') += digits[byte >> 4u]) += digits[byte & 15u];
        }
    }
    return encoded;
}

std::string escaped(std::string_view text, std::string_view special, char by) {
    std::string result;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos) result += by;
        result += c;
    }
    return result;
}

std::string double_quoted(std::string_view text) {
    return '"' + escaped(text, "\"\\", '\\') + '"';
}
std::string literal(std::string_view text) {
    return '\'' + escaped(text, "'", '\'') + '\'';
}

/// The same condition three ways: as a parameter of the query string, within and=(…), and in SQL.
struct Both {
    std::string key, value;  ///< key=value; a logic tree's value stands in parentheses
    std::string inner;
    std::string sql;
};

class Conditions {
public:
    explicit Conditions(unsigned seed) : random_(seed) {}

    Both any(int depth) {
        if (depth > 0 && below(3) == 0) return logic(depth);
        switch (below(5)) {
            case 0:
                return comparison("number", "number", std::to_string(below(8)), false);
            case 1:
                return list();
            case 2:
                return is();
            case 3:
                return comparison("data->>n", "data->>'n'", std::to_string(below(5)), true);
            default:
                return comparison("word", "word", texts[below(texts.size())], true);
        }
    }

private:
    std::size_t below(std::size_t end) { return random_() % end; }

    /// `op` and its value, negated half of the time.
    Both made(const std::string& field, const std::string& op, const std::string& value, bool quotes,
              const std::string& sql) {
        const std::string no = below(2) == 0 ? "not." : "";
        return {.key = field,
                .value = no + op + "." + value,
                .inner = field + "." + no + op + "." + (quotes ? double_quoted(value) : value),
                .sql = no.empty() ? sql : "NOT (" + sql + ")"};
    }

    Both comparison(const std::string& field, const std::string& sql_field, const std::string& value, bool is_text) {
        constexpr std::array<std::array<const char*, 2>, 7> operators{{{"eq", "="},
                                                                       {"neq", "<>"},
                                                                       {"gt", ">"},
                                                                       {"gte", ">="},
                                                                       {"lt", "<"},
                                                                       {"lte", "<="},
                                                                       {"isdistinct", "IS DISTINCT FROM"}}};
        const auto& [op, symbol] = operators[below(operators.size())];
        const std::string right = is_text ? literal(value) : value;
        return made(field, op, value, is_text, sql_field + " " + symbol + " " + right);
    }

    Both list() {
        std::string items, sql;
        for (std::size_t n = 1 + below(4); n > 0; --n) {
            const std::string text = texts[below(texts.size())];
            items += (items.empty() ? "" : ",") + double_quoted(text);
            sql += (sql.empty() ? "" : ",") + literal(text);
        }
        // in.("") is the empty list, as in.() is.
        if (items == "\"\"") return made("word", "in", "()", false, "false AND word IS NOT NULL");
        return made("word", "in", "(" + items + ")", false, "word IN (" + sql + ")");
    }

    Both is() {
        if (below(2) == 0) return made("word", "is", "null", false, "word IS NULL");
        const std::string text = double_quoted(texts[below(4)]);
        return made("list", "cs", "{" + text + "}", true, "list @> " + literal("{" + text + "}") + "::text[]");
    }

    Both logic(int depth) {
        const bool is_or = below(2) == 0;
        const std::string no = below(3) == 0 ? "not." : "";
        std::string inner, sql;
        for (std::size_t n = 1 + below(3); n > 0; --n) {
            const Both part = any(depth - 1);
            inner += (inner.empty() ? "" : ",") + part.inner;
            sql += (sql.empty() ? "" : is_or ? " OR " : " AND ") + ("(" + part.sql + ")");
        }
        const std::string word = no + (is_or ? "or" : "and");
        return {word, "(" + inner + ")", word + "(" + inner + ")", (no.empty() ? "(" : "NOT (") + sql + ")"};
    }

    std::mt19937 random_;
};

/// A query string and the same in SQL.
struct Question {
    std::string query, sql;
};

std::vector<Question> random_questions(std::size_t count) {
    Conditions conditions(20261122);
    std::vector<Question> questions(count);
    for (std::size_t i = 0; i < count; ++i) {
        questions[i].sql = "true";
        for (std::size_t n = 1 + i % 3; n > 0; --n) {
            const Both one = conditions.any(3);
            questions[i].query += "&" + percent_encoded(one.key) + "=" + percent_encoded(one.value);
            questions[i].sql += " AND (" + one.sql + ")";
        }
    }
    return questions;
}

/// Each question's rows by SQL alone.
boost::json::array answers_of_sql(const ApiKit& kit, const std::vector<Question>& questions) {
    std::string sql;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        sql += (i == 0 ? "" : " UNION ALL ") + ("SELECT " + std::to_string(i)) +
               " AS place, (SELECT coalesce(json_agg(json_build_object('id', id) ORDER BY id), '[]') FROM api.words "
               "WHERE " +
               questions[i].sql + ") AS answer";
    }
    return boost::json::parse(kit.scalar("SELECT json_agg(answer ORDER BY place) FROM (" + sql + ") AS _")).as_array();
}

TEST(ReadProperty, RandomFiltersMeanTheSameAsSql) {
    ApiKit kit(word_sql);
    const auto questions = random_questions(300);
    const auto expected = answers_of_sql(kit, questions);
    std::size_t found = 0;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const auto answer = kit.get("/words?select=id&order=id" + questions[i].query);
        ASSERT_EQ(answer.status, 200u) << questions[i].query << "\n" << answer.text;
        ASSERT_EQ(answer.json(), expected[i]) << questions[i].query << "\n" << questions[i].sql;
        found += expected[i].as_array().size();
    }
    EXPECT_GT(found, 3000u);  // neither all nor nothing
    EXPECT_LT(found, 20000u);
}

}  // namespace
}  // namespace platform::restql
