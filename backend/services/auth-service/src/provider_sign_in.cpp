#include "services/auth-service/src/provider_sign_in.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/identity_linking.hpp"
#include "services/auth-service/src/store/identities_sql.hpp"

#include <array>

#include <algorithm>

namespace tt::auth {
namespace {

constexpr const char* verifier_context = "auth.provider_flows.verifier";
constexpr const char* provider_amr_method = "oauth";

Error needs_verification(const std::string& provider) {
    return Error{
        Code::permission_denied, "provider_email_needs_verification",
        "Unverified email with " + provider + ". A confirmation email has been sent to your " + provider + " email"};
}

Error bad_state() {
    return Error{Code::invalid_argument, "bad_oauth_state", "OAuth state is invalid, was used already or has expired"};
}

/// The provider's own word for what went wrong, if it is one of RFC 6749 §4.1.2.1.
Error refused_there(const std::string& error) {
    const Code code = error == "access_denied"             ? Code::permission_denied
                      : error == "temporarily_unavailable" ? Code::unavailable
                                                           : Code::invalid_argument;
    return Error{code, "bad_oauth_callback", "The identity provider did not let the person in"};
}

}  // namespace

struct ProviderSignIn::Flow {
    std::string provider;
    std::string nonce;
    db::Bytea verifier;
    std::optional<db::Bytea> browser_hash;
    std::string redirect_to;
    std::optional<std::string> code_challenge;
    std::optional<std::string> challenge_method;
    std::optional<UserId> link_user;
    std::optional<SessionId> link_session;
    Time created_at{};
    BOOST_DESCRIBE_CLASS(Flow, (),
                         (provider, nonce, verifier, browser_hash, redirect_to, code_challenge, challenge_method,
                          link_user, link_session, created_at),
                         (), ())

    Pkce pkce() const { return {code_challenge.value_or(""), challenge_method.value_or("")}; }
};

ProviderSignIn::ProviderSignIn(AccountParts parts, Flows& flows, Providers& providers, const crypto::Envelope& envelope)
    : parts_(parts), flows_(flows), providers_(providers), accounts_(std::move(parts)), envelope_(envelope) {}

Task<Result<void>> ProviderSignIn::check_link(db::Tx& tx, Caller caller, Time begun) {
    const auto standing = co_await standing_of(tx, caller, parts_.clock.now());
    if (!standing) co_return standing.error();
    // The way to the provider and back takes its time; what counts is how fresh the proof was before.
    co_return may_link(*standing, parts_.config, begun);
}

Task<Result<std::string>> ProviderSignIn::begin(ProviderWish wish) {
    if (wish.link) {
        db::Tx tx = co_await parts_.database.begin();
        const auto allowed = co_await check_link(tx, *wish.link, parts_.clock.now());
        if (!allowed) co_return allowed.error();
    }
    ProviderTrip trip{crypto::random_token(), crypto::random_token(), crypto::random_token(48), wish.scopes,
                      std::move(wish.members)};
    auto url = co_await providers_.authorization_url(wish.provider, trip);
    if (!url) co_return url;
    const db::Bytea state_hash{crypto::sha256(trip.state)};
    const db::Bytea verifier{envelope_.seal(trip.verifier, verifier_context)};
    std::optional<db::Bytea> browser_hash;
    if (!wish.link) browser_hash = db::Bytea{crypto::sha256(wish.browser)};
    std::optional<std::string> challenge;
    std::optional<std::string> method;
    if (wish.pkce.is_set()) {
        challenge = wish.pkce.challenge;
        method = wish.pkce.method;
    }
    std::optional<UserId> link_user;
    std::optional<SessionId> link_session;
    if (wish.link) {
        link_user = wish.link->user_id;
        link_session = wish.link->session_id;
    }
    co_await parts_.database.execute(sql::insert_provider_flow, state_hash, wish.provider, trip.nonce, verifier,
                                     browser_hash, wish.redirect_to, challenge, method, link_user, link_session,
                                     parts_.clock.now());
    co_return url;
}

Task<std::optional<ProviderSignIn::Flow>> ProviderSignIn::take(std::string state, std::string browser) {
    const db::Bytea hash{crypto::sha256(state)};
    auto flow = co_await parts_.database.maybe_one<Flow>(sql::take_provider_flow, hash);
    if (!flow || parts_.clock.now() - flow->created_at > lifetime) co_return std::nullopt;
    const bool is_other_browser =
        flow->browser_hash && !crypto::constant_time_equal(crypto::sha256(browser), flow->browser_hash->bytes);
    if (is_other_browser) {
        log::warn("provider_flow_in_other_browser", {{"provider", flow->provider}});
        co_return std::nullopt;
    }
    co_return std::move(*flow);
}

Task<Result<ProviderReturn>> ProviderSignIn::arrive(const Flow& flow, ProviderAnswer answer) {
    if (!answer.error.empty() || answer.code.empty()) co_return refused_there(answer.error);
    auto verifier = envelope_.open(flow.verifier.bytes, verifier_context);
    if (!verifier) throw std::runtime_error("the master key does not open the verifier of a sign-in");
    ProviderTrip trip{.state = answer.state, .nonce = flow.nonce, .verifier = std::move(*verifier)};
    ProviderCode code{std::move(answer.code), std::move(answer.issuer), std::move(answer.user)};
    co_return co_await providers_.person_of_code(flow.provider, std::move(code), std::move(trip));
}

Task<ProviderLanding> ProviderSignIn::land(ProviderAnswer answer, Device device) {
    ProviderLanding landing;
    landing.redirect_to = parts_.config.site_url;
    auto flow = co_await take(answer.state, answer.browser);
    if (!flow) {
        landing.error = bad_state();
        co_return landing;
    }
    landing.redirect_to = flow->redirect_to;
    landing.is_pkce = flow->code_challenge.has_value();
    auto back = co_await arrive(*flow, std::move(answer));
    if (!back) {
        landing.error = back.error();
    } else if (flow->link_user) {
        co_await keep_for_link(std::move(*flow), std::move(*back), landing);
    } else {
        co_await let_in(std::move(*flow), std::move(*back), landing, device);
    }
    if (landing.error) {
        AuditEntry entry{.action = action::login, .ip = device.ip, .user_agent = device.user_agent};
        entry.outcome = "failure";
        entry.details = {{"method", "oauth"}, {"reason", landing.error->reason}};
        co_await record(parts_.database, std::move(entry));
    }
    co_return landing;
}

Task<void> ProviderSignIn::let_in(Flow flow, ProviderReturn back, ProviderLanding& landing, Device device) {
    auto candidate = co_await accounts_.ask(back.person, device.ip);
    if (!candidate) {
        landing.error = candidate.error();
        co_return;
    }
    db::Tx tx = co_await parts_.database.begin();
    const auto account = co_await accounts_.resolve(tx, back.person, std::move(*candidate), flow.redirect_to, device);
    if (!account) {
        landing.error = account.error();
        co_return;
    }
    std::optional<IssuedSession> issued;
    if (account->needs_verification) {
        landing.error = needs_verification(flow.provider);
    } else if (landing.is_pkce) {
        landing.code = co_await flows_.create_code(tx, account->user.id, flow.pkce(), provider_amr_method, back.tokens);
    } else {
        issued = co_await parts_.sessions.open(tx, account->user.id, provider_amr_method, device);
    }
    AuditEntry entry{.action = action::login, .actor = account->user.id, .ip = device.ip};
    entry.user_agent = device.user_agent;
    entry.details = {{"method", "oauth"}, {"provider", flow.provider}};
    if (!account->needs_verification) co_await record(tx, std::move(entry));
    UserView view;
    if (account->is_new) view = co_await store::view_of(tx, account->user);
    co_await tx.commit();
    if (account->is_new) co_await accounts_.tell(std::move(view), device.ip);
    if (!issued) co_return;
    auto finished = co_await parts_.sessions.finish(std::move(*issued));
    if (!finished) {
        landing.error = finished.error();
        co_return;
    }
    landing.session = std::move(*finished);
    landing.session->provider_token = std::move(back.tokens.access_token);
    landing.session->provider_refresh_token = std::move(back.tokens.refresh_token);
}

Task<void> ProviderSignIn::keep_for_link(Flow flow, ProviderReturn back, ProviderLanding& landing) {
    db::Tx tx = co_await parts_.database.begin();
    const auto allowed = co_await check_link(tx, {*flow.link_user, *flow.link_session}, flow.created_at);
    const auto owner = co_await tx.maybe_one<UserId>(sql::owner_of_identity, back.person.subject, back.person.provider);
    if (!allowed) {
        landing.error = allowed.error();
    } else if (owner) {
        landing.error = Error{
            Code::unprocessable, "identity_already_exists",
            *owner == *flow.link_user ? "Identity is already linked" : "Identity is already linked to another user"};
    } else {
        landing.code = co_await flows_.create_code(tx, *flow.link_user, flow.pkce(), provider_amr_method, back.tokens);
        co_await keep_identity(tx, *flow.link_user, landing.code, std::move(back.person), parts_.clock.now());
    }
    co_await tx.commit();
}

Task<Result<IssuedSession>> ProviderSignIn::link_now(Caller caller, ProviderPerson person, Device device) {
    const Time now = parts_.clock.now();
    db::Tx tx = co_await parts_.database.begin();
    auto user = co_await store::lock_user(tx, caller.user_id);
    const auto allowed = co_await check_link(tx, caller, now);
    if (!allowed) co_return allowed.error();
    const auto linked = co_await add_identity(tx, parts_.mails, std::move(*user), std::move(person), now);
    if (!linked) co_return linked.error();
    auto issued = co_await parts_.sessions.open(tx, caller.user_id, provider_amr_method, std::move(device));
    co_await tx.commit();
    co_return co_await parts_.sessions.finish(std::move(issued));
}

Task<Result<IssuedSession>> ProviderSignIn::sign_in_with_id_token(IdTokenWish wish, Device device) {
    if (wish.provider.empty()) wish.provider = providers_.name_of(wish.issuer, wish.client_id);
    GivenIdToken given{std::move(wish.id_token), std::move(wish.nonce), std::move(wish.access_token)};
    auto person = co_await providers_.person_of_id_token(wish.provider, std::move(given));
    if (!person) co_return person.error();
    if (wish.link) co_return co_await link_now(*wish.link, std::move(*person), std::move(device));
    auto candidate = co_await accounts_.ask(*person, device.ip);
    if (!candidate) co_return candidate.error();
    db::Tx tx = co_await parts_.database.begin();
    const auto account = co_await accounts_.resolve(tx, *person, std::move(*candidate), parts_.config.site_url, device);
    if (!account) co_return account.error();
    if (account->needs_verification) {
        co_await tx.commit();
        co_return needs_verification(wish.provider);
    }
    auto issued = co_await parts_.sessions.open(tx, account->user.id, provider_amr_method, device);
    AuditEntry entry{.action = action::login, .actor = account->user.id, .ip = device.ip};
    entry.user_agent = device.user_agent;
    entry.details = {{"method", "id_token"}, {"provider", wish.provider}};
    co_await record(tx, std::move(entry));
    const UserView view = issued.view;
    co_await tx.commit();
    if (account->is_new) co_await accounts_.tell(view, device.ip);
    co_return co_await parts_.sessions.finish(std::move(issued));
}

Task<void> ProviderSignIn::clean_up() {
    const Time forgotten = parts_.clock.now() - lifetime;
    co_await parts_.database.execute(sql::delete_old_provider_flows, forgotten);
    co_await parts_.database.execute(sql::delete_old_pending_identities, forgotten);
}

}  // namespace tt::auth
