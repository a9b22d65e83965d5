#pragma once

#include "platform/crypto/envelope.hpp"
#include "platform/crypto/jwks.hpp"
#include "platform/crypto/jwt.hpp"
#include "platform/db/database.hpp"
#include "shared/types/prelude.hpp"

#include <memory>
#include <mutex>
#include <string>

namespace tt::auth {

/// The keys that sign access tokens. They live in the database, so that every process signs with the same one; the
/// private part only opens with the master key.
class SigningKeys final : public crypto::JwksSource {
public:
    SigningKeys(db::Database database, const crypto::Envelope& envelope, const Clock& clock);

    /// Reads the keys; makes the first one when there is none. Throws when the master key does not fit them.
    Task<void> load();
    /// Throws Unavailable before load().
    std::string sign(const boost::json::object& claims) const;
    /// The JWKS document: every key that tokens in circulation may be signed with, private parts left out.
    std::string jwks() const;
    Task<std::string> fetch_jwks() override;

private:
    struct Loaded {
        crypto::Es256Key current;
        std::string jwks;
    };
    std::shared_ptr<const Loaded> loaded() const;
    Task<void> make_first_key();

    db::Database database_;
    const crypto::Envelope& envelope_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Loaded> loaded_;
};

}  // namespace tt::auth
