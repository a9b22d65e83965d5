#include "services/auth-service/src/oauth_clients.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"
#include "services/auth-service/src/store/oauth_sql.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace tt::auth {
namespace {

constexpr std::size_t redirect_uris_max = 10;
constexpr std::size_t client_name_max = 1024;
constexpr std::size_t client_address_max = 2048;

Error bad_client(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

Error no_such_client() {
    return Error{Code::not_found, "oauth_client_not_found", "OAuth client not found"};
}

Error invalid_client() {
    return Error{Code::unauthenticated, "invalid_client", "Invalid client credentials"};
}

Result<void> check_addresses(const std::vector<std::string>& uris) {
    if (uris.empty()) return bad_client("redirect_uris is required");
    if (uris.size() > redirect_uris_max) return bad_client("redirect_uris cannot exceed 10 items");
    for (const std::string& uri : uris) {
        const auto checked = check_redirect_uri(uri);
        if (!checked) return checked.error();
    }
    return {};
}

Result<void> check_grant_types(const std::vector<std::string>& types) {
    if (types.empty()) return bad_client("grant_types cannot be empty");
    for (const std::string& type : types) {
        if (type != "authorization_code" && type != "refresh_token") {
            return bad_client("grant_types must only contain 'authorization_code' and/or 'refresh_token'");
        }
    }
    return {};
}

Result<void> check_web_address(const std::string& name, const std::string& address) {
    if (address.empty()) return {};
    if (address.size() > client_address_max) return bad_client(name + " cannot exceed 2048 characters");
    const auto url = boost::urls::parse_uri(address);
    // Shown on the consent page: nothing else than web addresses.
    if (!url || (url->scheme() != "https" && url->scheme() != "http")) return bad_client(name + " must be a valid URL");
    return {};
}

Result<void> check_wish(const OauthClientWish& wish) {
    if (wish.redirect_uris) {
        const auto checked = check_addresses(*wish.redirect_uris);
        if (!checked) return checked.error();
    }
    if (wish.grant_types) {
        const auto checked = check_grant_types(*wish.grant_types);
        if (!checked) return checked.error();
    }
    if (wish.name.value_or("").size() > client_name_max) {
        return bad_client("client_name cannot exceed 1024 characters");
    }
    const auto uri = check_web_address("client_uri", wish.uri.value_or(""));
    if (!uri) return uri.error();
    return check_web_address("logo_uri", wish.logo_uri.value_or(""));
}

/// Type and way to authenticate follow from each other (RFC 7591 §2).
Result<void> settle_type(const OauthClientWish& wish, OauthClientRow& client) {
    const std::string method = wish.token_endpoint_auth_method.value_or("");
    const std::string type = wish.client_type.value_or("");
    if (!method.empty() && method != "none" && method != "client_secret_basic" && method != "client_secret_post") {
        return bad_client("token_endpoint_auth_method must be one of: none, client_secret_basic, client_secret_post");
    }
    if (!type.empty() && type != "public" && type != "confidential") {
        return bad_client("client_type must be 'public' or 'confidential'");
    }
    const std::string implied = method.empty() ? "confidential" : method == "none" ? "public" : "confidential";
    client.client_type = type.empty() ? implied : type;
    if (!method.empty() && client.client_type != implied) {
        return bad_client("client_type '" + type + "' is inconsistent with token_endpoint_auth_method '" + method +
                          "'");
    }
    const std::string usual = client.is_public() ? "none" : "client_secret_basic";
    client.token_endpoint_auth_method = method.empty() ? usual : method;
    return {};
}

/// What stands in plain text in pages and logs: no control characters.
std::string clean_name(const std::string& name) {
    std::string clean;
    for (const char c : name) {
        if (static_cast<unsigned char>(c) >= ' ' && c != 127) clean += c;
    }
    return clean;
}

}  // namespace

bool OauthClientWish::is_empty() const {
    return !redirect_uris && !grant_types && !name && !uri && !logo_uri && !token_endpoint_auth_method &&
           !is_first_party;
}

OauthClients::OauthClients(db::Database database, Revocations& revocations, const Clock& clock)
    : database_(std::move(database)), revocations_(revocations), clock_(clock) {}

Task<void> OauthClients::note(db::Tx& tx, std::optional<AdminActor> actor, Uuid id, std::string what) {
    AuditEntry entry{.action = action::oauth_client_changed, .target = to_string(id)};
    if (actor) {
        entry.actor = actor->user_id;
        entry.ip = actor->device.ip;
        entry.user_agent = actor->device.user_agent;
    }
    entry.actor_kind = actor ? actor->kind() : "anonymous";
    entry.details["change"] = what;
    return record(tx, std::move(entry));
}

Task<Result<OauthClientSecret>> OauthClients::create(std::optional<AdminActor> actor, OauthClientWish wish) {
    if (!wish.redirect_uris) co_return bad_client("redirect_uris is required");
    const auto checked = check_wish(wish);
    if (!checked) co_return checked.error();
    OauthClientSecret made;
    OauthClientRow& client = made.client;
    client.id = uuid_v4();
    const auto settled = settle_type(wish, client);
    if (!settled) co_return settled.error();
    client.name = clean_name(wish.name.value_or(""));
    client.uri = wish.uri.value_or("");
    client.logo_uri = wish.logo_uri.value_or("");
    client.redirect_uris = *wish.redirect_uris;
    client.grant_types = wish.grant_types.value_or(std::vector<std::string>{"authorization_code", "refresh_token"});
    client.registration_type = actor ? "manual" : "dynamic";
    client.is_first_party = actor && wish.is_first_party.value_or(false);
    client.created_at = client.updated_at = clock_.now();
    if (!client.is_public()) {
        made.secret = crypto::random_token();
        client.secret_hash = db::Bytea{crypto::sha256(made.secret)};
    }
    db::Tx tx = co_await database_.begin();
    co_await tx.execute(sql::insert_oauth_client, client.id, client.name, client.uri, client.logo_uri,
                        client.client_type, client.token_endpoint_auth_method, client.redirect_uris, client.grant_types,
                        client.scope, client.secret_hash, client.registration_type, client.is_first_party,
                        client.created_at);
    co_await note(tx, actor, client.id, "created");
    co_await tx.commit();
    co_return made;
}

Task<OauthClientPage> OauthClients::list(std::uint64_t limit, std::uint64_t offset) {
    OauthClientPage page;
    page.clients = co_await database_.many<OauthClientRow>(sql::list_oauth_clients, limit, offset);
    page.total = static_cast<std::uint64_t>(co_await database_.one<std::int64_t>(sql::count_oauth_clients));
    co_return page;
}

Task<Result<OauthClientRow>> OauthClients::find(Uuid id) {
    auto client = co_await database_.maybe_one<OauthClientRow>(sql::find_oauth_client, id);
    if (!client) co_return no_such_client();
    co_return std::move(*client);
}

Task<Result<OauthClientRow>> OauthClients::change(AdminActor actor, Uuid id, OauthClientWish wish) {
    auto client = co_await find(id);
    if (!client) co_return client;
    const bool was_first_party = client->is_first_party;
    if (wish.is_empty()) co_return bad_client("No fields provided for update");
    const auto checked = check_wish(wish);
    if (!checked) co_return checked.error();
    if (wish.token_endpoint_auth_method) {
        wish.client_type = client->client_type;  // decided for good when it was made
        const auto settled = settle_type(wish, *client);
        if (!settled) co_return settled.error();
    }
    if (wish.name) client->name = clean_name(*wish.name);
    if (wish.uri) client->uri = *wish.uri;
    if (wish.logo_uri) client->logo_uri = *wish.logo_uri;
    if (wish.redirect_uris) client->redirect_uris = *wish.redirect_uris;
    if (wish.grant_types) client->grant_types = *wish.grant_types;
    if (wish.is_first_party) client->is_first_party = *wish.is_first_party;
    client->updated_at = clock_.now();
    db::Tx tx = co_await database_.begin();
    co_await tx.execute(sql::update_oauth_client, id, client->name, client->uri, client->logo_uri,
                        client->redirect_uris, client->grant_types, client->token_endpoint_auth_method,
                        client->is_first_party, client->updated_at);
    // What it was given as one of our own is good everywhere.
    if (was_first_party && !client->is_first_party) co_await end_what_it_has(tx, id);
    co_await note(tx, actor, id, "changed");
    co_await tx.commit();
    co_return client;
}

Task<void> OauthClients::end_what_it_has(db::Tx& tx, Uuid id) {
    // The codes first: an exchange that is under way holds its code, and its session is found then.
    co_await tx.execute(sql::delete_client_codes, id);
    auto sessions = co_await tx.many<SessionId>(sql::delete_client_sessions, id);
    co_await revocations_.revoke_sessions(tx, std::move(sessions));
}

Task<Result<void>> OauthClients::remove(AdminActor actor, Uuid id) {
    db::Tx tx = co_await database_.begin();
    const auto removed = co_await tx.execute(sql::delete_oauth_client, id);
    if (removed == 0) co_return no_such_client();
    co_await tx.execute(sql::delete_client_consents, id);
    co_await end_what_it_has(tx, id);
    co_await note(tx, actor, id, "removed");
    co_await tx.commit();
    co_return Result<void>();
}

Task<Result<OauthClientSecret>> OauthClients::renew_secret(AdminActor actor, Uuid id) {
    auto client = co_await find(id);
    if (!client) co_return client.error();
    if (client->is_public()) co_return bad_client("Cannot regenerate secret for public client");
    OauthClientSecret made{std::move(*client), crypto::random_token()};
    made.client.updated_at = clock_.now();
    const db::Bytea hash{crypto::sha256(made.secret)};
    db::Tx tx = co_await database_.begin();
    co_await tx.execute(sql::set_oauth_secret, id, hash, made.client.updated_at);
    co_await note(tx, actor, id, "secret renewed");
    co_await tx.commit();
    co_return made;
}

Task<Result<OauthClientRow>> OauthClients::authenticate(std::string client_id, std::string secret, std::string method) {
    const auto id = parse_uuid(client_id);
    if (!id) co_return invalid_client();
    auto client = co_await database_.maybe_one<OauthClientRow>(sql::find_oauth_client, *id);
    if (!client || method != client->token_endpoint_auth_method) co_return invalid_client();
    if (client->is_public()) co_return std::move(*client);
    const std::string given = crypto::sha256(secret);
    if (!client->secret_hash || !crypto::constant_time_equal(given, client->secret_hash->bytes)) {
        co_return invalid_client();
    }
    co_return std::move(*client);
}

}  // namespace tt::auth
