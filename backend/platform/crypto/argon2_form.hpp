#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace platform::crypto {

/// A PHC string of Argon2, taken apart.
struct Argon2Form {
    int type = 0;  // as argon2.h numbers them
    std::uint32_t memory_kib = 0;
    std::uint32_t passes = 0;
    std::uint32_t lanes = 0;
    std::string salt;
    std::string hash;
};

/// Nothing for what is malformed or costs more than a sign-in may.
std::optional<Argon2Form> parse_argon2_form(std::string_view phc);
/// On the calling thread alone, however many lanes there are. Throws std::bad_alloc.
bool matches(const std::string& password, const Argon2Form& form);

}  // namespace platform::crypto
