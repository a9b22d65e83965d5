#include "platform/db/rows.hpp"

#include <libpq-fe.h>

namespace platform::db {

void Rows::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

Rows::Rows(pg_result* result, std::string_view query) : result_(result), query_(query) {}

std::size_t Rows::size() const {
    return static_cast<std::size_t>(PQntuples(result_.get()));
}

std::size_t Rows::columns() const {
    return static_cast<std::size_t>(PQnfields(result_.get()));
}

std::string_view Rows::column_name(std::size_t column) const {
    return PQfname(result_.get(), static_cast<int>(column));
}

bool Rows::is_bytea(std::size_t column) const {
    constexpr Oid bytea_type = 17;  // pg_type.dat
    return PQftype(result_.get(), static_cast<int>(column)) == bytea_type;
}

std::int64_t Rows::affected() const {
    const std::string_view count = PQcmdTuples(result_.get());
    return count.empty() ? 0 : detail::parse_int(count);
}

std::size_t Rows::column(std::string_view name) const {
    const std::size_t count = columns();
    for (std::size_t i = 0; i < count; ++i) {
        if (column_name(i) == name) return i;
    }
    throw BadValue(std::string(query_) + ": no column " + std::string(name));
}

std::optional<std::string_view> Rows::text(std::size_t row, std::size_t column) const {
    if (row >= size() || column >= columns()) throw BadValue(std::string(query_) + ": no such row or column");
    const int r = static_cast<int>(row);
    const int c = static_cast<int>(column);
    if (PQgetisnull(result_.get(), r, c)) return std::nullopt;
    return std::string_view(PQgetvalue(result_.get(), r, c),
                            static_cast<std::size_t>(PQgetlength(result_.get(), r, c)));
}

Rows::Columns Rows::locate(std::span<const detail::Member> members) const {
    Columns found;
    found.reserve(members.size());
    for (const auto& member : members) found.push_back(column(member.name));
    return found;
}

void Rows::read(std::size_t row, std::span<const detail::Member> members, const Columns& columns, void* object) const {
    for (std::size_t i = 0; i < members.size(); ++i) {
        try {
            members[i].read(object, text(row, columns[i]));
        } catch (const BadValue& error) {
            throw BadValue(std::string(query_) + ": column " + std::string(members[i].name) + ": " + error.what());
        }
    }
}

void Rows::wrong_count() const {
    throw BadValue(std::string(query_) + ": one row expected, got " + std::to_string(size()));
}

Task<std::int64_t> detail::affected_of(Task<Rows> pending) {
    const Rows rows = co_await std::move(pending);
    co_return rows.affected();
}

}  // namespace platform::db
