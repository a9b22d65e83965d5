#pragma once

#include "platform/core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The CBOR that authenticators send (CTAP2 canonical form, WebAuthn §6): definite lengths, no tags, no floating point
/// numbers, keys once. libcbor reads item by item; what may follow is bounded before anything is stored, so the tree
/// is never larger than its input.
namespace platform::webauthn::cbor {

inline constexpr std::size_t max_depth = 4;          ///< CTAP2 §8: "must not exceed four levels"
inline constexpr std::size_t max_members = 128;      ///< of one array or map; keys are compared pairwise
inline constexpr std::size_t max_bytes = 64 * 1024;  ///< the largest attestation of today's devices is below 8 KiB

struct Value;
/// A byte string, told apart from text.
struct Bytes {
    std::string octets;
};
using Array = std::vector<Value>;
struct Member;
using Map = std::vector<Member>;

/// Text is std::string, a byte string is Bytes; null and undefined are std::monostate.
struct Value {
    std::variant<std::monostate, bool, std::int64_t, std::string, Bytes, Array, Map> data;

    template <class T>
    const T* as() const {
        return std::get_if<T>(&data);
    }
};

/// Keys are integers or text.
struct Member {
    Value key;
    Value value;
};

/// The value at the front of `bytes` and how many bytes it took. Error: cbor_invalid.
struct Parsed {
    Value value;
    std::size_t size = 0;
};
Result<Parsed> parse_front(std::string_view bytes);
/// The same when nothing may follow.
Result<Value> parse(std::string_view bytes);

/// The member of a map, or null.
const Value* find(const Map& map, std::string_view key);
const Value* find(const Map& map, std::int64_t key);
/// The bytes of a member that is a byte string; empty otherwise.
std::string bytes_member(const Map& map, std::int64_t key);
std::string bytes_member(const Map& map, std::string_view key);

}  // namespace platform::webauthn::cbor
