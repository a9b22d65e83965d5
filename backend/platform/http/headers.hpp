#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::http {

/// Whether two field names are equal; ASCII letters compare without case (RFC 9110 §5.1).
bool iequals(std::string_view a, std::string_view b);

/// Header fields in arrival order. Names and values share one buffer, so a request costs two allocations at most and
/// none when the connection reuses the object. A view into it lives until the next change.
class Headers {
public:
    using Field = std::pair<std::string_view, std::string_view>;

    Headers() = default;
    Headers(std::initializer_list<Field> fields);

    /// The first field of that name.
    std::optional<std::string_view> find(std::string_view name) const;
    bool contains(std::string_view name) const { return find(name).has_value(); }
    std::size_t count(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;

    void add(std::string_view name, std::string_view value);
    /// Replaces every field of that name.
    void set(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    void clear();

    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    Field operator[](std::size_t index) const;

    class Iterator {
    public:
        Iterator(const Headers* headers, std::size_t index) : headers_(headers), index_(index) {}
        Field operator*() const { return (*headers_)[index_]; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        bool operator==(const Iterator&) const = default;

    private:
        const Headers* headers_;
        std::size_t index_;
    };
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, entries_.size()}; }

private:
    struct Entry {
        std::uint32_t offset;
        std::uint32_t name_size;
        std::uint32_t value_size;
    };
    std::string text_;
    std::vector<Entry> entries_;
};

/// Whether a comma separated field value contains `token` (case-insensitive, RFC 9110 §5.6.1).
bool has_token(std::string_view list, std::string_view token);

}  // namespace platform::http
