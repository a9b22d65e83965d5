#include "shared/utils/letter.hpp"

#include "platform/core/text.hpp"

namespace tt {
namespace {

using platform::escape_html;

std::string code_lead(const Letter& letter) {
    return letter.button.empty() ? "Enter this code: " : "Or enter this code: ";
}

std::string letter_text(const Letter& letter) {
    std::string text = letter.heading + "\n\n" + letter.lead + "\n";
    if (!letter.button.empty()) text += "\n" + letter.button + ":\n" + letter.link + "\n";
    if (!letter.code.empty()) text += "\n" + code_lead(letter) + letter.code + "\n";
    return text + "\n" + letter.footer + "\n";
}

std::string button_html(const Letter& letter) {
    if (letter.button.empty()) return {};
    return "<a href=\"" + escape_html(letter.link) +
           "\" style=\"display:inline-block;background:#3346d3;color:#ffffff;text-decoration:none;padding:12px "
           "20px;border-radius:8px;font-weight:600\">" +
           escape_html(letter.button) + "</a>";
}

std::string code_html(const Letter& letter) {
    if (letter.code.empty()) return {};
    return "<p style=\"margin:24px 0 8px;color:#5b6270\">" + code_lead(letter) +
           "</p><p style=\"margin:0;font:600 28px/1.2 ui-monospace,Menlo,monospace;letter-spacing:6px\">" +
           escape_html(letter.code) + "</p>";
}

// Tables and inline styles: what mail programs of the last twenty years agree on.
std::string letter_html(const Letter& letter) {
    return "<!doctype html><html lang=\"en\"><body style=\"margin:0;background:#f5f6f9;color:#16181d;font:16px/1.5 "
           "-apple-system,Segoe UI,Roboto,sans-serif\"><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" "
           "cellspacing=\"0\"><tr><td align=\"center\" style=\"padding:32px 16px\"><table role=\"presentation\" "
           "width=\"100%\" style=\"max-width:520px;background:#ffffff;border:1px solid "
           "#e3e6ec;border-radius:12px\"><tr><td "
           "style=\"padding:32px\"><p style=\"margin:0 0 24px;font-weight:700;color:#3346d3\">TrendTactics</p><h1 "
           "style=\"margin:0 0 12px;font-size:22px;line-height:1.3\">" +
           escape_html(letter.heading) + "</h1><p style=\"margin:0 0 24px\">" + escape_html(letter.lead) + "</p>" +
           button_html(letter) + code_html(letter) + "<p style=\"margin:32px 0 0;font-size:13px;color:#5b6270\">" +
           escape_html(letter.footer) + "</p></td></tr></table></td></tr></table></body></html>";
}

}  // namespace

platform::mail::Message letter_to(std::string email, const Letter& letter) {
    platform::mail::Message message;
    message.to = {std::move(email)};
    message.subject = letter.subject;
    message.text = letter_text(letter);
    message.html = letter_html(letter);
    return message;
}

}  // namespace tt
