#include "services/auth-service/src/domain/audit_link.hpp"

#include "platform/crypto/hash.hpp"

namespace tt::auth {
namespace {

void append_number(std::string& bytes, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((number >> shift) & 0xff);
}

}  // namespace

std::string audit_link_hash(std::string_view key, std::string_view previous_hash, std::int64_t seq,
                            const std::vector<std::string>& fields) {
    std::string bytes(previous_hash);
    append_number(bytes, static_cast<std::uint64_t>(seq));
    for (const std::string& field : fields) {
        append_number(bytes, field.size());
        bytes += field;
    }
    return platform::crypto::hmac_sha256(key, bytes);
}

}  // namespace tt::auth
