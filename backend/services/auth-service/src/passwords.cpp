#include "services/auth-service/src/passwords.hpp"

#include "platform/crypto/password_forms.hpp"
#include "services/auth-service/src/domain/credentials.hpp"
#include "services/auth-service/src/domain/weak_password.hpp"

namespace tt::auth {
namespace {

constexpr const char* too_known = "Password is known to be weak and easy to guess, please choose a different one.";

Error weak_password(std::string message, const char* reason) {
    return Error{Code::unprocessable, "weak_password", std::move(message), {{"/password", reason}}};
}

/// The names a visitor sees: the product's and the host's.
std::vector<std::string> words_of_site(const std::string& site_url) {
    std::string_view host = site_url;
    host.remove_prefix(std::min(host.find("://") + 3, host.size()));
    host = host.substr(0, host.find_first_of(":/"));
    auto words = words_of("", host);
    words.insert(words.end(), {"trendtactics", "academy"});
    std::erase_if(words, [](const std::string& word) { return word.find_first_not_of("0123456789") == word.npos; });
    return words;
}

}  // namespace

Passwords::Passwords(crypto::PasswordHasher& hasher, const AuthConfig& config)
    : hasher_(hasher),
      config_(config),
      breached_(config.breached_passwords),
      site_words_(words_of_site(config.site_url)) {}

Task<Result<bool>> Passwords::is_known(std::string normal, PasswordContext context) {
    if (config_.refuse_common_passwords) {
        auto words = words_of(context.email, context.name);
        words.insert(words.end(), site_words_.begin(), site_words_.end());
        if (is_common_password(normal) || is_made_of(normal, words)) co_return true;
    }
    if (!breached_.is_enabled()) co_return false;
    bool is_breached = false;
    std::function<void()> look_up = [&] { is_breached = breached_.contains(normal); };
    const auto done = co_await hasher_.run(std::move(look_up));
    if (!done) co_return done.error();
    co_return is_breached;
}

Task<Result<std::string>> Passwords::check(std::string typed, PasswordContext context) {
    auto normal = check_password(typed, config_.password_min);
    if (!normal) co_return weak_password(normal.error().message, "length");
    const auto known = co_await is_known(*normal, std::move(context));
    if (!known) co_return known.error();
    if (*known) co_return weak_password(too_known, "pwned");
    co_return std::move(*normal);
}

Task<Result<std::string>> Passwords::hash(std::string normal) {
    return hasher_.hash(std::move(normal));
}

Task<Result<void>> Passwords::admit() {
    return hasher_.admit();
}

Task<Result<bool>> Passwords::verify(std::string typed, std::optional<std::string> stored) {
    std::string normalised = normal(typed);
    if (!stored) co_return co_await hasher_.verify_nobody(std::move(normalised));
    const auto is_right = co_await hasher_.verify(normalised, *stored);
    if (!is_right) co_return is_right.error();
    // Others hashed what was typed as it was.
    const bool may_be_raw = !*is_right && !normalised.empty() && normalised != typed && needs_rehash(*stored);
    // Never `co_return is_right`: a const Result<bool> would be converted to bool, "there is a value".
    if (!may_be_raw) co_return *is_right;
    co_return co_await hasher_.verify(std::move(typed), std::move(*stored));
}

bool Passwords::needs_rehash(const std::string& stored) const {
    return hasher_.needs_rehash(stored);
}

std::string Passwords::normal(const std::string& typed) const {
    return normal_password(typed);
}

Task<std::vector<std::string>> Passwords::reasons_against(std::string typed, PasswordContext context) {
    const auto checked = co_await check(std::move(typed), std::move(context));
    // A full queue is no reason: the person has waited for one hash already and is in.
    if (checked || checked.error().reason != "weak_password") co_return std::vector<std::string>();
    co_return weakness_reasons(checked.error());
}

bool Passwords::is_usable(const std::string& stored) {
    return crypto::is_usable_password_form(stored);
}

std::vector<std::string> weakness_reasons(const Error& error) {
    std::vector<std::string> reasons;
    for (const FieldError& field : error.fields) reasons.push_back(field.detail);
    return reasons;
}

}  // namespace tt::auth
