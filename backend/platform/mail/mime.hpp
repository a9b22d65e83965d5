#pragma once

// Private to this module: reading mails for the development inbox.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::mail {

struct MimeHeaders {
    std::vector<std::pair<std::string, std::string>> fields;  // lower-case names, unfolded values

    /// The first value of that (lower-case) name, or "".
    std::string get(std::string_view name) const;
};

struct MimeText {
    std::string text;
    std::string html;
};

/// Splits at the first empty line; the rest stays in `body`.
MimeHeaders read_headers(std::string_view bytes, std::string_view& body);
/// RFC 2047 words as UTF-8.
std::string decode_words(std::string_view text);
/// The first text/plain and text/html parts, as UTF-8.
MimeText read_text_parts(const MimeHeaders& headers, std::string_view body);
/// Every http(s) URL, in order, once each.
void collect_links(std::string_view text, bool is_html, std::vector<std::string>& links);

}  // namespace platform::mail
