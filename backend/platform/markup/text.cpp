#include "platform/markup/text.hpp"

#include <algorithm>
#include <array>

namespace platform::markup {

std::string collapse_space(std::string_view text) {
    std::string collapsed;
    bool is_pending = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_no_break = text[i] == '\xc2' && i + 1 < text.size() && text[i + 1] == '\xa0';
        if (is_no_break || std::string_view(" \t\n\r\f\v").find(text[i]) != std::string_view::npos) {
            is_pending = !collapsed.empty();
            if (is_no_break) ++i;
            continue;
        }
        if (is_pending) collapsed += ' ';
        is_pending = false;
        collapsed += text[i];
    }
    return collapsed;
}

bool is_void_element(std::string_view name) {
    static constexpr std::array<std::string_view, 14> names{"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                            "input", "link", "meta", "param", "source", "track", "wbr"};
    return std::ranges::find(names, name) != names.end();
}

}  // namespace platform::markup
