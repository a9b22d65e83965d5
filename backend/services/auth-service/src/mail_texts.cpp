#include "services/auth-service/src/mail_texts.hpp"

#include "shared/utils/letter.hpp"

namespace tt::auth {
namespace {

using platform::mail::Message;

/// What is the same in every mail of a kind.
struct Wording {
    std::string heading;  // also the subject
    std::string lead;
    std::string button;  // "" = no link
    std::string footer;
};

Message message_of(const std::string& to, Wording words, std::string link, std::string code = {}) {
    return letter_to(to, {.subject = words.heading,
                          .heading = words.heading,
                          .lead = std::move(words.lead),
                          .button = std::move(words.button),
                          .link = std::move(link),
                          .code = std::move(code),
                          .footer = std::move(words.footer)});
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
        case MailKind::identity_added:
            return "Another account was connected to yours";
        case MailKind::identity_removed:
            return "A connected account was removed from yours";
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
    return message_of(to, secret_words(kind), link, code);
}

Message notice_mail(MailKind kind, const std::string& to, const std::string& site_url) {
    if (kind == MailKind::already_registered) {
        return message_of(to,
                          {"You already have an account",
                           "Somebody tried to use this address for an account, but it belongs to yours.", "Sign in",
                           "If it was not you, ignore this mail: nothing has changed."},
                          site_url + "/sign-in");
    }
    if (kind == MailKind::deletion_requested) {
        return message_of(to,
                          {"Your account will be deleted",
                           "In 14 days your TrendTactics account and everything in it will be deleted, as you asked. "
                           "Until then you can sign in and keep it.",
                           "Keep my account", "If it was not you, keep the account and set a new password at once."},
                          site_url + "/account/restore");
    }
    const bool is_sign_in = kind == MailKind::new_device;
    const std::string lead = event_of(kind) + ". This mail is about your TrendTactics account.";
    return message_of(to,
                      {event_of(kind), lead, is_sign_in ? "See where you are signed in" : "Check your account",
                       "If it was you, there is nothing to do. If not, set a new password at once."},
                      site_url + (is_sign_in ? "/account/sessions" : "/account/security"));
}

}  // namespace tt::auth
