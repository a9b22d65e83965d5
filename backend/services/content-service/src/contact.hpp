#pragma once

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"
#include "platform/mail/mailer.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>

namespace tt::content {

struct NewContactMessage {
    std::string name;
    std::string email;
    std::string subject;
    std::string message;
    std::string website;  ///< honeypot: people never see it, so whoever fills it is a program
};
BOOST_DESCRIBE_STRUCT(NewContactMessage, (), (name, email, subject, message, website))

}  // namespace tt::content

// Beside the struct: whoever reads or writes it must see the same rules (one definition).
namespace platform::json {
template <>
inline constexpr Rule rule<&tt::content::NewContactMessage::name>{.min_length = 1, .max_length = 120};
template <>
inline constexpr Rule rule<&tt::content::NewContactMessage::email>{
    .min_length = 3, .max_length = 254, .format = "email"};
template <>
inline constexpr Rule rule<&tt::content::NewContactMessage::subject>{.max_length = 200, .may_be_absent = true};
template <>
inline constexpr Rule rule<&tt::content::NewContactMessage::message>{.min_length = 1, .max_length = 10'000};
template <>
inline constexpr Rule rule<&tt::content::NewContactMessage::website>{
    .max_length = 500, .description = "leave empty", .may_be_absent = true};
}  // namespace platform::json

namespace tt::content {

/// Messages to the team. Spam is quarantined and answered like any other message.
class Contact {
public:
    static constexpr std::string_view mail_queue = "contact.notice";

    Contact(db::Database site, mail::Mailer& mailer, std::string inbox)
        : site_(std::move(site)), mailer_(mailer), inbox_(std::move(inbox)) {}

    /// `id` is the sender's idempotency key: the same id again changes nothing.
    Task<void> receive(Uuid id, NewContactMessage message, std::optional<UserId> user);
    /// Mails one message to the team (a job's payload).
    Task<void> send_notice(jobs::Job job);

private:
    db::Database site_;
    mail::Mailer& mailer_;
    std::string inbox_;
};

}  // namespace tt::content
