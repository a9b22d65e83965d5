#pragma once

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"
#include "platform/mail/mailer.hpp"
#include "services/content-service/src/domain/link_token.hpp"

#include <optional>
#include <string>

namespace tt::content {

struct NewSubscription {
    std::string email;
    std::optional<std::string> name;
    std::optional<std::string> source;
};
BOOST_DESCRIBE_STRUCT(NewSubscription, (), (email, name, source))

}  // namespace tt::content

namespace platform::json {
template <>
inline constexpr Rule rule<&tt::content::NewSubscription::email>{.min_length = 3, .max_length = 254, .format = "email"};
template <>
inline constexpr Rule rule<&tt::content::NewSubscription::name>{.max_length = 120};
template <>
inline constexpr Rule rule<&tt::content::NewSubscription::source>{.max_length = 80};
}  // namespace platform::json

namespace tt::content {

struct Unsubscription {
    std::string email_masked;
    std::string status;
};
BOOST_DESCRIBE_STRUCT(Unsubscription, (), (email_masked, status))

/// Double opt-in: a subscription counts once its mail's button was pressed. What callers see never tells whether an
/// address is known.
class Newsletter {
public:
    static constexpr std::string_view mail_queue = "newsletter.confirmation";

    Newsletter(db::Database site, mail::Mailer& mailer, const Clock& clock, std::string site_url, LinkTokens tokens)
        : site_(std::move(site)),
          mailer_(mailer),
          clock_(clock),
          site_url_(std::move(site_url)),
          tokens_(std::move(tokens)) {}

    /// Queues the confirmation mail, at most one in a minute for an address.
    Task<void> subscribe(NewSubscription subscription);
    /// Error: token_invalid (400), also for an expired one. Confirming twice is fine.
    Task<Result<void>> confirm(std::string token);
    /// Error: token_invalid (400). Unsubscribing twice is fine.
    Task<Result<void>> unsubscribe(std::string token);
    Task<Result<Unsubscription>> unsubscription(std::string token);

    /// Sends the confirmation of one address (a job's payload).
    Task<void> send_confirmation(jobs::Job job);
    /// Queues mails for rows that came through /rest/v1.
    Task<void> queue_unsent();

private:
    Task<void> queue_mail(db::Tx& tx, std::string email);
    mail::Message confirmation_mail(const std::string& email, const Uuid& subscriber) const;

    db::Database site_;
    mail::Mailer& mailer_;
    const Clock& clock_;
    std::string site_url_;
    LinkTokens tokens_;
};

/// "jane@example.com" → "j•••@example.com".
std::string mask_email(const std::string& email);
/// Lower case and trimmed; nothing for what is not one plain address.
std::optional<std::string> normalize_email(std::string email);

}  // namespace tt::content
