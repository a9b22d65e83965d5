#pragma once

#include "platform/restql/parse/ast.hpp"
#include "platform/restql/parse/lexer.hpp"

#include <string>
#include <vector>

/// Names, and the paths into JSON behind them.
namespace platform::restql {

/// `"quoted"` or `letters, digits, _ $ blanks, and-hyphens-between`.
bool parse_name(Lexer& in, std::string& name);
/// `->key`, `->>key`, `->-1` …, perhaps none.
bool parse_json_path(Lexer& in, std::vector<JsonStep>& path);
bool parse_field(Lexer& in, Field& field);

/// `"…"` with \ before what is meant literally.
bool parse_quoted(Lexer& in, std::string& text);
/// The dot between the parts of a filter, an order or a path.
bool parse_dot(Lexer& in);
/// `a,b,c`, of columns= and on_conflict=. What follows is ignored, as upstream does.
bool parse_names(Lexer& in, std::vector<std::string>& names);
/// `relation.relation.field`: the key of a filter. What follows is ignored.
bool parse_tree_path(Lexer& in, std::vector<std::string>& path, Field& field);

/// Between blanks.
template <class Parse>
bool parse_lexeme(Lexer& in, Parse&& parse) {
    in.skip_blanks();
    if (!parse()) return false;
    in.skip_blanks();
    return true;
}

}  // namespace platform::restql
