#include "services/auth-service/src/mail_kinds.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace tt::auth {

std::optional<OneTimeKind> secret_of(MailKind kind) {
    switch (kind) {
        case MailKind::confirmation:
            return OneTimeKind::confirmation;
        case MailKind::recovery:
            return OneTimeKind::recovery;
        case MailKind::magiclink:
            return OneTimeKind::magiclink;
        case MailKind::invite:
            return OneTimeKind::invite;
        case MailKind::email_change_current:
            return OneTimeKind::email_change_current;
        case MailKind::email_change_new:
            return OneTimeKind::email_change_new;
        case MailKind::reauthentication:
            return OneTimeKind::reauthentication;
        default:
            return std::nullopt;
    }
}

std::string verification_type(MailKind kind) {
    switch (kind) {
        case MailKind::confirmation:
            return "signup";
        case MailKind::email_change_current:
        case MailKind::email_change_new:
            return "email_change";
        default:
            return name_of(kind);
    }
}

std::string name_of(MailKind kind) {
    return boost::describe::enum_to_string(kind, "");
}

}  // namespace tt::auth
