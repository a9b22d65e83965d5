#include "services/progress-service/src/domain/text_match.hpp"

#include <re2/re2.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <stdexcept>

namespace tt::progress {
namespace {

constexpr std::int64_t regex_memory_bytes = 1 << 20;  // RE2's default is 8 MiB; author patterns are one line

const icu::Normalizer2& nfc() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU normalisation data is missing");
    return *instance;
}

icu::UnicodeString to_nfc(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString result = nfc().normalize(text, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU could not normalise a text");
    return result;
}

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
    auto unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    unicode = collapse_spaces(to_nfc(unicode));
    if (fold_case) unicode = to_nfc(unicode.foldCase());
    std::string out;
    unicode.toUTF8String(out);
    return out;
}

bool matches_pattern(std::string_view text, const std::string& pattern, bool case_sensitive) {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(case_sensitive);
    options.set_max_mem(regex_memory_bytes);
    const RE2 matcher(pattern, options);
    return matcher.ok() && RE2::FullMatch(re2::StringPiece(text.data(), text.size()), matcher);
}

}  // namespace tt::progress
