#include "platform/crypto/password_forms.hpp"

#include "platform/crypto/argon2_form.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/firebase_scrypt.hpp"
#include "platform/crypto/hash.hpp"

#include <crypt.h>
#include <memory>

namespace platform::crypto {
namespace {

constexpr std::size_t bcrypt_length = 60;
constexpr std::size_t bcrypt_password_bytes = 72;  // what follows never counted
constexpr int bcrypt_cost_min = 4;
constexpr int bcrypt_cost_max = 13;  // about 0.5 s

bool is_bcrypt(std::string_view stored) {
    static constexpr std::string_view alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const bool has_prefix = stored.starts_with("$2a$") || stored.starts_with("$2b$") || stored.starts_with("$2y$");
    if (!has_prefix || stored.size() != bcrypt_length || stored[6] != '$') return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!is_digit(stored[4]) || !is_digit(stored[5])) return false;
    const int cost = (stored[4] - '0') * 10 + (stored[5] - '0');
    return cost >= bcrypt_cost_min && cost <= bcrypt_cost_max &&
           stored.substr(7).find_first_not_of(alphabet) == std::string_view::npos;
}

bool matches_bcrypt(const std::string& password, const std::string& stored) {
    if (password.find('\0') != std::string::npos) return false;  // it would end there
    const std::string counted = password.substr(0, bcrypt_password_bytes);
    const auto scratch = std::make_unique<crypt_data>();
    const char* made = crypt_rn(counted.c_str(), stored.c_str(), scratch.get(), sizeof(crypt_data));
    return made && constant_time_equal(made, stored);
}

}  // namespace

bool is_usable_password_form(std::string_view stored) {
    return is_bcrypt(stored) || parse_argon2_form(stored) || parse_firebase_scrypt(stored);
}

bool matches_password_form(const std::string& password, std::string_view stored) {
    if (is_bcrypt(stored)) return matches_bcrypt(password, std::string(stored));
    if (const auto argon2 = parse_argon2_form(stored)) return matches(password, *argon2);
    if (const auto firebase = parse_firebase_scrypt(stored)) return matches(password, *firebase);
    return false;
}

}  // namespace platform::crypto
