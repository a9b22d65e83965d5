#include "services/auth-service/src/custom_providers.hpp"

#include "platform/json/member.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"
#include "services/auth-service/src/domain/outgoing_url.hpp"
#include "services/auth-service/src/provider_discovery.hpp"
#include "services/auth-service/src/store/custom_providers_sql.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;

constexpr std::size_t summary_list_limit = 100;

Error no_such_provider() {
    return Error{Code::not_found, "custom_provider_not_found", "Custom OAuth provider not found"};
}

Error bad_discovery(const std::string& message) {
    return Error{Code::invalid_argument, "validation_failed", message};
}

std::string secret_context(const CustomProviderRow& provider) {
    return "auth.custom_providers.secret/" + to_string(provider.id);
}

std::string document_url_of(const CustomProviderRow& provider) {
    return provider.discovery_url.value_or(discovery_url_of(provider.issuer.value_or("")));
}

/// What of the document is shown to administrators.
json::Raw summary_of(const bj::object& document) {
    bj::object summary;
    for (const char* name : {"issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri",
                             "revocation_endpoint"}) {
        const std::string text = json::text_member(document, name);
        if (!text.empty()) summary[name] = text;
    }
    for (const char* name : {"scopes_supported", "response_types_supported", "grant_types_supported",
                             "subject_types_supported", "id_token_signing_alg_values_supported"}) {
        const bj::value* value = document.if_contains(name);
        if (value && value->is_array() && value->get_array().size() <= summary_list_limit) summary[name] = *value;
    }
    return {bj::serialize(summary)};
}

bj::object object_of(const json::Raw& raw) {
    return bj::parse(raw.text).as_object();
}

}  // namespace

CustomProviders::CustomProviders(db::Database database, const crypto::Envelope& envelope, ProviderDocuments& documents,
                                 const Clock& clock, const AuthConfig& config)
    : database_(std::move(database)),
      envelope_(envelope),
      documents_(documents),
      clock_(clock),
      config_(config),
      peers_(config.allowed_peers()) {}

db::Bytea CustomProviders::seal(const CustomProviderRow& provider, const std::string& secret) const {
    return db::Bytea{envelope_.seal(secret, secret_context(provider))};
}

Task<void> CustomProviders::note(db::Tx& tx, AdminActor actor, Uuid id, std::string identifier, std::string what) {
    AuditEntry entry{.action = action::custom_provider_changed,
                     .actor = actor.user_id,
                     .ip = actor.device.ip,
                     .user_agent = actor.device.user_agent,
                     .target = to_string(id),
                     .details = {{"provider", identifier}, {"change", what}},
                     .actor_kind = actor.kind()};
    return record(tx, std::move(entry));
}

Task<Result<json::Raw>> CustomProviders::discover(std::string issuer, std::string url) {
    const std::string failed = "OIDC discovery from \"" + url + "\" failed: ";
    const auto document = co_await documents_.get_now(url);
    if (!document) co_return bad_discovery(failed + document.error().message);
    const auto endpoints = endpoints_in(*document, issuer);
    if (!endpoints) co_return bad_discovery(failed + endpoints.error().message);
    const std::array<std::pair<const char*, const std::string&>, 4> members{
        {{"authorization_endpoint", endpoints->authorization},
         {"token_endpoint", endpoints->token},
         {"jwks_uri", endpoints->jwks},
         {"userinfo_endpoint", endpoints->userinfo}}};
    for (const auto& [name, address] : members) {
        const bool is_needed = std::string_view(name) != "userinfo_endpoint";
        if (address.empty() && is_needed) {
            co_return bad_discovery(std::string("OIDC discovery document is missing required fields: ") + name);
        }
        if (!address.empty() && !may_call(address, peers_)) {
            co_return bad_discovery(failed + name + " must be an https URL of a public server");
        }
    }
    co_return summary_of(document->get_object());
}

Task<Result<CustomProviderRow>> CustomProviders::create(AdminActor actor, CustomProviderWish wish) {
    const auto complete = check_new_provider(wish);
    if (!complete) co_return complete.error();
    const auto checked = check_provider_wish(wish, peers_);
    if (!checked) co_return checked.error();
    CustomProviderRow made;
    made.id = uuid_v4();
    made.identifier = wish.identifier;
    made.provider_type = wish.provider_type;
    made.secret = seal(made, wish.client_secret);
    made.attribute_mapping.text = made.authorization_params.text = "{}";
    made.created_at = made.updated_at = clock_.now();
    apply_provider_wish(std::move(wish), made);
    if (made.is_oidc()) {
        auto document = co_await discover(made.issuer.value_or(""), document_url_of(made));
        if (!document) co_return document.error();
        made.discovery_document = std::move(*document);
    }
    db::Tx tx = co_await database_.begin();
    co_await tx.one<bool>(sql::claim_custom_providers);
    const auto present = static_cast<std::uint64_t>(co_await tx.one<std::int64_t>(sql::count_custom_providers));
    if (present >= config_.custom_providers.max_providers) {
        co_return Error{Code::invalid_argument, "over_custom_provider_quota",
                        "Maximum number of custom OAuth/OIDC providers reached"};
    }
    const auto inserted = co_await tx.execute(
        sql::insert_custom_provider, made.id, made.identifier, made.provider_type, made.name, made.client_id,
        made.secret, made.acceptable_client_ids, made.scopes, made.custom_claims_allowlist, made.pkce_enabled,
        made.attribute_mapping, made.authorization_params, made.is_enabled, made.email_optional, made.issuer,
        made.discovery_url, made.skip_nonce_check, made.discovery_document, made.authorization_url, made.token_url,
        made.userinfo_url, made.jwks_uri, made.created_at);
    if (inserted == 0) {
        co_return Error{Code::invalid_argument, "conflict",
                        "A custom OAuth provider with this identifier already exists"};
    }
    co_await note(tx, std::move(actor), made.id, made.identifier, "created");
    co_await tx.commit();
    co_return made;
}

Task<std::vector<CustomProviderRow>> CustomProviders::list(std::string type) {
    return database_.many<CustomProviderRow>(sql::list_custom_providers, std::move(type));
}

Task<Result<CustomProviderRow>> CustomProviders::find(std::string identifier) {
    auto provider = co_await database_.maybe_one<CustomProviderRow>(sql::find_custom_provider, identifier);
    if (!provider) co_return no_such_provider();
    co_return std::move(*provider);
}

Task<Result<CustomProviderRow>> CustomProviders::change(AdminActor actor, std::string identifier,
                                                        CustomProviderWish wish) {
    const auto checked = check_provider_wish(wish, peers_);
    if (!checked) co_return checked.error();
    auto before = co_await find(identifier);
    if (!before) co_return before;
    // The document is fetched before anything is locked: it may take seconds.
    std::optional<json::Raw> document;
    const bool has_other_source = before->is_oidc() && (!wish.issuer.empty() || !wish.discovery_url.empty());
    if (has_other_source) {
        CustomProviderRow after = *before;
        apply_provider_wish(wish, after);
        auto found = co_await discover(after.issuer.value_or(""), document_url_of(after));
        if (!found) co_return found.error();
        document = std::move(*found);
    }
    db::Tx tx = co_await database_.begin();
    auto provider = co_await tx.maybe_one<CustomProviderRow>(sql::lock_custom_provider, identifier);
    if (!provider) co_return no_such_provider();
    const bool has_moved = provider->id != before->id || provider->issuer != before->issuer ||
                           provider->discovery_url != before->discovery_url;
    if (has_other_source && has_moved) {
        co_return Error{Code::conflict, "conflict", "The provider was changed in the meantime"};
    }
    if (!wish.client_secret.empty()) provider->secret = seal(*provider, wish.client_secret);
    apply_provider_wish(std::move(wish), *provider);
    if (document) provider->discovery_document = std::move(document);
    CustomProviderRow& p = *provider;
    p.updated_at = clock_.now();
    co_await tx.execute(sql::update_custom_provider, p.id, p.name, p.client_id, p.secret, p.acceptable_client_ids,
                        p.scopes, p.custom_claims_allowlist, p.pkce_enabled, p.attribute_mapping,
                        p.authorization_params, p.is_enabled, p.email_optional, p.issuer, p.discovery_url,
                        p.skip_nonce_check, p.discovery_document, p.authorization_url, p.token_url, p.userinfo_url,
                        p.jwks_uri, p.updated_at);
    co_await note(tx, std::move(actor), p.id, p.identifier, "changed");
    co_await tx.commit();
    co_return std::move(*provider);
}

Task<Result<void>> CustomProviders::remove(AdminActor actor, std::string identifier) {
    db::Tx tx = co_await database_.begin();
    const auto id = co_await tx.maybe_one<Uuid>(sql::delete_custom_provider, identifier);
    if (!id) co_return no_such_provider();
    co_await note(tx, std::move(actor), *id, std::move(identifier), "removed");
    co_await tx.commit();
    co_return Result<void>();
}

Task<std::optional<ProviderSetup>> CustomProviders::setup(std::string identifier) {
    if (!config_.custom_providers.is_enabled) co_return std::nullopt;
    auto row = co_await database_.maybe_one<CustomProviderRow>(sql::find_custom_provider, identifier);
    if (!row) co_return std::nullopt;
    auto secret = envelope_.open(row->secret.bytes, secret_context(*row));
    if (!secret) throw std::runtime_error("the master key does not open the secret of a provider");
    ProviderSetup setup{.name = row->identifier,
                        .kind = row->is_oidc() ? ProviderKind::oidc : ProviderKind::oauth2,
                        .is_enabled = row->is_enabled,
                        .client_id = row->client_id,
                        .secret = std::move(*secret),
                        .more_client_ids = row->acceptable_client_ids,
                        .issuer = row->issuer.value_or(""),
                        .authorization_endpoint = row->authorization_url.value_or(""),
                        .token_endpoint = row->token_url.value_or(""),
                        .userinfo_endpoint = row->userinfo_url.value_or(""),
                        .jwks_uri = row->jwks_uri.value_or(""),
                        .scopes = join_scope(row->scopes),
                        .uses_pkce = row->pkce_enabled,
                        .checks_nonce = !row->skip_nonce_check,
                        .is_email_optional = row->email_optional,
                        .authorization_params = object_of(row->authorization_params),
                        .claims = {object_of(row->attribute_mapping), row->custom_claims_allowlist}};
    if (row->is_oidc()) setup.discovery_url = document_url_of(*row);
    co_return setup;
}

}  // namespace tt::auth
