#pragma once

#include <locale.h>

namespace platform::archive {

/// libarchive reads names in the locale of the thread; ours are UTF-8 whatever the process runs in.
class Utf8Locale {
public:
    Utf8Locale() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), previous_(::uselocale(locale_)) {}
    ~Utf8Locale() {
        ::uselocale(previous_);
        if (locale_ != nullptr) ::freelocale(locale_);
    }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;

private:
    locale_t locale_;
    locale_t previous_;
};

}  // namespace platform::archive
