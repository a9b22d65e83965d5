#include "services/auth-service/src/domain/credentials.hpp"

#include "platform/core/text.hpp"
#include "platform/intl/normal_form.hpp"

namespace tt::auth {
namespace {

using namespace platform;

/// A letter with three marks each, of four bytes each; the time that normalising takes can grow with the square.
constexpr std::size_t typed_limit_bytes = password_limit * 4 * 4;

Error weak(std::string message) {
    return Error{Code::unprocessable, "weak_password", std::move(message)};
}

Error too_long() {
    return weak("Password cannot be longer than " + std::to_string(password_limit) + " characters.");
}

}  // namespace

std::string normal_password(std::string_view typed) {
    if (typed.size() > typed_limit_bytes) return {};
    std::string normal = intl::nfc(typed);
    return count_characters(normal) <= password_limit ? normal : std::string();
}

Result<std::string> check_password(std::string_view typed, unsigned minimum) {
    std::string normal = normal_password(typed);
    if (normal.empty() && !typed.empty()) return too_long();
    if (count_characters(normal) < minimum) {
        return weak("Password should be at least " + std::to_string(minimum) + " characters.");
    }
    return normal;
}

}  // namespace tt::auth
