#include "platform/webauthn/options.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/webauthn/public_key.hpp"

#include <boost/json/array.hpp>

namespace platform::webauthn {
namespace {

namespace bj = boost::json;

bj::array descriptors(const std::vector<CredentialDescriptor>& credentials) {
    bj::array list;
    for (const auto& credential : credentials) {
        bj::object entry{{"type", "public-key"}, {"id", crypto::base64url_encode(credential.id)}};
        if (!credential.transports.empty()) {
            entry["transports"] = bj::array(credential.transports.begin(), credential.transports.end());
        }
        list.push_back(std::move(entry));
    }
    return list;
}

bj::array algorithms_we_verify() {
    bj::array list;
    for (const std::int64_t algorithm : {cose_es256, cose_eddsa, cose_rs256}) {
        list.push_back(bj::object{{"type", "public-key"}, {"alg", algorithm}});
    }
    return list;
}

std::string_view word_of(UserVerification verification) {
    return verification == UserVerification::required ? "required" : "preferred";
}

}  // namespace

bj::object creation_options(const RelyingParty& party, const Ceremony& ceremony, const UserEntity& user,
                            const std::vector<CredentialDescriptor>& excluded, bool is_discoverable) {
    const bj::object selection{{"residentKey", is_discoverable ? "required" : "discouraged"},
                               {"requireResidentKey", is_discoverable},
                               {"userVerification", word_of(ceremony.user_verification)}};
    return {{"rp", bj::object{{"id", party.id}, {"name", party.name}}},
            {"user", bj::object{{"id", crypto::base64url_encode(user.handle)},
                                {"name", user.name},
                                {"displayName", user.display_name}}},
            {"challenge", crypto::base64url_encode(ceremony.challenge)},
            {"pubKeyCredParams", algorithms_we_verify()},
            {"timeout", ceremony_timeout.count()},
            {"excludeCredentials", descriptors(excluded)},
            {"authenticatorSelection", selection},
            {"attestation", "none"}};
}

bj::object request_options(const RelyingParty& party, const Ceremony& ceremony,
                           const std::vector<CredentialDescriptor>& allowed) {
    bj::object options{{"challenge", crypto::base64url_encode(ceremony.challenge)},
                       {"timeout", ceremony_timeout.count()},
                       {"rpId", party.id},
                       {"userVerification", word_of(ceremony.user_verification)}};
    if (!allowed.empty()) options["allowCredentials"] = descriptors(allowed);
    return options;
}

}  // namespace platform::webauthn
