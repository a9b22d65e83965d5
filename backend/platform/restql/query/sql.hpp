#pragma once

#include "platform/db/query.hpp"
#include "platform/restql/plan/read_plan.hpp"

#include <string>
#include <string_view>

namespace platform::restql {

/// SQL under construction: text with $n and the values behind them. Values only ever travel as parameters; names come
/// from the schema cache or are quoted.
struct Sql {
    std::string text;
    db::Params params;

    /// "$n" of a new untyped text parameter: PostgreSQL infers its type from where it stands.
    std::string bind(std::string value);
};

std::string quote_name(std::string_view name);

/// Result shape of every statement: total (nullable), page_total, body.
enum class BodyShape { array, object };

struct ReadOptions {
    BodyShape shape = BodyShape::array;
    bool counts_total = false;
    bool has_body = true;  ///< HEAD needs only the numbers
};

/// Errors: PGRST100 for a bad is-operand, 42704 for a cast type that is not allowed.
ApiResult<Sql> build_read(const ReadPlan& plan, ReadOptions options);

/// INSERT of a JSON array of objects with the given columns, then the same select on the inserted rows.
struct InsertPlan {
    const Relation* relation = nullptr;
    std::size_t row_count = 0;
    std::vector<const Column*> columns{};
    std::string payload{};  ///< JSON array
    bool returns_rows = false;
    bool returns_keys = false;  ///< for Location
};
ApiResult<Sql> build_insert(const InsertPlan& insert, const ReadPlan& plan, ReadOptions options);

}  // namespace platform::restql
