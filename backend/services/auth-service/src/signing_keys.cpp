#include "services/auth-service/src/signing_keys.hpp"

#include "platform/json/type_info.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/store/signing_keys_sql.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

struct KeyRow {
    std::string kid;
    std::string state;
    db::Bytea private_key;
    platform::json::Raw public_jwk;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (kid, state, private_key, public_jwk))

std::string seal_context(const std::string& kid) {
    return "auth.signing_keys.private_key/" + kid;
}

}  // namespace

SigningKeys::SigningKeys(db::Database database, const crypto::Envelope& envelope, const Clock& clock)
    : database_(std::move(database)), envelope_(envelope), clock_(clock) {}

Task<void> SigningKeys::load() {
    auto rows = co_await database_.many<KeyRow>(sql::published_keys);
    if (rows.empty()) {
        co_await make_first_key();
        rows = co_await database_.many<KeyRow>(sql::published_keys);
    }
    boost::json::array published;
    std::shared_ptr<const Loaded> fresh;
    for (const KeyRow& row : rows) published.push_back(boost::json::parse(row.public_jwk.text));
    const std::string jwks = boost::json::serialize(boost::json::object{{"keys", published}});
    for (const KeyRow& row : rows) {
        if (row.state != "current") continue;
        const auto pem = envelope_.open(row.private_key.bytes, seal_context(row.kid));
        if (!pem) throw std::runtime_error("the master key does not open the signing key in the database");
        fresh = std::make_shared<const Loaded>(Loaded{crypto::Es256Key::from_private_pem(*pem, row.kid), jwks});
    }
    if (!fresh) throw std::runtime_error("no signing key is current");
    const std::lock_guard lock(mutex_);
    loaded_ = std::move(fresh);
}

Task<void> SigningKeys::make_first_key() {
    const crypto::Es256Key key = crypto::Es256Key::generate();
    const db::Bytea sealed{envelope_.seal(key.private_pem(), seal_context(key.kid()))};
    const std::string jwk = boost::json::serialize(key.public_jwk());
    const Time now = clock_.now();
    const auto inserted = co_await database_.execute(sql::insert_first_key, key.kid(), sealed, jwk, now);
    if (inserted > 0) log::info("signing_key_created", {{"kid", key.kid()}});
}

std::shared_ptr<const SigningKeys::Loaded> SigningKeys::loaded() const {
    const std::lock_guard lock(mutex_);
    if (!loaded_) throw Unavailable("signing keys are not loaded yet");
    return loaded_;
}

std::string SigningKeys::sign(const boost::json::object& claims) const {
    return crypto::sign_jwt(loaded()->current, claims);
}

std::string SigningKeys::jwks() const {
    return loaded()->jwks;
}

Task<std::string> SigningKeys::fetch_jwks() {
    co_return jwks();
}

}  // namespace tt::auth
