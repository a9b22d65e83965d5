#pragma once

#include "platform/core/task.hpp"
#include "platform/db/text.hpp"

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct pg_result;

namespace platform::db {

namespace detail {

/// How one member of a described struct is filled; the loop over a table of these is compiled once (rows.cpp).
struct Member {
    std::string_view name;
    void (*read)(void* object, std::optional<std::string_view> text);
};

template <class T>
std::span<const Member> members() {
    using List = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
    static constexpr auto table = []<class... D>(boost::mp11::mp_list<D...>) {
        return std::array<Member, sizeof...(D)>{
            Member{D::name, [](void* object, std::optional<std::string_view> text) {
                       auto& member = static_cast<T*>(object)->*D::pointer;
                       member = from_nullable<std::remove_reference_t<decltype(member)>>(text);
                   }}...};
    }(boost::mp11::mp_rename<List, boost::mp11::mp_list>{});
    return table;
}

}  // namespace detail

/// What a statement returned. Values are views into it: they live as long as the Rows.
class Rows {
public:
    Rows() = default;
    Rows(pg_result* result, std::string_view query);

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    std::size_t columns() const;
    std::string_view column_name(std::size_t column) const;
    bool is_bytea(std::size_t column) const;
    /// Rows changed by INSERT, UPDATE, DELETE (or returned by SELECT).
    std::int64_t affected() const;

    /// Index of a column. Error: BadValue when the query has none of this name.
    std::size_t column(std::string_view name) const;
    std::optional<std::string_view> text(std::size_t row, std::size_t column) const;
    std::optional<std::string_view> text(std::size_t row, std::string_view name) const {
        return text(row, column(name));
    }

    template <class T>
    T get(std::size_t row, std::string_view name) const {
        return from_nullable<T>(text(row, column(name)));
    }

    /// One row as T: a described struct (each member needs a column of its name), or a single value (first column).
    template <class T>
    T as(std::size_t row) const;

    /// All rows as T.
    template <class T>
    std::vector<T> many() const;
    /// The only row, or none. Error: BadValue for more than one.
    template <class T>
    std::optional<T> maybe() const;
    /// The only row. Error: BadValue for none or more than one.
    template <class T>
    T one() const;

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using Columns = std::vector<std::size_t>;

    Columns locate(std::span<const detail::Member> members) const;
    void read(std::size_t row, std::span<const detail::Member> members, const Columns& columns, void* object) const;
    [[noreturn]] void wrong_count() const;

    std::unique_ptr<pg_result, Clear> result_;
    std::string_view query_;
};

template <class T>
T Rows::as(std::size_t row) const {
    if constexpr (detail::is_described<T>) {
        T value{};
        const auto members = detail::members<T>();
        read(row, members, locate(members), &value);
        return value;
    } else {
        return from_nullable<T>(text(row, std::size_t{0}));
    }
}

template <class T>
std::vector<T> Rows::many() const {
    std::vector<T> values;
    values.reserve(size());
    if constexpr (detail::is_described<T>) {
        if (empty()) return values;
        const auto members = detail::members<T>();
        const auto columns = locate(members);
        for (std::size_t row = 0; row < size(); ++row) read(row, members, columns, &values.emplace_back());
    } else {
        for (std::size_t row = 0; row < size(); ++row) values.push_back(as<T>(row));
    }
    return values;
}

template <class T>
std::optional<T> Rows::maybe() const {
    if (empty()) return std::nullopt;
    if (size() > 1) wrong_count();
    return as<T>(0);
}

template <class T>
T Rows::one() const {
    if (size() != 1) wrong_count();
    return as<T>(0);
}

namespace detail {

// A reply turned into values. Tx and Database share these, so one coroutine per type is compiled.
template <class T>
Task<std::optional<T>> maybe_one_of(Task<Rows> pending) {
    const Rows rows = co_await std::move(pending);
    co_return rows.maybe<T>();
}

template <class T>
Task<T> one_of(Task<Rows> pending) {
    const Rows rows = co_await std::move(pending);
    co_return rows.one<T>();
}

template <class T>
Task<std::vector<T>> many_of(Task<Rows> pending) {
    const Rows rows = co_await std::move(pending);
    co_return rows.many<T>();
}

Task<std::int64_t> affected_of(Task<Rows> pending);

}  // namespace detail
}  // namespace platform::db
