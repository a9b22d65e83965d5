#include "platform/crypto/random.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/openssl.hpp"

#include <openssl/rand.h>

namespace platform::crypto {

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (count > 0) require(RAND_bytes(octets(bytes), static_cast<int>(count)), "RAND_bytes");
    return bytes;
}

std::string random_token(std::size_t byte_count) {
    return base64url_encode(random_bytes(byte_count));
}

std::string random_digits(std::size_t length) {
    std::string digits;
    while (digits.size() < length) {
        for (const char c : random_bytes(length)) {
            const auto value = static_cast<unsigned char>(c);
            // 250..255 would make the digits 0..5 more likely.
            if (value < 250 && digits.size() < length) digits += static_cast<char>('0' + value % 10);
        }
    }
    return digits;
}

}  // namespace platform::crypto
