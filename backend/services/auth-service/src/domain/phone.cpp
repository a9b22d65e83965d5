#include "services/auth-service/src/domain/phone.hpp"

#include <algorithm>

namespace tt::auth {

std::optional<std::string> normalized_phone(std::string_view typed) {
    constexpr std::size_t digits_max = 15;  // E.164 §6.2.1
    if (typed.starts_with('+')) typed.remove_prefix(1);
    std::string phone;
    std::copy_if(typed.begin(), typed.end(), std::back_inserter(phone), [](char c) { return c != ' '; });
    const bool is_number = std::all_of(phone.begin(), phone.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number || phone.size() < 2 || phone.size() > digits_max || phone[0] == '0') return std::nullopt;
    return phone;
}

}  // namespace tt::auth
