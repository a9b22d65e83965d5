#include "platform/crypto/ecdsa_der.hpp"

#include "platform/crypto/openssl.hpp"

namespace platform::crypto {

std::string ecdsa_der(std::string_view raw, std::size_t coordinate_bytes) {
    const Signature signature(ECDSA_SIG_new());
    Number r = number_of(raw.substr(0, coordinate_bytes));
    Number s = number_of(raw.substr(coordinate_bytes));
    require(ECDSA_SIG_set0(signature.get(), r.release(), s.release()), "ECDSA_SIG_set0");
    unsigned char* encoded = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &encoded);
    require(size, "i2d_ECDSA_SIG");
    std::string der(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
    OPENSSL_free(encoded);
    return der;
}

}  // namespace platform::crypto
