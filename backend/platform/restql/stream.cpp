#include "platform/restql/stream.hpp"

#include <algorithm>
#include <memory>

namespace platform::restql {
namespace {

constexpr std::size_t wanted_bytes = 256 * 1024;
constexpr std::size_t first_rows = 64;
constexpr std::size_t max_rows = 4096;

/// An open cursor and how many rows to take next.
struct Cursor {
    explicit Cursor(db::Tx tx) : tx(std::move(tx)) {}
    db::Tx tx;
    std::size_t count = first_rows;
    bool is_at_end = false;
};

/// The next rows as lines; empty at the end.
Task<std::string> fetch(Cursor& cursor) {
    // A power of two: few different statements are prepared.
    const std::string text = "FETCH " + std::to_string(cursor.count) + " FROM restql_rows";
    const auto rows = co_await cursor.tx.query({"restql_fetch", text}, {});
    std::string lines;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        lines += rows.text(row, std::size_t{0}).value_or("null");
        lines += '\n';
    }
    cursor.is_at_end = rows.size() < cursor.count;
    if (lines.size() < wanted_bytes / 2) {
        cursor.count = std::min(cursor.count * 2, max_rows);
    } else if (lines.size() > wanted_bytes * 2) {
        cursor.count = std::max<std::size_t>(cursor.count / 2, 1);
    }
    co_return lines;
}

Task<void> write_rest(std::shared_ptr<Cursor> cursor, std::string lines, http::BodySink& sink) {
    co_await sink.write(std::move(lines));
    while (!cursor->is_at_end) {
        auto next = co_await fetch(*cursor);
        co_await sink.write(std::move(next));
    }
    co_await cursor->tx.commit();
}

}  // namespace

Task<http::Response> stream_rows(db::Tx tx, Sql rows) {
    auto cursor = std::make_shared<Cursor>(std::move(tx));
    const std::string declaration = "DECLARE restql_rows NO SCROLL CURSOR FOR " + rows.text;
    co_await cursor->tx.query({"restql_declare", declaration}, std::move(rows.params));
    auto lines = co_await fetch(*cursor);
    auto response = http::empty(200);
    response.headers.set("Content-Type", "application/x-ndjson");
    response.body = http::Stream{
        [cursor, lines = std::move(lines)](http::BodySink& sink) { return write_rest(cursor, lines, sink); }};
    co_return response;
}

}  // namespace platform::restql
