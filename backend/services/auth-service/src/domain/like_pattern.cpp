#include "services/auth-service/src/domain/like_pattern.hpp"

namespace tt::auth {

std::string like_pattern(std::string_view text) {
    if (text.empty()) return {};
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

}  // namespace tt::auth
