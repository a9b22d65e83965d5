#pragma once

#include "platform/http/headers.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace platform::restql {

enum class Return : std::uint8_t { minimal, headers_only, representation };
enum class Count : std::uint8_t { exact, planned, estimated };
enum class Resolution : std::uint8_t { merge_duplicates, ignore_duplicates };
enum class Missing : std::uint8_t { use_default, use_null };
enum class TxEnd : std::uint8_t { commit, rollback };
enum class Handling : std::uint8_t { strict, lenient };

/// The Prefer headers; the first occurrence of a kind wins (data-api.md §1.6).
struct Preferences {
    std::optional<Return> returns{};
    std::optional<Count> count{};
    std::optional<Resolution> resolution{};
    std::optional<Missing> missing{};
    std::optional<TxEnd> tx{};  ///< absent when the options do not allow an override
    std::optional<Handling> handling{};
    std::optional<std::string> timezone{};
    std::optional<std::int64_t> max_affected{};
    std::vector<std::string> invalid{};  ///< what was not understood, as sent

    bool is_strict() const { return handling == Handling::strict; }
};

Preferences parse_preferences(const http::Headers& headers, bool may_override_tx);

/// The Preference-Applied value for the given ones, in upstream's order; empty for none.
std::string preference_applied(const Preferences& applied);

}  // namespace platform::restql
