#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace platform::http {

struct ByteRange {
    std::uint64_t offset;
    std::uint64_t length;
};

enum class RangeResult { whole, part, unsatisfiable };

/// Reads a Range field for a representation of `size` bytes (RFC 9110 §14). Other units, several ranges and malformed
/// ones mean the whole: a server may ignore Range, and many ranges are an attack on it.
RangeResult parse_range(std::string_view field, std::uint64_t size, ByteRange& out);

}  // namespace platform::http
