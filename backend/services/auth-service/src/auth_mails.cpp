#include "services/auth-service/src/auth_mails.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/http/request.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/domain/one_time_secret.hpp"
#include "services/auth-service/src/mail_texts.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"

#include <boost/describe/enum.hpp>
#include <boost/describe/enum_to_string.hpp>

namespace tt::auth {

BOOST_DESCRIBE_ENUM(MailKind, confirmation, recovery, already_registered)

namespace {

constexpr std::size_t code_digits = 6;  // what supabase-js' screens expect

struct MailJob {
    UserId user_id;
    MailKind kind = MailKind::confirmation;
    std::string redirect_to;
};
BOOST_DESCRIBE_STRUCT(MailJob, (), (user_id, kind, redirect_to))

std::string name_of(MailKind kind) {
    return boost::describe::enum_to_string(kind, "");
}

}  // namespace

AuthMails::AuthMails(db::Database database, mail::Mailer& mailer, const Clock& clock, const AuthConfig& config)
    : database_(std::move(database)), mailer_(mailer), clock_(clock), config_(config) {}

Task<void> AuthMails::request(db::Tx& tx, UserRow user, MailKind kind, std::string redirect_to) {
    const Time now = clock_.now();
    const Time last_allowed = now - std::chrono::seconds(config_.mail_gap_s);
    const db::Query mark = kind == MailKind::recovery ? sql::mark_recovery_sent : sql::mark_confirmation_sent;
    const auto marked = co_await tx.execute(mark, user.id, now, last_allowed);
    if (marked == 0) co_return;
    const MailJob payload{user.id, kind, std::move(redirect_to)};
    jobs::NewJob job;
    job.queue = queue;
    job.payload = json::write(payload);
    job.dedupe_key = name_of(kind) + "/" + to_string(user.id);
    co_await jobs::enqueue(tx, std::move(job));
}

Task<void> AuthMails::send(jobs::Job job) {
    const MailJob wish = json::parse<MailJob>(job.payload).value();
    auto user = co_await database_.maybe_one<UserRow>(sql::find_user, wish.user_id);
    if (!user) co_return;  // deleted meanwhile
    auto message = co_await compose(std::move(*user), wish.kind, wish.redirect_to);
    bool is_refused = false;
    try {
        co_await mailer_.send(std::move(message));
    } catch (const mail::MailError& error) {
        if (!error.is_permanent()) throw;
        is_refused = true;  // trying again would not help, and must not block the queue
    }
    const std::string kind = name_of(wish.kind);
    log::info(is_refused ? "auth_mail_refused" : "auth_mail_sent",
              {{"kind", kind}, {"user_id", to_string(wish.user_id)}});
}

Task<mail::Message> AuthMails::compose(UserRow user, MailKind kind, std::string redirect_to) {
    if (kind == MailKind::already_registered) co_return already_registered_mail(user.email, config_.site_url);
    const std::string secret = make_link_secret(user.id.value);
    const std::string code = crypto::random_digits(code_digits);
    const db::Bytea link_hash{crypto::sha256(secret)};
    const db::Bytea code_hash{hash_of_code(user.id.value, code)};
    const Time now = clock_.now();
    co_await database_.execute(sql::put_one_time, user.id, name_of(kind), link_hash, code_hash, now);

    const std::string type = kind == MailKind::recovery ? "recovery" : "signup";
    std::string link = config_.site_url + "/auth/v1/verify?token=" + secret + "&type=" + type;
    if (!redirect_to.empty()) link += "&redirect_to=" + http::percent_encode(redirect_to);
    co_return kind == MailKind::recovery ? recovery_mail(user.email, link, code)
                                         : confirmation_mail(user.email, link, code);
}

}  // namespace tt::auth
