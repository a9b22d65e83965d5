#include "platform/intl/characters.hpp"

#include <unicode/uchar.h>

namespace platform::intl {

bool is_letter(char32_t character) {
    return u_isalpha(static_cast<UChar32>(character)) != 0;
}

bool is_space(char32_t character) {
    return u_charType(static_cast<UChar32>(character)) == U_SPACE_SEPARATOR;
}

}  // namespace platform::intl
