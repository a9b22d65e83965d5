#include "services/auth-service/src/providers.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/json/member.hpp"
#include "services/auth-service/src/domain/oauth_members.hpp"
#include "services/auth-service/src/email.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;

constexpr std::size_t shown_name_limit = 64;

Error unsupported_provider(const std::string& name) {
    return Error{
        Code::invalid_argument, "validation_failed",
        name.empty() ? "Unsupported provider: missing provider name" : "Unsupported provider: provider is not enabled"};
}

Error bad_provider_answer(std::string message) {
    return Error{Code::unprocessable, "bad_oauth_callback", std::move(message)};
}

Error bad_given_token(std::string message) {
    return Error{Code::invalid_argument, "bad_id_token", std::move(message)};
}

std::string form_of(const QueryMembers& members) {
    std::string form = with_query("", members);
    return form.empty() ? form : form.substr(1);  // without the question mark
}

std::string encoded(const std::string& text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::string basic_credentials(const ProviderSetup& provider) {
    return crypto::base64_encode(encoded(provider.client_id) + ':' + encoded(provider.secret));
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

/// Ours first, then the administrator's, then the client's; of two with one name the first counts.
QueryMembers merged(QueryMembers members, const bj::object& params, const QueryMembers& wanted) {
    const auto add = [&members](const std::string& name, const std::string& value) {
        const bool is_there =
            std::any_of(members.begin(), members.end(), [&name](const auto& member) { return member.first == name; });
        if (!is_there && !is_reserved_oauth_member(name)) members.emplace_back(name, value);
    };
    for (const auto& [name, value] : params) add(std::string(name), json::text_member(params, name));
    for (const auto& [name, value] : wanted) add(name, value);
    return members;
}

}  // namespace

Providers::Providers(ProviderDocuments& documents, CustomProviders& custom, const Clock& clock,
                     const ProvidersConfig& config, std::string callback_url)
    : documents_(documents), custom_(custom), clock_(clock), callback_url_(std::move(callback_url)) {
    const std::array<const ProviderConfig*, provider_presets.size()> configs{
        &config.google, &config.github, &config.apple, &config.facebook, &config.oidc};
    for (std::size_t i = 0; i < configs.size(); ++i) {
        if (!configs[i]->client_id.empty()) configured_.push_back(setup_of(provider_presets[i], *configs[i]));
    }
}

const ProviderSetup* Providers::configured(const std::string& name) const {
    const auto found = std::find_if(configured_.begin(), configured_.end(),
                                    [&name](const ProviderSetup& provider) { return provider.name == name; });
    return found == configured_.end() ? nullptr : &*found;
}

std::vector<std::string> Providers::names() const {
    std::vector<std::string> names;
    for (const ProviderSetup& provider : configured_) names.push_back(provider.name);
    return names;
}

bool Providers::posts_callback(const std::string& name) const {
    const ProviderSetup* provider = configured(name);
    return provider && provider->posts_callback;
}

std::string Providers::name_of(const std::string& issuer, const std::string& client_id) const {
    for (const ProviderSetup& provider : configured_) {
        const bool is_issuer = provider.issuer == issuer || (!issuer.empty() && provider.other_issuer == issuer);
        if (is_issuer && provider.client_id == client_id) return provider.name;
    }
    return {};
}

Task<std::optional<ProviderSetup>> Providers::find(std::string name) {
    if (const ProviderSetup* provider = configured(name)) co_return *provider;
    if (!CustomProviders::is_identifier(name)) co_return std::nullopt;
    co_return co_await custom_.setup(std::move(name));
}

Task<Result<ProviderSetup>> Providers::find_enabled(std::string name) {
    auto provider = co_await find(name);
    if (!provider || !provider->is_enabled) co_return unsupported_provider(name);
    co_return std::move(*provider);
}

Task<Result<ProviderEndpoints>> Providers::endpoints_of(const ProviderSetup& provider) {
    ProviderEndpoints known{.authorization = provider.authorization_endpoint,
                            .token = provider.token_endpoint,
                            .userinfo = provider.userinfo_endpoint,
                            .jwks = provider.jwks_uri};
    // A server must take the header (RFC 6749 §2.3.1); the presets are asked as their documents say.
    known.uses_basic = provider.kind == ProviderKind::oauth2;
    if (provider.kind != ProviderKind::oidc) co_return known;
    const auto document = co_await documents_.get_kept(provider.discovery_url);
    if (!document) co_return document.error();
    auto found = endpoints_in(*document, provider.issuer);
    if (!found) co_return found;
    if (!known.authorization.empty()) found->authorization = known.authorization;
    if (!known.token.empty()) found->token = known.token;
    if (!known.userinfo.empty()) found->userinfo = known.userinfo;
    if (!known.jwks.empty()) found->jwks = known.jwks;
    co_return found;
}

Task<Result<std::string>> Providers::authorization_url(std::string name, ProviderTrip trip) {
    const auto provider = co_await find_enabled(std::move(name));
    if (!provider) co_return provider.error();
    const auto endpoints = co_await endpoints_of(*provider);
    if (!endpoints) co_return endpoints.error();
    std::string scopes = provider->scopes;
    for (const std::string& scope : split_scope(trip.scopes)) {
        if (!has_scope(scopes, scope)) scopes += scopes.empty() ? scope : ' ' + scope;
    }
    QueryMembers members{{"client_id", provider->client_id},
                         {"redirect_uri", callback_url_},
                         {"response_type", "code"},
                         {"scope", scopes},
                         {"state", trip.state}};
    if (provider->uses_pkce) {
        members.emplace_back("code_challenge", crypto::base64url_encode(crypto::sha256(trip.verifier)));
        members.emplace_back("code_challenge_method", "S256");
    }
    if (provider->kind == ProviderKind::oidc) members.emplace_back("nonce", trip.nonce);
    if (provider->posts_callback) members.emplace_back("response_mode", "form_post");
    members = merged(std::move(members), provider->authorization_params, trip.members);
    co_return with_query(endpoints->authorization, members);
}

Task<Result<bj::value>> Providers::tokens_of_code(const ProviderSetup& provider, ProviderEndpoints endpoints,
                                                  std::string code, std::string verifier) {
    QueryMembers members{
        {"grant_type", "authorization_code"}, {"code", std::move(code)}, {"redirect_uri", callback_url_}};
    if (provider.uses_pkce) members.emplace_back("code_verifier", std::move(verifier));
    QueryMembers with_client = members;
    with_client.emplace_back("client_id", provider.client_id);
    with_client.emplace_back("client_secret", provider.secret);
    if (!endpoints.uses_basic || provider.secret.empty()) {
        co_return co_await documents_.post_form(endpoints.token, form_of(with_client), {});
    }
    auto answer = co_await documents_.post_form(endpoints.token, form_of(members), basic_credentials(provider));
    // Without a discovery document only trying tells; the client is checked before the code is used up.
    const bool may_know_forms_only = provider.kind == ProviderKind::oauth2;
    if (answer || answer.error().reason != "bad_oauth_callback" || !may_know_forms_only) co_return answer;
    co_return co_await documents_.post_form(endpoints.token, form_of(with_client), {});
}

Task<Result<ProviderReturn>> Providers::person_of_code(std::string name, ProviderCode code, ProviderTrip trip) {
    const auto provider = co_await find_enabled(std::move(name));
    if (!provider) co_return provider.error();
    const auto endpoints = co_await endpoints_of(*provider);
    if (!endpoints) co_return endpoints.error();
    // An answer that names its issuer must name the one that was asked (RFC 9207: mix-up attacks).
    const bool is_mixed_up = code.issuer.empty() ? endpoints->names_issuer : code.issuer != provider->issuer;
    if (is_mixed_up && provider->kind == ProviderKind::oidc) {
        co_return bad_provider_answer("The answer is of another issuer");
    }
    const auto answer = co_await tokens_of_code(*provider, *endpoints, std::move(code.code), std::move(trip.verifier));
    if (!answer) co_return answer.error();
    if (!answer->is_object()) co_return bad_provider_answer("The provider's answer has no tokens");
    const bj::object& tokens = answer->get_object();
    ProviderReturn back;
    back.tokens = {json::text_member(tokens, "access_token"), json::text_member(tokens, "refresh_token")};
    if (back.tokens.access_token.empty()) co_return bad_provider_answer("The provider's answer has no tokens");
    auto person = co_await person_of_tokens(*provider, *endpoints, tokens, std::move(trip.nonce));
    if (!person) co_return person.error();
    if (provider->posts_callback) add_name_of_apple(*person, code.user);
    person->may_lack_email = provider->is_email_optional;
    back.person = with_our_spelling(std::move(*person));
    co_return back;
}

Task<Result<std::vector<crypto::VerificationKey>>> Providers::keys_of(std::string jwks_uri, bool is_fresh) {
    auto pending = is_fresh ? documents_.get_fresh(jwks_uri) : documents_.get_kept(jwks_uri);
    auto document = co_await std::move(pending);
    if (!document) co_return document.error();
    co_return crypto::parse_jwk_or_set(bj::serialize(*document));
}

Task<Result<bj::object>> Providers::verified(const ProviderSetup& provider, ProviderEndpoints endpoints,
                                             GivenIdToken given, std::optional<std::string> nonce) {
    IdTokenRules rules{.issuer = provider.issuer,
                       .other_issuer = provider.other_issuer,
                       .audiences = provider.more_client_ids,
                       .nonce = std::move(nonce),
                       .access_token = std::move(given.access_token),
                       .now = clock_.now()};
    rules.audiences.push_back(provider.client_id);
    const auto keys = co_await keys_of(endpoints.jwks, false);
    if (!keys) co_return keys.error();
    auto claims = verify_id_token(given.token, *keys, rules);
    if (claims) co_return claims;
    // Perhaps signed by a key that is newer than what we have.
    const auto fresh = co_await keys_of(endpoints.jwks, true);
    if (!fresh) co_return fresh.error();
    co_return verify_id_token(given.token, *fresh, rules);
}

Task<Result<ProviderPerson>> Providers::person_of_tokens(const ProviderSetup& provider, ProviderEndpoints endpoints,
                                                         bj::object answer, std::string nonce) {
    const std::string access_token = json::text_member(answer, "access_token");
    if (provider.kind != ProviderKind::oidc) {
        co_return co_await person_of_userinfo(provider, std::move(endpoints), access_token);
    }
    GivenIdToken given{.token = json::text_member(answer, "id_token"), .access_token = access_token};
    std::optional<std::string> expected;
    if (provider.checks_nonce) expected = std::move(nonce);
    const auto claims = co_await verified(provider, endpoints, std::move(given), std::move(expected));
    if (!claims) co_return bad_provider_answer(claims.error().message);
    auto person = person_of_claims(provider.name, *claims, provider.claims);
    if (!person || !person->email.empty() || endpoints.userinfo.empty()) co_return person;
    auto told = co_await person_of_userinfo(provider, std::move(endpoints), access_token);
    // Only about the same person (OpenID Connect Core §5.3.2).
    if (told && told->subject == person->subject) co_return told;
    co_return person;
}

Task<Result<ProviderPerson>> Providers::person_of_userinfo(const ProviderSetup& provider, ProviderEndpoints endpoints,
                                                           std::string access_token) {
    std::string url = endpoints.userinfo;
    if (provider.kind == ProviderKind::facebook) {
        // The proof shows that it is us who use the token; apps may demand it (Graph API, securing requests).
        const std::string proof = crypto::hex_encode(crypto::hmac_sha256(provider.secret, access_token));
        url = with_query(url, {{"fields", "id,name,email,picture"}, {"appsecret_proof", proof}});
    }
    auto answer = co_await documents_.get(std::move(url), access_token);
    if (!answer) co_return answer.error();
    if (!answer->is_object()) co_return bad_provider_answer("The provider did not say who signed in");
    const bj::object& user = answer->get_object();
    if (provider.kind == ProviderKind::facebook) co_return person_of_facebook(user);
    if (provider.kind != ProviderKind::github) co_return person_of_claims(provider.name, user, provider.claims);
    auto emails = co_await documents_.get(endpoints.userinfo + "/emails", access_token);
    if (!emails) co_return emails.error();
    const bj::array* list = emails->if_array();
    co_return person_of_github(user, list ? *list : bj::array());
}

Task<Result<ProviderSetup>> Providers::find_for_id_token(std::string name) {
    auto provider = co_await find(name);
    const std::string shown = '"' + name.substr(0, shown_name_limit) + '"';
    const bool is_custom = CustomProviders::is_identifier(name);
    const bool is_preset = std::any_of(provider_presets.begin(), provider_presets.end(),
                                       [&name](const ProviderPreset& preset) { return preset.name == name; });
    if (provider ? !provider->is_enabled : is_preset) {
        co_return Error{Code::invalid_argument, "provider_disabled", "Provider " + shown + " is not enabled"};
    }
    if (provider && provider->kind == ProviderKind::oidc) co_return std::move(*provider);
    std::string message = "Custom OIDC provider " + shown + " not allowed";
    if (is_custom) {
        message =
            provider ? "Provider " + shown + " is not an OIDC provider" : "Custom provider " + shown + " not found";
    }
    co_return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

Task<Result<ProviderPerson>> Providers::person_of_id_token(std::string name, GivenIdToken given) {
    const auto provider = co_await find_for_id_token(std::move(name));
    if (!provider) co_return provider.error();
    // The client keeps the nonce and sends its hash to the provider: whoever sees the token alone cannot use it.
    std::optional<std::string> nonce;
    if (provider->checks_nonce) {
        const bool has_nonce = !peek_claim(given.token, "nonce").empty();
        if (has_nonce != !given.nonce.empty()) {
            co_return bad_given_token("Passed nonce and nonce in id_token should either both exist or not.");
        }
        if (has_nonce) nonce = crypto::sha256_hex(given.nonce);
    }
    auto endpoints = co_await endpoints_of(*provider);
    if (!endpoints) co_return endpoints.error();
    const auto claims = co_await verified(*provider, std::move(*endpoints), std::move(given), std::move(nonce));
    if (!claims) co_return claims.error();
    auto person = person_of_claims(provider->name, *claims, provider->claims);
    if (!person) co_return person.error();
    person->may_lack_email = provider->is_email_optional;
    co_return with_our_spelling(std::move(*person));
}

}  // namespace tt::auth
