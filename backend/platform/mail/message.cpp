#include "platform/mail/message.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/random.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <string_view>

namespace platform::mail {
namespace {

constexpr std::size_t address_limit = 254;      // RFC 5321 §4.5.3.1.3, without the angle brackets
constexpr std::size_t local_part_limit = 64;    // RFC 5321 §4.5.3.1.1
constexpr std::size_t header_limit = 900;       // RFC 5322 §2.1.1 allows 998 with the name
constexpr std::size_t encoded_word_bytes = 45;  // 60 base64 characters: an encoded word has at most 75
constexpr std::size_t quoted_line_limit = 76;   // RFC 2045 §6.7

bool is_atom_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_dot_atom(std::string_view text) {
    if (text.empty() || text.front() == '.' || text.back() == '.') return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '.' ? text[i - 1] == '.' : !is_atom_character(text[i])) return false;
    }
    return true;
}

bool is_domain(std::string_view domain) {
    std::size_t label = 0;
    for (std::size_t i = 0; i <= domain.size(); ++i) {
        if (i < domain.size() && domain[i] != '.') {
            const char c = domain[i];
            if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-') return false;
            if (c == '-' && label == 0) return false;
            ++label;
            continue;
        }
        if (label == 0 || label > 63 || domain[i - 1] == '-') return false;
        label = 0;
    }
    return true;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

// RFC 2047: words of whole UTF-8 characters, folded.
std::string encode_words(std::string_view text) {
    if (is_ascii(text) && text.find("=?") == std::string_view::npos) return std::string(text);
    std::string out;
    while (!text.empty()) {
        std::size_t length = std::min(encoded_word_bytes, text.size());
        while (length < text.size() && length > 1 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
            --length;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + crypto::base64_encode(text.substr(0, length)) + "?=";
        text.remove_prefix(length);
    }
    return out;
}

std::string format_address(const Address& address) {
    if (address.name.empty()) return address.email;
    if (!is_ascii(address.name)) return encode_words(address.name) + " <" + address.email + ">";
    std::string quoted;
    for (const char c : address.name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return "\"" + quoted + "\" <" + address.email + ">";
}

std::string format_date(Time time) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    const std::chrono::weekday weekday(day);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %d %02ld:%02ld:%02ld +0000", days[weekday.c_encoding()],
                  static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                  static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                  clock.seconds().count());
    return text.data();
}

void append_quoted(std::string& line, char c) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(c);
    line += '=';
    line += digits[value >> 4];
    line += digits[value & 15];
}

// RFC 2045 §6.7. Keeps every line short, whatever the content, and survives relays that strip trailing blanks.
std::string quoted_printable(std::string_view text) {
    std::string out;
    std::string line;
    const auto flush = [&](std::string_view end) {
        if (end == "\r\n" && !line.empty() && (line.back() == ' ' || line.back() == '\t')) {
            const char blank = line.back();
            line.pop_back();
            append_quoted(line, blank);
        }
        out += line;
        out += end;
        line.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (c == '\n') {
            flush("\r\n");
            continue;
        }
        if (line.size() > quoted_line_limit - 4) flush("=\r\n");
        const bool is_plain = (c >= 33 && c <= 126 && c != '=') || c == ' ' || c == '\t';
        // A line must not begin with "From " (mbox) or "." (SMTP transparency is easily got wrong).
        if (is_plain && !(line.empty() && (c == '.' || c == 'F'))) {
            line += c;
        } else {
            append_quoted(line, c);
        }
    }
    flush("\r\n");
    return out;
}

std::string part(std::string_view type, std::string_view content) {
    return "Content-Type: " + std::string(type) +
           "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted_printable(content);
}

Error invalid(std::string message) {
    return Error{Code::invalid_argument, "mail_invalid", std::move(message)};
}

bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > 32 && c < 127 && c != ':'; });
}

Result<void> check(const Message& message, const Address& from) {
    for (const Address* address : {&from, &message.to}) {
        if (!is_plain_address(address->email)) return invalid("not one plain address");
        if (has_control(address->name)) return invalid("control character in a name");
    }
    if (has_control(message.subject)) return invalid("control character in the subject");
    if (message.text.empty()) return invalid("a mail needs a text part");
    const std::string url = message.unsubscribe_url.value_or("");
    if (has_control(url) || url.find_first_of("<> ,") != std::string::npos || url.size() > header_limit) {
        return invalid("the unsubscribe URL cannot stand in a header");
    }
    for (const auto& [name, value] : message.headers) {
        if (!is_header_name(name) || has_control(value) || value.size() > header_limit || !is_ascii(value)) {
            return invalid("invalid header");
        }
    }
    return {};
}

std::string body_of(const Message& message) {
    if (message.html.empty()) return part("text/plain", message.text);
    const std::string boundary = "=_" + crypto::hex_encode(crypto::random_bytes(16));
    return "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n" +
           part("text/plain", message.text) + "--" + boundary + "\r\n" + part("text/html", message.html) + "--" +
           boundary + "--\r\n";
}

}  // namespace

bool is_plain_address(const std::string& email) {
    const auto at = email.rfind('@');
    if (at == std::string::npos || at > local_part_limit || email.size() > address_limit) return false;
    return is_dot_atom(std::string_view(email).substr(0, at)) && is_domain(std::string_view(email).substr(at + 1));
}

Result<std::string> render(const Message& message, const Address& default_from, Time date,
                           const std::string& message_id) {
    const Address from = message.from.value_or(default_from);
    const auto checked = check(message, from);
    if (!checked) return checked.error();

    std::string out;
    const auto header = [&](std::string_view name, const std::string& value) {
        out += std::string(name) + ": " + value + "\r\n";
    };
    header("Date", format_date(date));
    header("From", format_address(from));
    header("To", format_address(message.to));
    header("Subject", encode_words(message.subject));
    header("Message-ID", "<" + message_id + ">");
    header("MIME-Version", "1.0");
    header("Auto-Submitted", "auto-generated");
    if (message.unsubscribe_url) {
        header("List-Unsubscribe", "<" + *message.unsubscribe_url + ">");
        header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    for (const auto& [name, value] : message.headers) header(name, value);
    return out + body_of(message);
}

}  // namespace platform::mail
