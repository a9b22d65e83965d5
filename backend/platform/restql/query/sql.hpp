#pragma once

#include "platform/db/query.hpp"
#include "platform/restql/schema/model.hpp"

#include <string>
#include <string_view>

namespace platform::restql {

/// SQL under construction: text with $n and the values behind them. Values only ever travel as parameters; names come
/// from the schema cache or are quoted.
struct Sql {
    std::string text;
    db::Params params;

    Sql& operator+=(std::string_view more) {
        text += more;
        return *this;
    }
    /// "$n" of a new untyped text parameter: PostgreSQL infers its type from where it stands.
    std::string bind(std::string value);
};

std::string quote_name(std::string_view name);
/// "schema"."name", or just the name where the schema is empty.
std::string quote_name(const QualifiedName& name);
/// A quoted SQL literal, for texts that are ours or the catalogue's and cannot be parameters.
std::string quote_literal(std::string_view text);

}  // namespace platform::restql
