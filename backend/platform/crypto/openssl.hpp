#pragma once

// For platform/crypto and platform/webauthn only: owning handles and error checks for OpenSSL.

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace platform::crypto {

/// A unique_ptr deleter made of an OpenSSL _free function.
template <auto Function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};

using Digest = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;

/// Throws when an OpenSSL call that cannot fail with valid input has failed.
inline void require(int result, const char* call) {
    if (result <= 0) throw std::runtime_error(std::string("OpenSSL: ") + call + " failed");
}

inline unsigned char* octets(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

inline const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

inline Number number_of(std::string_view bytes) {
    return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

}  // namespace platform::crypto
