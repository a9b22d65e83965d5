#include "services/progress-service/src/domain/text_match.hpp"

#include "platform/intl/normal_form.hpp"

#include <re2/re2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace tt::progress {
namespace {

constexpr std::int64_t regex_memory_bytes = 1 << 20;  // RE2's default is 8 MiB; author patterns are one line

icu::UnicodeString collapse_spaces(const icu::UnicodeString& text) {
    icu::UnicodeString out;
    bool gap = false;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (u_isUWhiteSpace(c)) {
            gap = !out.isEmpty();
            continue;
        }
        if (gap) out.append(u' ');
        gap = false;
        out.append(c);
    }
    return out;
}

}  // namespace

std::string normalise_text(std::string_view text, bool fold_case) {
    const std::string normal = platform::intl::nfc(text);
    std::string out;
    collapse_spaces(icu::UnicodeString::fromUTF8(normal)).toUTF8String(out);
    return fold_case ? platform::intl::folded(out) : out;
}

bool matches_pattern(std::string_view text, const std::string& pattern, bool case_sensitive) {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(case_sensitive);
    options.set_max_mem(regex_memory_bytes);
    const RE2 matcher(pattern, options);
    return matcher.ok() && RE2::FullMatch(re2::StringPiece(text.data(), text.size()), matcher);
}

}  // namespace tt::progress
