#include "services/auth-service/src/domain/credentials.hpp"

#include <algorithm>
#include <string>

namespace tt::auth {
namespace {

using namespace platform;

std::size_t character_count(std::string_view text) {
    const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_start));
}

Error weak(std::string message) {
    return Error{Code::unprocessable, "weak_password", std::move(message)};
}

}  // namespace

Result<void> check_password(std::string_view password, unsigned minimum) {
    const std::size_t characters = character_count(password);
    if (characters < minimum) {
        return weak("Password should be at least " + std::to_string(minimum) + " characters.");
    }
    if (characters > password_limit) {
        return weak("Password cannot be longer than " + std::to_string(password_limit) + " characters.");
    }
    return {};
}

}  // namespace tt::auth
