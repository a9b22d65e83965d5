#pragma once

#include "platform/db/database.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/domain/pkce.hpp"
#include "services/auth-service/src/store/one_time.hpp"

#include <optional>
#include <string>

namespace tt::auth {

/// What is sent: a secret for a link and a short code, either of which proves the same.
struct OneTimeSecret {
    std::string link;  // with "pkce_" before it when the flow is one of PKCE
    std::string code;
};

/// What comes back: one of both.
struct OneTimeProof {
    std::string link{};
    std::string address{};  // with a code: where it was sent
    std::string code{};

    bool is_link() const { return !link.empty(); }
};

struct TakenOneTime {
    OneTimeKind kind = OneTimeKind::confirmation;
    std::string address;
    Pkce pkce;
    std::optional<Uuid> sign_up_id{};
    bool is_replay = false;  // the same browser opened the link before
};

/// Secrets that prove an address or a request, stored as hashes and used once.
class OneTimeCodes {
public:
    static constexpr int attempt_limit = 5;  // wrong codes; then the code is void
    static constexpr std::string_view pkce_prefix = "pkce_";

    OneTimeCodes(const Clock& clock, const AuthConfig& config);

    /// `sign_up` is the one that asked for the mail: the account may belong to a later one by the time it is sent.
    Task<OneTimeSecret> issue(db::Tx& tx, UserId owner, OneTimeKind kind, std::string address,
                              std::optional<Uuid> sign_up, Pkce pkce = {});
    /// Uses the proof up; commit also when there is nothing, to keep the count of wrong codes. With `browser` (a
    /// cookie of the visitor) a link stays good for it alone for link_replay_s.
    Task<std::optional<TakenOneTime>> take(db::Tx& tx, UserId owner, OneTimeKind kind, OneTimeProof proof,
                                           std::string browser = {});
    /// Voids all of a person's.
    Task<void> forget(db::Tx& tx, UserId owner);
    Task<void> forget(db::Tx& tx, UserId owner, OneTimeKind kind);
    Task<void> clean_up(db::Database database);

private:
    bool is_expired(const OneTimeRow& row, const OneTimeProof& proof) const;
    Task<std::optional<TakenOneTime>> take_link(db::Tx& tx, OneTimeRow row, std::string link, std::string browser);
    Task<std::optional<TakenOneTime>> take_code(db::Tx& tx, OneTimeRow row, OneTimeProof proof);

    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
