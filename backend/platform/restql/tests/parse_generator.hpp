#pragma once

#include "platform/restql/parse/ast.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace platform::restql::parse_test {

/// A random query and the text a client would send for it.
struct Spelled {
    ParsedQuery query{};
    std::string text{};  ///< percent-encoded
};

/// Makes queries of every production of the grammar, with names and values that need quotes and escapes.
class Generator {
public:
    explicit Generator(std::uint64_t seed) : random_(seed) {}

    Spelled query();

private:
    struct Part {
        std::string key;
        std::string value;
    };

    bool chance(unsigned percent) { return random_() % 100 < percent; }
    std::size_t below(std::size_t limit) { return random_() % limit; }
    template <class Container>
    auto pick(const Container& options) {
        return options[below(std::size(options))];
    }

    std::string name();
    std::string text(std::size_t longest);
    std::vector<std::string> path();
    /// `may_end_in_index`: what follows tells an index from a key.
    Field field(bool may_end_in_index);
    Operation operation();
    Condition condition(std::size_t depth);
    SelectItem item(std::size_t depth);
    std::vector<SelectItem> items(std::size_t depth);
    SelectColumn column(bool may_end_in_index);
    OrderTerm order_term();

    Part filter_part(ParsedQuery& query);
    Part logic_part(ParsedQuery& query);
    Part order_part(ParsedQuery& query);

    std::mt19937_64 random_;
};

}  // namespace platform::restql::parse_test
