#include "services/auth-service/src/domain/totp_address.hpp"

#include "platform/crypto/totp.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace tt::auth {
namespace {

std::string label(const std::string& text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

}  // namespace

std::string totp_address(const std::string& issuer, const std::string& account, const std::string& secret) {
    namespace crypto = platform::crypto;
    return "otpauth://totp/" + label(issuer) + ":" + label(account) +
           "?algorithm=SHA1&digits=" + std::to_string(crypto::totp_digits) + "&issuer=" + label(issuer) +
           "&period=" + std::to_string(crypto::totp_period.count()) + "&secret=" + secret;
}

}  // namespace tt::auth
