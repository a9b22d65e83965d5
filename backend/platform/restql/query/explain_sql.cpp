#include "platform/restql/query/explain_sql.hpp"

namespace platform::restql {

std::string explain_prefix(const BodyFormat& format) {
    if (!format.is_explained()) return {};
    const auto& explain = format.media.explain;
    std::string text = explain.is_json ? "EXPLAIN (FORMAT JSON" : "EXPLAIN (FORMAT TEXT";
    if (explain.analyze) text += ", ANALYZE";
    if (explain.verbose) text += ", VERBOSE";
    if (explain.settings) text += ", SETTINGS";
    if (explain.buffers) text += ", BUFFERS";
    if (explain.wal) text += ", WAL";
    return text + ") ";
}

Sql explained(Sql statement) {
    statement.text.insert(0, "EXPLAIN (FORMAT JSON) ");
    return statement;
}

}  // namespace platform::restql
