#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace platform {

/// RFC 9562 identifier; compares and sorts bytewise.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
};

/// Time-ordered (RFC 9562 §5.7): 48-bit Unix milliseconds, then random bits. All rows we create use it.
Uuid uuid_v7();
/// Random (RFC 9562 §5.4), where the creation time must not show.
Uuid uuid_v4();
/// The canonical 8-4-4-4-12 form in either case; anything else is refused.
std::optional<Uuid> parse_uuid(std::string_view text);
std::string to_string(const Uuid& id);
/// Unix milliseconds of a version 7 id, nothing for other versions.
std::optional<std::int64_t> uuid_v7_unix_ms(const Uuid& id);
/// A version 7 id with a given time, for re-keying and tests.
Uuid uuid_v7_at(std::int64_t unix_ms);

/// An id that cannot be mistaken for another entity's: `using CourseId = Id<struct CourseTag>`.
template <class Tag>
struct Id {
    Uuid value{};
    auto operator<=>(const Id&) const = default;
    static Id make() { return Id{uuid_v7()}; }
    static std::optional<Id> parse(std::string_view text) {
        const auto id = parse_uuid(text);
        return id ? std::optional(Id{*id}) : std::nullopt;
    }
};

template <class Tag>
std::string to_string(const Id<Tag>& id) {
    return to_string(id.value);
}

}  // namespace platform

template <>
struct std::hash<platform::Uuid> {
    std::size_t operator()(const platform::Uuid& id) const noexcept;
};

template <class Tag>
struct std::hash<platform::Id<Tag>> {
    std::size_t operator()(const platform::Id<Tag>& id) const noexcept { return std::hash<platform::Uuid>{}(id.value); }
};
