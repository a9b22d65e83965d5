#include "platform/mail/mime.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/encoding.hpp"

#include <algorithm>

namespace platform::mail {
namespace {

constexpr int multipart_depth_limit = 8;  // real mails have three levels

std::string decode_quoted_printable(std::string_view text, bool is_word) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_word && text[i] == '_') {
            out += ' ';
        } else if (text[i] != '=') {
            out += text[i];
        } else if (const auto byte = crypto::hex_decode(text.substr(i + 1, 2)); byte && byte->size() == 1) {
            out += *byte;
            i += 2;
        } else if (const auto end = text.find('\n', i); end != std::string_view::npos) {
            i = end;  // soft line break
        }
    }
    return out;
}

std::string decode_base64_lines(std::string_view text) {
    std::string packed;
    std::copy_if(text.begin(), text.end(), std::back_inserter(packed),
                 [](unsigned char c) { return !std::isspace(c); });
    return crypto::base64_decode(packed).value_or("");
}

std::string latin1_to_utf8(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto value = static_cast<unsigned char>(c);
        if (value < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | (value >> 6));
            out += static_cast<char>(0x80 | (value & 0x3F));
        }
    }
    return out;
}

// The JSON API must be valid UTF-8 whatever was sent.
std::string to_utf8(std::string text, std::string_view charset) {
    if (charset == "iso-8859-1" || charset == "windows-1252" || charset == "latin1") return latin1_to_utf8(text);
    std::string out;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t length = utf8_sequence_length(rest);
        if (length > 0 && rest[0] != '\0') {
            out += rest.substr(0, length);
        } else {
            out += "\xEF\xBF\xBD";
        }
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

// Parameter of a header such as `text/html; charset="utf-8"`.
std::string parameter(const std::string& value, const std::string& name) {
    std::string_view rest = value;
    while (true) {
        const auto semicolon = rest.find(';');
        if (semicolon == std::string_view::npos) return "";
        rest = trimmed(rest.substr(semicolon + 1));
        const auto equals = rest.find('=');
        if (equals == std::string_view::npos || lower_ascii(trimmed(rest.substr(0, equals))) != name) continue;
        std::string_view found = trimmed(rest.substr(equals + 1));
        if (found.starts_with('"')) return std::string(found.substr(1, found.find('"', 1) - 1));
        return std::string(trimmed(found.substr(0, found.find(';'))));
    }
}

std::string decode_body(const MimeHeaders& headers, std::string_view body, const std::string& content_type) {
    const std::string encoding = lower_ascii(trimmed(headers.get("content-transfer-encoding")));
    std::string bytes;
    if (encoding == "quoted-printable") {
        bytes = decode_quoted_printable(body, false);
    } else if (encoding == "base64") {
        bytes = decode_base64_lines(body);
    } else {
        bytes = std::string(body);
    }
    bytes.erase(std::remove(bytes.begin(), bytes.end(), '\r'), bytes.end());
    return to_utf8(std::move(bytes), lower_ascii(parameter(content_type, "charset")));
}

void read_part(const MimeHeaders& headers, std::string_view body, int depth, MimeText& out);

void read_multipart(std::string_view body, const std::string& boundary, int depth, MimeText& out) {
    const std::string delimiter = "--" + boundary;
    auto start = body.find(delimiter);
    while (start != std::string_view::npos) {
        start += delimiter.size();
        if (body.substr(start, 2) == "--") return;
        const auto end = body.find("\n" + delimiter, start);
        const auto line_end = body.find('\n', start);
        if (line_end == std::string_view::npos) return;
        const std::size_t length = end == std::string_view::npos ? std::string_view::npos : end - line_end - 1;
        std::string_view content;
        if (end == std::string_view::npos || end > line_end) {
            const MimeHeaders headers = read_headers(body.substr(line_end + 1, length), content);
            read_part(headers, content, depth + 1, out);
        }
        start = end == std::string_view::npos ? end : end + 1;
    }
}

void read_part(const MimeHeaders& headers, std::string_view body, int depth, MimeText& out) {
    if (depth > multipart_depth_limit) return;
    const std::string value = headers.get("content-type");
    const std::string type =
        value.empty() ? "text/plain" : lower_ascii(trimmed(std::string_view(value).substr(0, value.find(';'))));
    if (type.starts_with("multipart/")) {
        const std::string boundary = parameter(value, "boundary");
        if (!boundary.empty()) read_multipart(body, boundary, depth, out);
    } else if (type == "text/plain" && out.text.empty()) {
        out.text = decode_body(headers, body, value);
    } else if (type == "text/html" && out.html.empty()) {
        out.html = decode_body(headers, body, value);
    }
}

std::string decode_word(std::string_view charset, char encoding, std::string_view text) {
    std::string bytes =
        encoding == 'b' ? crypto::base64_decode(text).value_or("") : decode_quoted_printable(text, true);
    return to_utf8(std::move(bytes), lower_ascii(charset));
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

}  // namespace

std::string MimeHeaders::get(std::string_view name) const {
    for (const auto& [field, value] : fields) {
        if (field == name) return value;
    }
    return "";
}

MimeHeaders read_headers(std::string_view bytes, std::string_view& body) {
    MimeHeaders headers;
    body = {};
    while (!bytes.empty()) {
        const auto end = std::min(bytes.find('\n'), bytes.size() - 1);
        std::string_view line = bytes.substr(0, end + 1);
        bytes.remove_prefix(line.size());
        while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) {
            body = bytes;
            return headers;
        }
        if ((line[0] == ' ' || line[0] == '\t') && !headers.fields.empty()) {
            headers.fields.back().second += " " + std::string(trimmed(line));
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        headers.fields.emplace_back(lower_ascii(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
    }
    return headers;
}

std::string decode_words(std::string_view text) {
    std::string out;
    bool is_after_word = false;
    while (!text.empty()) {
        const auto start = text.find("=?");
        const auto charset_end = start == std::string_view::npos ? start : text.find('?', start + 2);
        const auto end = charset_end == std::string_view::npos ? charset_end : text.find("?=", charset_end + 3);
        if (end == std::string_view::npos || charset_end + 3 > text.size() || text[charset_end + 2] != '?') {
            return out + to_utf8(std::string(text), "");
        }
        const std::string_view between = text.substr(0, start);
        // White space between two encoded words is no part of the text (RFC 2047 §6.2).
        if (!is_after_word || !trimmed(between).empty()) out += to_utf8(std::string(between), "");
        const char encoding = lower_ascii(text[charset_end + 1]);
        out += decode_word(text.substr(start + 2, charset_end - start - 2), encoding,
                           text.substr(charset_end + 3, end - charset_end - 3));
        text.remove_prefix(end + 2);
        is_after_word = true;
    }
    return out;
}

MimeText read_text_parts(const MimeHeaders& headers, std::string_view body) {
    MimeText out;
    read_part(headers, body, 0, out);
    return out;
}

void collect_links(std::string_view text, bool is_html, std::vector<std::string>& links) {
    for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 4)) {
        const std::string_view rest = text.substr(at);
        if (!rest.starts_with("http://") && !rest.starts_with("https://")) continue;
        std::string link(rest.substr(0, rest.find_first_of(" \t\r\n\"'<>)")));
        if (is_html) replace_all(link, "&amp;", "&");
        while (!link.empty() && std::string_view(".,;:!").find(link.back()) != std::string_view::npos) link.pop_back();
        if (std::find(links.begin(), links.end(), link) == links.end()) links.push_back(link);
    }
}

}  // namespace platform::mail
