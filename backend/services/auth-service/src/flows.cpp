#include "services/auth-service/src/flows.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/identity_linking.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/flows_sql.hpp"

namespace tt::auth {

BOOST_DESCRIBE_STRUCT(ProviderTokens, (), (access_token, refresh_token))

namespace {

struct FlowRow {
    UserId user_id;
    std::string amr_method;
    std::string code_challenge;
    std::string challenge_method;
    std::optional<db::Bytea> provider_tokens;
    Time created_at{};
};
BOOST_DESCRIBE_STRUCT(FlowRow, (), (user_id, amr_method, code_challenge, challenge_method, provider_tokens, created_at))

constexpr std::chrono::hours flow_retention{1};  // so that a late client hears "expired", not "unknown"

std::string flow_seal_context(UserId user_id) {
    return "auth.flow_states.provider_tokens/" + to_string(user_id);
}

Error unknown_flow() {
    return Error{Code::not_found, "flow_state_not_found", "invalid flow state, no valid flow state found"};
}

}  // namespace

Flows::Flows(db::Database database, Sessions& sessions, AuthMails& mails, const crypto::Envelope& envelope,
             const Clock& clock)
    : database_(std::move(database)), sessions_(sessions), mails_(mails), envelope_(envelope), clock_(clock) {}

Task<std::string> Flows::create_code(db::Tx& tx, UserId user_id, Pkce pkce, std::string amr_method,
                                     ProviderTokens tokens) {
    std::string code = to_string(uuid_v4());
    const db::Bytea hash{crypto::sha256(code)};
    std::optional<db::Bytea> sealed;
    if (tokens.is_set()) sealed = db::Bytea{envelope_.seal(json::write(tokens), flow_seal_context(user_id))};
    co_await tx.execute(sql::insert_flow, hash, user_id, amr_method, pkce.challenge, pkce.method, sealed, clock_.now());
    co_return code;
}

Task<Result<IssuedSession>> Flows::exchange(std::string code, std::string verifier, Device device) {
    const db::Bytea hash{crypto::sha256(code)};
    db::Tx tx = co_await database_.begin();
    const auto flow = co_await tx.maybe_one<FlowRow>(sql::find_flow, hash);
    if (!flow) co_return unknown_flow();
    const Time now = clock_.now();
    if (now - flow->created_at > lifetime) {
        co_return Error{Code::unprocessable, "flow_state_expired", "invalid flow state, flow state has expired"};
    }
    const Pkce pkce{flow->code_challenge, flow->challenge_method};
    if (!pkce.is_proven_by(verifier)) {
        log::warn("code_verifier_wrong", {{"user_id", to_string(flow->user_id)}});
        co_return Error{Code::invalid_argument, "bad_code_verifier",
                        "code challenge does not match previously saved code verifier"};
    }
    // The account before its codes, as everywhere; and nobody bans or removes it meanwhile.
    std::vector<db::Statement> statements;
    statements.push_back({sql::lock_user, db::make_params(flow->user_id)});
    statements.push_back({sql::take_flow, db::make_params(hash)});
    const auto done = co_await tx.batch(std::move(statements));
    const auto user = done[0].maybe<UserRow>();
    if (!user || user->deleted_at || done[1].affected() == 0) co_return unknown_flow();
    if (user->is_banned(now)) co_return Error{Code::invalid_argument, "user_banned", "User is banned"};
    const auto added = co_await add_kept_identity(tx, mails_, flow->user_id, code, now);
    if (!added) co_return added.error();
    auto issued = co_await sessions_.open(tx, flow->user_id, flow->amr_method, std::move(device));
    co_await tx.commit();
    auto finished = co_await sessions_.finish(std::move(issued));
    if (!finished || !flow->provider_tokens) co_return finished;
    const auto text = envelope_.open(flow->provider_tokens->bytes, flow_seal_context(flow->user_id));
    if (!text) throw std::runtime_error("the master key does not open an identity provider's tokens");
    auto tokens = json::parse<ProviderTokens>(*text).value();
    finished->provider_token = std::move(tokens.access_token);
    finished->provider_refresh_token = std::move(tokens.refresh_token);
    co_return finished;
}

Task<void> Flows::clean_up() {
    const Time forgotten = clock_.now() - flow_retention;
    co_await database_.execute(sql::delete_old_flows, forgotten);
}

}  // namespace tt::auth
