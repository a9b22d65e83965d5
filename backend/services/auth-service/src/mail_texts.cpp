#include "services/auth-service/src/mail_texts.hpp"

#include "platform/core/text.hpp"

namespace tt::auth {
namespace {

using platform::escape_html;
using platform::mail::Message;

/// What is the same in every mail of a kind.
struct Wording {
    std::string heading;  // also the subject
    std::string lead;
    std::string button;  // "" = no link
    std::string footer;
};

struct Letter {
    Wording words;
    std::string link;
    std::string code{};
};

std::string code_lead(const Letter& letter) {
    return letter.words.button.empty() ? "Enter this code: " : "Or enter this code: ";
}

std::string text_of(const Letter& letter) {
    std::string text = letter.words.heading + "\n\n" + letter.words.lead + "\n";
    if (!letter.words.button.empty()) text += "\n" + letter.words.button + ":\n" + letter.link + "\n";
    if (!letter.code.empty()) text += "\n" + code_lead(letter) + letter.code + "\n";
    return text + "\n" + letter.words.footer + "\n";
}

std::string button_html(const Letter& letter) {
    if (letter.words.button.empty()) return {};
    return "<a href=\"" + escape_html(letter.link) +
           "\" style=\"display:inline-block;background:#3346d3;color:#ffffff;text-decoration:none;padding:12px "
           "20px;border-radius:8px;font-weight:600\">" +
           letter.words.button + "</a>";
}

// Tables and inline styles: what mail programs of the last twenty years agree on.
std::string html_of(const Letter& letter) {
    std::string code;
    if (!letter.code.empty()) {
        code = "<p style=\"margin:24px 0 8px;color:#5b6270\">" + code_lead(letter) +
               "</p><p style=\"margin:0;font:600 28px/1.2 "
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
           letter.words.heading + "</h1><p style=\"margin:0 0 24px\">" + letter.words.lead + "</p>" +
           button_html(letter) + code + "<p style=\"margin:32px 0 0;font-size:13px;color:#5b6270\">" +
           letter.words.footer + "</p></td></tr></table></td></tr></table></body></html>";
}

Message message_of(const std::string& to, const Letter& letter) {
    Message message;
    message.to = {to};
    message.subject = letter.words.heading;
    message.text = text_of(letter);
    message.html = html_of(letter);
    return message;
}

Wording secret_words(MailKind kind) {
    switch (kind) {
        case MailKind::recovery:
            return {"Set a new password", "Somebody, hopefully you, asked to reset the password of this account.",
                    "Choose a new password", "If it was not you, ignore this mail: your password stays as it is."};
        case MailKind::magiclink:
            return {"Your sign-in link", "With this link you are signed in to TrendTactics without a password.",
                    "Sign in", "If you did not ask for it, ignore this mail: nobody can sign in without it."};
        case MailKind::invite:
            return {"You have been invited", "An account at TrendTactics is waiting for you.", "Accept the invitation",
                    "If you do not know what this is about, ignore this mail: nothing will happen."};
        case MailKind::email_change_current:
            return {"Confirm the change of your e-mail address",
                    "Your account is about to get another e-mail address. This one must agree to it.",
                    "Agree to the change", "If it was not you, ignore this mail and change your password."};
        case MailKind::email_change_new:
            return {"Confirm your new e-mail address", "This is to become the e-mail address of your account.",
                    "Confirm address", "If you did not ask for it, ignore this mail: nothing will happen."};
        case MailKind::reauthentication:
            return {"Confirm that it is you", "Somebody, hopefully you, is changing something important.", "",
                    "If it was not you, do not give this code to anyone and change your password."};
        default:
            return {"Confirm your e-mail address", "One step is left to open your TrendTactics account.",
                    "Confirm address", "If you did not sign up, ignore this mail: nothing will happen."};
    }
}

// What happened, for the mails that end with "was this you?".
std::string event_of(MailKind kind) {
    switch (kind) {
        case MailKind::password_changed:
            return "Your password was changed";
        case MailKind::email_changed:
            return "Your e-mail address was changed";
        case MailKind::phone_changed:
            return "Your phone number was changed";
        case MailKind::factor_added:
            return "A second factor was added";
        case MailKind::factor_removed:
            return "A second factor was removed";
        case MailKind::passkey_added:
            return "A passkey was added";
        case MailKind::passkey_removed:
            return "A passkey was removed";
        case MailKind::recovery_codes_made:
            return "New recovery codes were made";
        case MailKind::deletion_cancelled:
            return "Your account will not be deleted";
        case MailKind::recovery_code_used:
            return "A recovery code was used to sign in";
        default:
            return "Sign-in from a new device";
    }
}

}  // namespace

Message secret_mail(MailKind kind, const std::string& to, const std::string& link, const std::string& code) {
    return message_of(to, {secret_words(kind), link, code});
}

Message notice_mail(MailKind kind, const std::string& to, const std::string& site_url) {
    if (kind == MailKind::already_registered) {
        return message_of(to, {{"You already have an account",
                                "Somebody tried to use this address for an account, but it belongs to yours.",
                                "Sign in", "If it was not you, ignore this mail: nothing has changed."},
                               site_url + "/sign-in"});
    }
    if (kind == MailKind::deletion_requested) {
        return message_of(to,
                          {{"Your account will be deleted",
                            "In 14 days your TrendTactics account and everything in it will be deleted, as you "
                            "asked. Until then you can sign in and keep it.",
                            "Keep my account", "If it was not you, keep the account and set a new password at once."},
                           site_url + "/account/restore"});
    }
    const bool is_sign_in = kind == MailKind::new_device;
    const std::string lead = event_of(kind) + ". This mail is about your TrendTactics account.";
    return message_of(to, {{event_of(kind), lead, is_sign_in ? "See where you are signed in" : "Check your account",
                            "If it was you, there is nothing to do. If not, set a new password at once."},
                           site_url + (is_sign_in ? "/account/sessions" : "/account/security")});
}

}  // namespace tt::auth
