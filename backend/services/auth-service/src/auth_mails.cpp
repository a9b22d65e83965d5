#include "services/auth-service/src/auth_mails.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/http/request.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/mail_texts.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"
#include "services/auth-service/src/user_json.hpp"

namespace tt::auth {

struct MailJob {
    UserId user_id;
    MailKind kind = MailKind::confirmation;
    std::string address;  // "" = the account's own
    std::string redirect_to;
    std::string code_challenge;
    std::string challenge_method;
    std::optional<Uuid> sign_up_id;  // of the account when the mail was asked for
};
BOOST_DESCRIBE_STRUCT(MailJob, (), (user_id, kind, address, redirect_to, code_challenge, challenge_method, sign_up_id))

namespace {

// The column that remembers when a mail of this kind went out.
db::Query sent_mark_of(MailKind kind) {
    switch (kind) {
        case MailKind::recovery:
        case MailKind::magiclink:
            return sql::mark_recovery_sent;
        case MailKind::email_change_current:
        case MailKind::email_change_new:
            return sql::mark_email_change_sent;
        case MailKind::reauthentication:
            return sql::mark_reauthentication_sent;
        default:
            return sql::mark_confirmation_sent;
    }
}

std::string address_of(const UserRow& user, MailKind kind, const std::string& given) {
    if (!given.empty()) return given;
    return kind == MailKind::email_change_new ? user.new_email : user.email;
}

bool is_cancelled(const UserRow& user, MailKind kind) {
    const bool is_change = kind == MailKind::email_change_new || kind == MailKind::email_change_current;
    return is_change && user.new_email.empty();
}

}  // namespace

AuthMails::AuthMails(db::Database database, mail::Mailer& mailer, Hooks& hooks, OneTimeCodes& codes, const Clock& clock,
                     const AuthConfig& config)
    : database_(std::move(database)), mailer_(mailer), hooks_(hooks), codes_(codes), clock_(clock), config_(config) {}

Task<bool> AuthMails::request(db::Tx& tx, UserRow user, MailKind kind, MailFlow flow) {
    const Time now = clock_.now();
    const Time last_allowed = now - std::chrono::seconds(config_.mail_gap_s);
    const auto marked = co_await tx.execute(sent_mark_of(kind), user.id, now, last_allowed);
    if (marked == 0) co_return false;
    co_await enqueue(
        tx, {user.id, kind, "", std::move(flow.redirect_to), flow.pkce.challenge, flow.pkce.method, user.sign_up_id});
    co_return true;
}

Task<bool> AuthMails::request_email_change(db::Tx& tx, UserRow user, MailFlow flow) {
    const bool is_taken = co_await request(tx, user, MailKind::email_change_new, flow);
    const bool asks_current = config_.secure_email_change && !user.email.empty() && user.email_confirmed_at;
    if (is_taken && asks_current) {
        co_await enqueue(tx, {user.id, MailKind::email_change_current, "", std::move(flow.redirect_to),
                              flow.pkce.challenge, flow.pkce.method, user.sign_up_id});
    }
    co_return is_taken;
}

Task<void> AuthMails::notify_of_sign_in(db::Tx& tx, UserRow user, Device device) {
    if (!config_.new_device_mails || !user.last_sign_in_at) co_return;
    const bool is_met = co_await tx.one<bool>(sql::has_session_like, user.id, device.user_agent, device.ip);
    if (!is_met) co_await notify(tx, std::move(user), MailKind::new_device);
}

Task<void> AuthMails::notify(db::Tx& tx, UserRow user, MailKind notice, std::string address) {
    if (address_of(user, notice, address).empty()) co_return;
    co_await enqueue(tx, {user.id, notice, std::move(address), "", "", "", std::nullopt});
}

Task<void> AuthMails::enqueue(db::Tx& tx, MailJob job) {
    jobs::NewJob wish;
    wish.queue = queue;
    wish.payload = json::write(job);
    wish.dedupe_key = name_of(job.kind) + "/" + to_string(job.user_id);
    co_await jobs::enqueue(tx, std::move(wish));
}

Task<MintedLink> AuthMails::mint(db::Tx& tx, UserRow user, MailKind kind, std::string address, MailFlow flow) {
    auto secret =
        co_await codes_.issue(tx, user.id, secret_of(kind).value(), std::move(address), user.sign_up_id, flow.pkce);
    std::string link = link_of(kind, secret, flow.redirect_to);
    co_return MintedLink{std::move(secret), std::move(link)};
}

std::string AuthMails::link_of(MailKind kind, const OneTimeSecret& secret, const std::string& redirect_to) const {
    std::string link = config_.site_url + "/auth/v1/verify?token=" + secret.link + "&type=" + verification_type(kind);
    if (!redirect_to.empty()) link += "&redirect_to=" + http::percent_encode(redirect_to);
    return link;
}

Task<void> AuthMails::send(jobs::Job job) {
    const auto wish = json::parse<MailJob>(job.payload).value();
    if (secret_of(wish.kind)) co_return co_await send_secret(wish);
    const auto user = co_await database_.maybe_one<UserRow>(sql::find_user, wish.user_id);
    if (!user) co_return;  // deleted meanwhile
    const std::string address = address_of(*user, wish.kind, wish.address);
    if (address.empty()) co_return;
    co_await post(notice_mail(wish.kind, address, config_.site_url), wish);
}

Task<void> AuthMails::send_secret(MailJob job) {
    db::Tx tx = co_await database_.begin();
    // Locked: where the secret goes must be where the account says it does when the secret is kept.
    auto user = co_await store::lock_user(tx, job.user_id);
    if (!user || is_cancelled(*user, job.kind)) co_return;
    const std::string address = address_of(*user, job.kind, job.address);
    if (address.empty()) co_return;
    user->sign_up_id = job.sign_up_id;
    auto minted =
        co_await mint(tx, *user, job.kind, address, {job.redirect_to, Pkce{job.code_challenge, job.challenge_method}});
    co_await tx.commit();
    if (hooks_.has(HookPoint::send_email)) {
        co_return co_await hand_to_hook(std::move(*user), std::move(job), std::move(minted.secret));
    }
    co_await post(secret_mail(job.kind, address, minted.action_link, minted.secret.code), job);
}

Task<void> AuthMails::hand_to_hook(UserRow user, MailJob job, OneTimeSecret secret) {
    HookEmail email{.token = secret.code,
                    .token_hash = secret.link,
                    .redirect_to = job.redirect_to,
                    .email_action_type = verification_type(job.kind),
                    .site_url = config_.site_url};
    if (job.kind == MailKind::email_change_new) {
        email.old_email = user.email;
        std::swap(email.token, email.token_new);
        std::swap(email.token_hash, email.token_hash_new);
    }
    const auto sent = co_await hooks_.send_email(user_json(UserView{std::move(user), {}, {}}), std::move(email));
    if (!sent) throw Unavailable("the send_email hook failed: " + sent.error().reason);
}

Task<void> AuthMails::post(mail::Message message, const MailJob& job) {
    bool is_refused = false;
    try {
        co_await mailer_.send(std::move(message));
    } catch (const mail::MailError& error) {
        if (!error.is_permanent()) throw;
        is_refused = true;  // trying again would not help, and must not block the queue
    }
    log::info(is_refused ? "auth_mail_refused" : "auth_mail_sent",
              {{"kind", name_of(job.kind)}, {"user_id", to_string(job.user_id)}});
}

}  // namespace tt::auth
