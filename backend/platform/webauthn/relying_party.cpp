#include "platform/webauthn/relying_party.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/webauthn/client_data.hpp"

#include <algorithm>

namespace platform::webauthn {

Error refused(std::string why) {
    return {Code::invalid_argument, "webauthn_refused", std::move(why)};
}

Result<void> check_ceremony(const RelyingParty& party, const Ceremony& ceremony, std::string_view type,
                            std::string_view client_data_json, const AuthenticatorData& data) {
    const auto client = ClientData::parse(client_data_json);
    if (!client) return client.error();
    if (client->type != type) return refused("another type of ceremony");
    if (!crypto::constant_time_equal(client->challenge, ceremony.challenge)) return refused("another challenge");
    if (std::ranges::find(party.origins, client->origin) == party.origins.end()) return refused("a foreign origin");
    if (client->is_cross_origin) return refused("made within a foreign page");
    if (data.rp_id_hash != crypto::sha256(party.id)) return refused("made for another relying party");
    if (!data.is_user_present) return refused("the user was not present");
    if (ceremony.user_verification == UserVerification::required && !data.is_user_verified) {
        return refused("the user was not verified");
    }
    if (data.is_backed_up && !data.is_backup_eligible) return refused("backed up without being eligible for it");
    return {};
}

}  // namespace platform::webauthn
