#pragma once

#include "shared/types/prelude.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tt::user {

/// Which invitation a token is for. Both ids are in the token, so that its row is found on one shard.
struct InvitationKey {
    Uuid organization_id;
    Uuid id;
};

/// base64url(organisation 16 ‖ invitation 16 ‖ 32 random bytes); only its SHA-256 is stored.
std::string make_invitation_token(const InvitationKey& key);
/// Nothing for anything that was not made like this. Whether the token is right is for its hash to say.
std::optional<InvitationKey> key_of_invitation_token(std::string_view token);

/// What somebody with the link may see of the address before they sign in: "a…@example.com".
std::string email_hint(std::string_view email);

}  // namespace tt::user
