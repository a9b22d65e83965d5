#include "services/auth-service/src/providers.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/json/member.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"
#include "services/auth-service/src/email.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;

Error unsupported_provider(const std::string& name) {
    return Error{
        Code::invalid_argument, "validation_failed",
        name.empty() ? "Unsupported provider: missing provider name" : "Unsupported provider: provider is not enabled"};
}

Error bad_provider_answer(std::string message) {
    return Error{Code::unprocessable, "bad_oauth_callback", std::move(message)};
}

bool lists(const bj::object& object, std::string_view name, std::string_view word) {
    const bj::value* value = object.if_contains(name);
    if (!value || !value->is_array()) return false;
    return std::any_of(value->get_array().begin(), value->get_array().end(),
                       [word](const bj::value& one) { return one.is_string() && one.get_string() == word; });
}

std::string first_of(const std::string& configured, std::string_view usual) {
    return configured.empty() ? std::string(usual) : configured;
}

std::string form_of(const QueryMembers& members) {
    std::string form = with_query("", members);
    return form.empty() ? form : form.substr(1);  // without the question mark
}

std::string encoded(const std::string& text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

/// One spelling of an address for all of the platform; an address that is none here is no address.
ProviderPerson with_our_spelling(ProviderPerson person) {
    person.email = normalized_email(person.email).value_or("");
    person.is_email_verified = person.is_email_verified && !person.email.empty();
    if (person.email.empty()) {
        person.data.erase("email");
    } else {
        person.data["email"] = person.email;
    }
    person.data["email_verified"] = person.is_email_verified;
    return person;
}

}  // namespace

Providers::Providers(http::Client& client, const Clock& clock, const ProvidersConfig& config, std::string callback_url,
                     const AllowedPeers& peers)
    : documents_(client, clock, peers), clock_(clock), callback_url_(std::move(callback_url)) {
    const std::array<const ProviderConfig*, provider_presets.size()> configs{
        &config.google, &config.github, &config.apple, &config.facebook, &config.oidc};
    for (std::size_t i = 0; i < configs.size(); ++i) add(provider_presets[i], *configs[i]);
}

void Providers::add(const ProviderPreset& preset, const ProviderConfig& config) {
    if (config.client_id.empty()) return;
    Provider provider{preset, config, std::string(preset.name)};
    if (preset.name == "oidc" && !config.name.empty()) provider.name = config.name;
    providers_.push_back(std::move(provider));
}

const Providers::Provider* Providers::find(const std::string& name) const {
    const auto found = std::find_if(providers_.begin(), providers_.end(),
                                    [&name](const Provider& provider) { return provider.name == name; });
    return found == providers_.end() ? nullptr : &*found;
}

bool Providers::is_enabled(const std::string& name) const {
    return find(name) != nullptr;
}

std::vector<std::string> Providers::names() const {
    std::vector<std::string> names;
    for (const Provider& provider : providers_) names.push_back(provider.name);
    return names;
}

bool Providers::posts_callback(const std::string& name) const {
    const Provider* provider = find(name);
    return provider && provider->preset.posts_callback;
}

std::string Providers::name_of(const std::string& issuer, const std::string& client_id) const {
    for (const Provider& provider : providers_) {
        const bool is_issuer = first_of(provider.config.issuer, provider.preset.issuer) == issuer;
        if (is_issuer && provider.config.client_id == client_id) return provider.name;
    }
    return {};
}

Task<Result<Providers::Endpoints>> Providers::endpoints_of(const Provider& provider) {
    const ProviderConfig& config = provider.config;
    Endpoints endpoints{
        .issuer = first_of(config.issuer, provider.preset.issuer),
        .authorization = first_of(config.authorization_endpoint, provider.preset.authorization_endpoint),
        .token = first_of(config.token_endpoint, provider.preset.token_endpoint),
        .userinfo = first_of(config.userinfo_endpoint, provider.preset.userinfo_endpoint),
        .jwks = config.jwks_uri};
    if (provider.preset.kind != ProviderKind::oidc) co_return endpoints;
    auto document = co_await documents_.get_kept(endpoints.issuer + "/.well-known/openid-configuration");
    if (!document) co_return document.error();
    if (!document->is_object()) co_return bad_provider_answer("The provider's discovery document is none");
    const bj::object& found = document->get_object();
    // Whoever answers for an issuer must be that issuer (OpenID Connect Discovery §4.3).
    if (json::text_member(found, "issuer") != endpoints.issuer) {
        co_return bad_provider_answer("The provider's discovery document is of another issuer");
    }
    if (endpoints.authorization.empty()) endpoints.authorization = json::text_member(found, "authorization_endpoint");
    if (endpoints.token.empty()) endpoints.token = json::text_member(found, "token_endpoint");
    if (endpoints.userinfo.empty()) endpoints.userinfo = json::text_member(found, "userinfo_endpoint");
    if (endpoints.jwks.empty()) endpoints.jwks = json::text_member(found, "jwks_uri");
    constexpr const char* methods = "token_endpoint_auth_methods_supported";
    endpoints.uses_basic = !lists(found, methods, "client_secret_post");
    const bj::value* names_issuer = found.if_contains("authorization_response_iss_parameter_supported");
    endpoints.names_issuer = names_issuer && names_issuer->is_bool() && names_issuer->get_bool();
    co_return endpoints;
}

Task<Result<std::string>> Providers::authorization_url(std::string name, ProviderTrip trip) {
    const Provider* provider = find(name);
    if (!provider) co_return unsupported_provider(name);
    const auto endpoints = co_await endpoints_of(*provider);
    if (!endpoints) co_return endpoints.error();
    std::string scopes = first_of(provider->config.scopes, provider->preset.scopes);
    for (const std::string& scope : split_scope(trip.scopes)) {
        if (!has_scope(scopes, scope)) scopes += ' ' + scope;
    }
    QueryMembers members{{"client_id", provider->config.client_id},
                         {"redirect_uri", callback_url_},
                         {"response_type", "code"},
                         {"scope", scopes},
                         {"state", trip.state},
                         {"code_challenge", crypto::base64url_encode(crypto::sha256(trip.verifier))},
                         {"code_challenge_method", "S256"}};
    if (provider->preset.kind == ProviderKind::oidc) members.emplace_back("nonce", trip.nonce);
    if (provider->preset.posts_callback) members.emplace_back("response_mode", "form_post");
    co_return with_query(endpoints->authorization, members);
}

Task<Result<ProviderReturn>> Providers::person_of_code(std::string name, std::string code, ProviderTrip trip,
                                                       std::string issuer) {
    const Provider* provider = find(name);
    if (!provider) co_return unsupported_provider(name);
    const auto endpoints = co_await endpoints_of(*provider);
    if (!endpoints) co_return endpoints.error();
    // An answer that names its issuer must name the one that was asked (RFC 9207: mix-up attacks).
    const bool is_mixed_up = issuer.empty() ? endpoints->names_issuer : issuer != endpoints->issuer;
    if (is_mixed_up && provider->preset.kind == ProviderKind::oidc) {
        co_return bad_provider_answer("The answer is of another issuer");
    }
    QueryMembers members{{"grant_type", "authorization_code"},
                         {"code", code},
                         {"redirect_uri", callback_url_},
                         {"code_verifier", trip.verifier}};
    const std::string& secret = provider->config.secret.reveal();
    std::string basic;
    if (endpoints->uses_basic && !secret.empty()) {
        basic = crypto::base64_encode(encoded(provider->config.client_id) + ':' + encoded(secret));
    } else {
        members.emplace_back("client_id", provider->config.client_id);
        members.emplace_back("client_secret", secret);
    }
    auto answer = co_await documents_.post_form(endpoints->token, form_of(members), std::move(basic));
    if (!answer) co_return answer.error();
    if (!answer->is_object()) co_return bad_provider_answer("The provider's answer has no tokens");
    const bj::object& tokens = answer->get_object();
    ProviderReturn back;
    back.tokens = {json::text_member(tokens, "access_token"), json::text_member(tokens, "refresh_token")};
    if (back.tokens.access_token.empty()) co_return bad_provider_answer("The provider's answer has no tokens");
    auto person = co_await person_of_tokens(*provider, *endpoints, tokens, trip.nonce);
    if (!person) co_return person.error();
    back.person = with_our_spelling(std::move(*person));
    co_return back;
}

Task<Result<std::vector<crypto::VerificationKey>>> Providers::keys_of(std::string jwks_uri, bool is_fresh) {
    auto pending = is_fresh ? documents_.get_fresh(jwks_uri) : documents_.get_kept(jwks_uri);
    auto document = co_await std::move(pending);
    if (!document) co_return document.error();
    co_return crypto::parse_jwk_or_set(bj::serialize(*document));
}

Task<Result<bj::object>> Providers::verified(const Provider& provider, Endpoints endpoints, std::string token,
                                             std::optional<std::string> nonce, std::string access_token) {
    IdTokenRules rules{.issuer = endpoints.issuer, .audiences = provider.config.more_client_ids, .nonce = nonce};
    rules.audiences.push_back(provider.config.client_id);
    rules.access_token = std::move(access_token);
    rules.now = clock_.now();
    const auto keys = co_await keys_of(endpoints.jwks, false);
    if (!keys) co_return keys.error();
    auto claims = verify_id_token(token, *keys, rules);
    if (claims) co_return claims;
    // Perhaps signed by a key that is newer than what we have.
    const auto fresh = co_await keys_of(endpoints.jwks, true);
    if (!fresh) co_return fresh.error();
    co_return verify_id_token(token, *fresh, rules);
}

Task<Result<ProviderPerson>> Providers::person_of_tokens(const Provider& provider, Endpoints endpoints,
                                                         bj::object answer, std::string nonce) {
    const std::string access_token = json::text_member(answer, "access_token");
    if (provider.preset.kind != ProviderKind::oidc) {
        co_return co_await person_of_userinfo(provider, std::move(endpoints), access_token);
    }
    const std::string id_token = json::text_member(answer, "id_token");
    if (id_token.empty()) co_return bad_provider_answer("The provider's answer has no ID token");
    const auto claims = co_await verified(provider, endpoints, id_token, nonce, access_token);
    if (!claims) co_return bad_provider_answer(claims.error().message);
    auto person = person_of_claims(provider.name, *claims);
    if (!person || !person->email.empty() || endpoints.userinfo.empty()) co_return person;
    auto told = co_await person_of_userinfo(provider, std::move(endpoints), access_token);
    // Only about the same person (OpenID Connect Core §5.3.2).
    if (told && told->subject == person->subject) co_return told;
    co_return person;
}

Task<Result<ProviderPerson>> Providers::person_of_userinfo(const Provider& provider, Endpoints endpoints,
                                                           std::string access_token) {
    std::string url = endpoints.userinfo;
    if (provider.preset.kind == ProviderKind::facebook) url = with_query(url, {{"fields", "id,name,email"}});
    auto answer = co_await documents_.get(std::move(url), access_token);
    if (!answer) co_return answer.error();
    if (!answer->is_object()) co_return bad_provider_answer("The provider did not say who signed in");
    const bj::object& user = answer->get_object();
    if (provider.preset.kind == ProviderKind::facebook) co_return person_of_facebook(user);
    if (provider.preset.kind == ProviderKind::oidc) co_return person_of_claims(provider.name, user);
    auto emails = co_await documents_.get(endpoints.userinfo + "/emails", access_token);
    if (!emails) co_return emails.error();
    const bj::array* list = emails->if_array();
    co_return person_of_github(user, list ? *list : bj::array());
}

Task<Result<ProviderPerson>> Providers::person_of_id_token(std::string name, std::string id_token,
                                                           std::optional<std::string> nonce, std::string access_token) {
    const Provider* provider = find(name);
    const bool is_known = std::any_of(provider_presets.begin(), provider_presets.end(),
                                      [&name](const ProviderPreset& preset) { return preset.name == name; });
    if (!provider && is_known) {
        co_return Error{Code::invalid_argument, "provider_disabled", "Provider \"" + name + "\" is not enabled"};
    }
    if (!provider || provider->preset.kind != ProviderKind::oidc) {
        co_return Error{Code::invalid_argument, "validation_failed",
                        "Custom OIDC provider \"" + name.substr(0, 64) + "\" not allowed"};
    }
    auto endpoints = co_await endpoints_of(*provider);
    if (!endpoints) co_return endpoints.error();
    const auto claims =
        co_await verified(*provider, std::move(*endpoints), std::move(id_token), std::move(nonce), access_token);
    if (!claims) co_return claims.error();
    auto person = person_of_claims(provider->name, *claims);
    if (!person) co_return person.error();
    co_return with_our_spelling(std::move(*person));
}

}  // namespace tt::auth
