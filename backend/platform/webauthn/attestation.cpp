#include "platform/webauthn/attestation.hpp"

#include "platform/crypto/openssl.hpp"
#include "platform/webauthn/relying_party.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace platform::webauthn {
namespace {

constexpr std::size_t max_certificate_bytes = 8 * 1024;

using Certificate = std::unique_ptr<X509, crypto::Free<X509_free>>;

/// The first certificate of x5c; null when there is none that can be read.
Certificate leaf_certificate(const cbor::Value& chain) {
    const auto* list = chain.as<cbor::Array>();
    const auto* first = list && !list->empty() ? list->front().as<cbor::Bytes>() : nullptr;
    if (!first || first->octets.size() > max_certificate_bytes) return nullptr;
    const unsigned char* begin = crypto::octets(first->octets);
    const unsigned char* end = begin;
    Certificate certificate(d2i_X509(nullptr, &end, static_cast<long>(first->octets.size())));
    if (end != begin + first->octets.size()) return nullptr;
    return certificate;
}

const EVP_MD* digest_of(std::int64_t algorithm) {
    return algorithm == cose_eddsa ? nullptr : EVP_sha256();
}

int key_type_of(std::int64_t algorithm) {
    if (algorithm == cose_es256) return EVP_PKEY_EC;
    if (algorithm == cose_eddsa) return EVP_PKEY_ED25519;
    return algorithm == cose_rs256 ? EVP_PKEY_RSA : EVP_PKEY_NONE;
}

bool is_signed_by_certificate(const cbor::Value& chain, std::int64_t algorithm, std::string_view data,
                              std::string_view signature) {
    const Certificate certificate = leaf_certificate(chain);
    EVP_PKEY* key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
    if (!key || EVP_PKEY_get_base_id(key) != key_type_of(algorithm)) return false;
    const crypto::Digest context(EVP_MD_CTX_new());
    if (EVP_DigestVerifyInit(context.get(), nullptr, digest_of(algorithm), nullptr, key) <= 0) return false;
    return EVP_DigestVerify(context.get(), crypto::octets(signature), signature.size(), crypto::octets(data),
                            data.size()) == 1;
}

/// The certificate is not followed to a root: whoever asks for no attestation trusts no maker either.
Result<void> check_packed(const AttestationObject& object, const PublicKey& credential_key,
                          const std::string& client_data_hash) {
    const auto* stated = cbor::find(object.statement, "alg");
    const auto* algorithm = stated ? stated->as<std::int64_t>() : nullptr;
    const std::string signature = cbor::bytes_member(object.statement, "sig");
    if (!algorithm || signature.empty()) return refused("packed attestation without alg or sig");
    const std::string signed_data = object.authenticator_data + client_data_hash;
    if (const auto* chain = cbor::find(object.statement, "x5c")) {
        if (is_signed_by_certificate(*chain, *algorithm, signed_data, signature)) return {};
        return refused("the attestation's signature does not fit its certificate");
    }
    if (*algorithm != credential_key.algorithm()) return refused("self attestation by another algorithm");
    if (!credential_key.verify(signed_data, signature)) return refused("the attestation's signature does not fit");
    return {};
}

}  // namespace

Result<AttestationObject> AttestationObject::parse(std::string_view bytes) {
    auto value = cbor::parse(bytes);
    if (!value) return value.error();
    const Error malformed{Code::invalid_argument, "webauthn_malformed", "the attestation object cannot be read"};
    const auto* map = value->as<cbor::Map>();
    const auto* format_value = map ? cbor::find(*map, "fmt") : nullptr;
    const auto* statement_value = map ? cbor::find(*map, "attStmt") : nullptr;
    const auto* format = format_value ? format_value->as<std::string>() : nullptr;
    const auto* statement = statement_value ? statement_value->as<cbor::Map>() : nullptr;
    if (!format || !statement) return malformed;
    return AttestationObject{*format, *statement, cbor::bytes_member(*map, "authData")};
}

Result<void> check_attestation(const AttestationObject& object, const PublicKey& credential_key,
                               const std::string& client_data_hash) {
    if (object.format == "none") {
        if (object.statement.empty()) return {};
        return refused("a statement without a format");
    }
    if (object.format == "packed") return check_packed(object, credential_key, client_data_hash);
    return Error{Code::invalid_argument, "webauthn_attestation_unsupported",
                 "attestation of this format is not supported; none is asked for"};
}

}  // namespace platform::webauthn
