#include "services/auth-service/src/mail_texts.hpp"

#include "platform/core/text.hpp"

namespace tt::auth {
namespace {

using platform::escape_html;
using platform::mail::Message;

struct Letter {
    std::string subject;
    std::string heading;
    std::string lead;
    std::string button;
    std::string link;
    std::string code{};
    std::string footer;
};

std::string text_of(const Letter& letter) {
    std::string text = letter.heading + "\n\n" + letter.lead + "\n\n" + letter.button + ":\n" + letter.link + "\n";
    if (!letter.code.empty()) text += "\nOr enter this code: " + letter.code + "\n";
    return text + "\n" + letter.footer + "\n";
}

// Tables and inline styles: what mail programs of the last twenty years agree on.
std::string html_of(const Letter& letter) {
    std::string code;
    if (!letter.code.empty()) {
        code =
            "<p style=\"margin:24px 0 8px;color:#5b6270\">Or enter this code:</p><p style=\"margin:0;font:600 28px/1.2 "
            "ui-monospace,Menlo,monospace;letter-spacing:6px\">" +
            letter.code + "</p>";
    }
    return "<!doctype html><html lang=\"en\"><body style=\"margin:0;background:#f5f6f9;color:#16181d;font:16px/1.5 "
           "-apple-system,Segoe UI,Roboto,sans-serif\"><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" "
           "cellspacing=\"0\"><tr><td align=\"center\" style=\"padding:32px 16px\"><table role=\"presentation\" "
           "width=\"100%\" style=\"max-width:520px;background:#ffffff;border:1px solid "
           "#e3e6ec;border-radius:12px\"><tr><td "
           "style=\"padding:32px\"><p style=\"margin:0 0 24px;font-weight:700;color:#3346d3\">TrendTactics</p><h1 "
           "style=\"margin:0 0 12px;font-size:22px;line-height:1.3\">" +
           letter.heading + "</h1><p style=\"margin:0 0 24px\">" + letter.lead + "</p><a href=\"" +
           escape_html(letter.link) +
           "\" style=\"display:inline-block;background:#3346d3;color:#ffffff;text-decoration:none;padding:12px "
           "20px;border-radius:8px;font-weight:600\">" +
           letter.button + "</a>" + code + "<p style=\"margin:32px 0 0;font-size:13px;color:#5b6270\">" +
           letter.footer + "</p></td></tr></table></td></tr></table></body></html>";
}

Message message_of(const std::string& to, const Letter& letter) {
    Message message;
    message.to = {to};
    message.subject = letter.subject;
    message.text = text_of(letter);
    message.html = html_of(letter);
    return message;
}

}  // namespace

Message confirmation_mail(const std::string& to, const std::string& link, const std::string& code) {
    return message_of(to, {.subject = "Confirm your e-mail address",
                           .heading = "Confirm your e-mail address",
                           .lead = "One step is left to open your TrendTactics account.",
                           .button = "Confirm address",
                           .link = link,
                           .code = code,
                           .footer = "If you did not sign up, ignore this mail: nothing will happen."});
}

Message recovery_mail(const std::string& to, const std::string& link, const std::string& code) {
    return message_of(to, {.subject = "Set a new password",
                           .heading = "Set a new password",
                           .lead = "Somebody, hopefully you, asked to reset the password of this account.",
                           .button = "Choose a new password",
                           .link = link,
                           .code = code,
                           .footer = "If it was not you, ignore this mail: your password stays as it is."});
}

Message already_registered_mail(const std::string& to, const std::string& site_url) {
    return message_of(to, {.subject = "You already have an account",
                           .heading = "You already have an account",
                           .lead = "Somebody tried to sign up with this address, which belongs to your account.",
                           .button = "Sign in",
                           .link = site_url + "/sign-in",
                           .footer = "If it was not you, ignore this mail: nothing has changed."});
}

}  // namespace tt::auth
