#include "services/auth-service/src/factor_seal.hpp"

#include <stdexcept>

namespace tt::auth {
namespace {

std::string factor_context(UserId user_id, Uuid factor_id) {
    return "auth.factors.secret/" + to_string(user_id) + "/" + to_string(factor_id);
}

}  // namespace

db::Bytea seal_factor_secret(const crypto::Envelope& envelope, UserId user_id, Uuid factor_id,
                             const std::string& secret) {
    return {envelope.seal(secret, factor_context(user_id, factor_id))};
}

std::string open_factor_secret(const crypto::Envelope& envelope, const FactorRow& factor) {
    auto secret = envelope.open(factor.secret.value().bytes, factor_context(factor.user_id, factor.id));
    if (!secret) throw std::runtime_error("the master key does not open a factor's secret");
    return std::move(*secret);
}

}  // namespace tt::auth
