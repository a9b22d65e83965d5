#include "services/auth-service/src/domain/provider_person.hpp"

#include "platform/core/text.hpp"
#include "platform/json/member.hpp"

#include <boost/json/parse.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;
using platform::Code;
using platform::Error;
using platform::Result;

constexpr std::size_t subject_limit = 512;  // as the registry's column
constexpr std::size_t fact_limit = 1024;
constexpr std::size_t address_limit = 254;  // RFC 5321 §4.5.3.1.3

std::string text_fact(const bj::object& from, std::string_view name) {
    const bj::value* value = from.if_contains(name);
    if (value && value->is_string()) return std::string(value->get_string());
    if (value && value->is_int64()) return std::to_string(value->get_int64());
    return {};
}

/// Apple spells booleans as strings.
bool true_fact(const bj::object& from, std::string_view name) {
    const bj::value* value = from.if_contains(name);
    if (!value) return false;
    if (value->is_bool()) return value->get_bool();
    return value->is_string() && value->get_string() == "true";
}

void keep(ProviderPerson& person, const char* as, const std::string& value) {
    if (!value.empty() && value.size() <= fact_limit) person.data[as] = value;
}

Result<ProviderPerson> person_with(const std::string& provider, const std::string& subject, const std::string& email,
                                   bool is_verified) {
    if (subject.empty() || subject.size() > subject_limit) {
        return Error{Code::unprocessable, "bad_oauth_callback", "The provider did not say who signed in"};
    }
    ProviderPerson person{.provider = provider, .subject = subject};
    if (email.size() <= address_limit) person.email = email;
    person.is_email_verified = is_verified && !person.email.empty();
    person.data = {{"sub", subject}, {"provider_id", subject}};
    if (!person.email.empty()) person.data["email"] = person.email;
    person.data["email_verified"] = person.is_email_verified;
    person.data["phone_verified"] = false;
    return person;
}

}  // namespace

Result<ProviderPerson> person_of_claims(const std::string& provider, const bj::object& claims) {
    auto person = person_with(provider, text_fact(claims, "sub"), text_fact(claims, "email"),
                              true_fact(claims, "email_verified"));
    if (!person) return person;
    keep(*person, "iss", text_fact(claims, "iss"));
    keep(*person, "name", text_fact(claims, "name"));
    keep(*person, "full_name", text_fact(claims, "name"));
    keep(*person, "picture", text_fact(claims, "picture"));
    keep(*person, "avatar_url", text_fact(claims, "picture"));
    keep(*person, "preferred_username", text_fact(claims, "preferred_username"));
    return person;
}

Result<ProviderPerson> person_of_github(const bj::object& user, const bj::array& emails) {
    std::string address;
    bool is_verified = false;
    for (const bj::value& entry : emails) {
        const bj::object* email = entry.if_object();
        if (!email || !true_fact(*email, "primary")) continue;
        address = text_fact(*email, "email");
        is_verified = true_fact(*email, "verified");
    }
    auto person = person_with("github", text_fact(user, "id"), address, is_verified);
    if (!person) return person;
    keep(*person, "iss", "https://api.github.com");
    keep(*person, "name", text_fact(user, "name"));
    keep(*person, "full_name", text_fact(user, "name"));
    keep(*person, "user_name", text_fact(user, "login"));
    keep(*person, "preferred_username", text_fact(user, "login"));
    keep(*person, "avatar_url", text_fact(user, "avatar_url"));
    return person;
}

Result<ProviderPerson> person_of_facebook(const bj::object& me) {
    auto person = person_with("facebook", text_fact(me, "id"), text_fact(me, "email"), false);
    if (!person) return person;
    keep(*person, "name", text_fact(me, "name"));
    keep(*person, "full_name", text_fact(me, "name"));
    const bj::object* picture = platform::json::object_member(me, "picture");
    const bj::object* data = picture ? platform::json::object_member(*picture, "data") : nullptr;
    if (data) keep(*person, "picture", text_fact(*data, "url"));
    if (data) keep(*person, "avatar_url", text_fact(*data, "url"));
    return person;
}

void add_name_of_apple(ProviderPerson& person, std::string_view user) {
    boost::system::error_code malformed;
    const bj::value value = bj::parse(user, malformed);
    const bj::object* told = value.if_object();
    const bj::object* names = told ? platform::json::object_member(*told, "name") : nullptr;
    if (malformed || !names || person.data.contains("name")) return;
    const std::string name =
        platform::json::text_member(*names, "firstName") + ' ' + platform::json::text_member(*names, "lastName");
    keep(person, "name", std::string(platform::trimmed(name)));
    keep(person, "full_name", std::string(platform::trimmed(name)));
}

}  // namespace tt::auth
