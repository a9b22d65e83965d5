#include "services/auth-service/src/domain/recovery_code.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/base32.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

namespace tt::auth {

std::vector<std::string> make_recovery_codes() {
    constexpr std::size_t code_bytes = recovery_code_length * 5 / 8;
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < recovery_codes_per_set; ++i) {
        codes.push_back(
            platform::lower_ascii(platform::crypto::base32_encode(platform::crypto::random_bytes(code_bytes))));
    }
    return codes;
}

std::optional<std::string> normal_recovery_code(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c != ' ' && c != '-') code += platform::lower_ascii(c);
        if (code.size() > recovery_code_length) return std::nullopt;
    }
    if (code.size() != recovery_code_length || !platform::crypto::base32_decode(code)) return std::nullopt;
    return code;
}

std::string hash_of_recovery_code(std::string_view key, std::string_view code) {
    return platform::crypto::hmac_sha256(key, code);
}

}  // namespace tt::auth
