#include "platform/intl/normal_form.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <stdexcept>

namespace platform::intl {
namespace {

icu::UnicodeString unicode_of(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string composed(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU normalisation data is missing");
    const icu::UnicodeString normal = form->normalize(text, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU could not normalise a text");
    std::string out;
    normal.toUTF8String(out);
    return out;
}

}  // namespace

std::string nfc(std::string_view text) {
    return composed(unicode_of(text));
}

std::string folded(std::string_view text) {
    return composed(unicode_of(text).foldCase());
}

}  // namespace platform::intl
