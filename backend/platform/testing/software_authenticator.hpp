#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

typedef struct evp_pkey_st EVP_PKEY;

namespace platform::testing {

/// A security key and the browser in front of it, with one credential. Everything it says can be bent, so that a test
/// can lie to a relying party.
class SoftwareAuthenticator {
public:
    enum class Algorithm { es256, eddsa, rs256 };

    explicit SoftwareAuthenticator(Algorithm algorithm = Algorithm::es256);

    std::string rp_id = "localhost";
    std::string origin = "http://localhost:5173";
    bool is_user_present = true;
    bool is_user_verified = true;
    bool is_backup_eligible = false;
    bool is_backed_up = false;
    bool is_cross_origin = false;
    std::uint32_t sign_count = 0;  ///< of the next answer; stays 0 when it is 0 (an authenticator that does not count)
    bool has_extensions = false;
    bool has_self_attestation = false;

    /// navigator.credentials.create(): RegistrationResponseJSON for PublicKeyCredentialCreationOptionsJSON.
    boost::json::object create(const boost::json::object& options);
    /// navigator.credentials.get(): AuthenticationResponseJSON for PublicKeyCredentialRequestOptionsJSON.
    boost::json::object get(const boost::json::object& options);

    const std::string& credential_id() const { return credential_id_; }
    /// The public key as COSE_Key.
    std::string cose_key() const;
    std::string sign(std::string_view data) const;

private:
    std::string authenticator_data(bool is_new);
    std::string client_data(std::string_view type, const boost::json::object& options) const;
    boost::json::object answer(boost::json::object response) const;

    Algorithm algorithm_;
    std::shared_ptr<EVP_PKEY> key_;
    std::string credential_id_;
    std::string user_handle_;
};

/// CBOR heads and strings, for tests that build their own.
std::string cbor_head(unsigned major, std::uint64_t number);
std::string cbor_text(std::string_view text);
std::string cbor_bytes(std::string_view bytes);
std::string cbor_int(std::int64_t number);

}  // namespace platform::testing
