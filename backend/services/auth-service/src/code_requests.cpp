#include "services/auth-service/src/code_requests.hpp"

#include "platform/events/outbox.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/email.hpp"
#include "services/auth-service/src/user_json.hpp"

#include <chrono>

namespace tt::auth {
namespace {

constexpr int code_request_attempts = 3;
/// Longer than it takes to find nobody and than it takes to queue a mail, so that the time of the answer tells neither.
constexpr std::chrono::milliseconds answer_time{50};

using SteadyTime = std::chrono::steady_clock::time_point;

Task<void> wait_out(SteadyTime begun) {
    const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    if (passed < answer_time) co_await sleep_for(answer_time - passed);
}

AuditEntry request_entry(std::string_view what, UserId user, const Device& device) {
    return {
        .action = what, .subject = user, .ip = device.ip, .user_agent = device.user_agent, .actor_kind = "anonymous"};
}

}  // namespace

CodeRequests::CodeRequests(AccountParts parts) : parts_(std::move(parts)) {}

Task<Result<std::string>> CodeRequests::send_sign_in(CodeWish wish, Device device) {
    const auto who = identifier_of(wish.email, wish.phone, parts_.config);
    if (!who) co_return who.error();
    if (!who->is_email()) {
        const auto reached = parts_.phones.check_reach(who->phone);
        if (!reached) co_return reached.error();
    }
    const SteadyTime begun = std::chrono::steady_clock::now();
    auto sent = co_await queue_sign_in(std::move(wish), *who, std::move(device));
    co_await wait_out(begun);
    co_return answered(std::move(sent));
}

Result<std::string> CodeRequests::answered(Result<std::string> sent) const {
    // Only somebody's message has an id, and only when none went out a moment ago.
    if (sent && !parts_.config.tells_who_exists) return std::string();
    return sent;
}

Task<Result<std::string>> CodeRequests::queue_sign_in(CodeWish wish, Identifier who, Device device) {
    for (int attempt = 0; attempt < code_request_attempts; ++attempt) {
        auto sent = co_await send_to_known(wish, who, device);
        if (sent) co_return std::move(*sent);
        if (!wish.create_user || !parts_.config.is_signup_open) {
            if (!parts_.config.tells_who_exists) co_return std::string();
            co_return Error{Code::unprocessable, "otp_disabled", "Signups not allowed for otp"};
        }
        auto made = co_await send_to_stranger(wish, who, device);
        // Somebody else may have opened the account between the two looks.
        if (made || made.error().reason != "conflict") co_return made;
    }
    throw Unavailable("sign-ins with one new address keep failing");
}

Task<std::optional<Result<std::string>>> CodeRequests::send_to_known(CodeWish wish, Identifier who, Device device) {
    db::Tx tx = co_await parts_.database.begin();
    auto user = co_await find_user_by(tx, who);
    if (!user) co_return std::nullopt;
    co_await record(tx, request_entry(action::user_recovery_requested, user->id, device));
    auto sent = co_await send_to(tx, std::move(*user), who, std::move(wish));
    if (sent) co_await tx.commit();
    co_return sent;
}

Task<Result<std::string>> CodeRequests::send_to(db::Tx& tx, UserRow user, Identifier who, CodeWish wish) {
    // Whoever asks for a code has chosen neither password nor identity: what a sign-up of before brought is not proven
    // by it. The mail that confirms an address signs in, too; the mail of such a sign-up stays good beside this one.
    const bool is_first = !user.email_confirmed_at && !user.password_hash && !user.sign_up_id;
    user.sign_up_id.reset();
    if (!who.is_email()) {
        co_return co_await parts_.phones.request(tx, std::move(user), OneTimeKind::phone_confirmation, wish.channel);
    }
    const MailKind kind = is_first ? MailKind::confirmation : MailKind::magiclink;
    co_await parts_.mails.request(tx, std::move(user), kind, std::move(wish.flow));
    co_return std::string();
}

Task<Result<std::string>> CodeRequests::send_to_stranger(CodeWish wish, Identifier who, Device device) {
    auto metadata = merged_metadata("{}", wish.data);
    if (!metadata) co_return metadata.error();
    const Time now = parts_.clock.now();
    NewUser user{.id = UserId::make(),
                 .email = who.email,
                 .phone = who.phone,
                 .user_metadata = std::move(*metadata),
                 .now = now};
    if (who.is_email() && parts_.config.autoconfirm) user.email_confirmed_at = now;
    if (!who.is_email() && parts_.config.phone_autoconfirm) user.phone_confirmed_at = now;
    if (parts_.hooks.has(HookPoint::before_user_created)) {
        const auto agreed = co_await parts_.hooks.before_user_created(user_json(preview_of(user)), device.ip);
        if (!agreed) co_return agreed.error();
    }
    db::Tx tx = co_await parts_.database.begin();
    const auto row = co_await store::create_user(tx, user);
    if (!row) co_return Error{Code::conflict, "conflict", "The address was taken meanwhile"};
    co_await events::append(tx, UserCreated{row->id, row->email, display_name_of(row->user_metadata.text)});
    co_await record(tx, request_entry(action::user_confirmation_requested, row->id, device));
    const auto view = co_await store::view_of(tx, *row);
    auto sent = co_await send_to(tx, *row, who, std::move(wish));
    if (!sent) co_return sent;
    co_await tx.commit();
    co_await parts_.hooks.after_user_created(user_json(view), device.ip);
    co_return sent;
}

Task<Result<void>> CodeRequests::recover(std::string email, MailFlow flow, Device device) {
    const auto normal = normalized_email(email);
    if (!normal) {
        co_return Error{Code::invalid_argument, "validation_failed",
                        "Unable to validate email address: invalid format"};
    }
    const SteadyTime begun = std::chrono::steady_clock::now();
    co_await queue_recovery(*normal, std::move(flow), std::move(device));
    co_await wait_out(begun);
    co_return Result<void>();
}

Task<void> CodeRequests::queue_recovery(std::string email, MailFlow flow, Device device) {
    db::Tx tx = co_await parts_.database.begin();
    auto user = co_await store::find_user_by_email(tx, std::move(email));
    if (user) {
        co_await record(tx, request_entry(action::user_recovery_requested, user->id, device));
        co_await parts_.mails.request(tx, std::move(*user), MailKind::recovery, std::move(flow));
    }
    co_await tx.commit();
}

Task<Result<std::string>> CodeRequests::resend(ResendType type, Identifier who, MailFlow flow) {
    if (!who.is_email()) {
        const auto reached = parts_.phones.check_reach(who.phone);
        if (!reached) co_return reached.error();
    }
    const SteadyTime begun = std::chrono::steady_clock::now();
    auto sent = co_await queue_again(type, std::move(who), std::move(flow));
    co_await wait_out(begun);
    co_return answered(std::move(sent));
}

Task<Result<std::string>> CodeRequests::queue_again(ResendType type, Identifier who, MailFlow flow) {
    db::Tx tx = co_await parts_.database.begin();
    auto user = co_await find_user_by(tx, std::move(who));
    if (!user) co_return std::string();
    Result<std::string> sent = std::string();
    switch (type) {
        case ResendType::signup:
            if (!user->email_confirmed_at) {
                co_await parts_.mails.request(tx, std::move(*user), MailKind::confirmation, std::move(flow));
            }
            break;
        case ResendType::email_change:
            if (!user->new_email.empty()) {
                co_await parts_.mails.request_email_change(tx, std::move(*user), std::move(flow));
            }
            break;
        case ResendType::sms:
            if (!user->phone_confirmed_at) {
                sent = co_await parts_.phones.request(tx, std::move(*user), OneTimeKind::phone_confirmation, "sms");
            }
            break;
        case ResendType::phone_change:
            if (!user->new_phone.empty()) {
                sent = co_await parts_.phones.request(tx, std::move(*user), OneTimeKind::phone_change, "sms");
            }
            break;
    }
    if (sent) co_await tx.commit();
    co_return sent;
}

Task<Result<std::string>> CodeRequests::reauthenticate(UserRow user, Device device) {
    if (user.email.empty() && user.phone.empty()) {
        co_return Error{Code::invalid_argument, "validation_failed",
                        "Reauthentication requires the user to have an email or a phone number"};
    }
    if (!user.email.empty() && !user.email_confirmed_at) {
        co_return Error{Code::unprocessable, "email_not_confirmed", "Please verify your email first."};
    }
    if (user.email.empty() && !user.phone_confirmed_at) {
        co_return Error{Code::unprocessable, "phone_not_confirmed", "Please verify your phone first."};
    }
    db::Tx tx = co_await parts_.database.begin();
    AuditEntry entry = request_entry(action::user_reauthenticate_requested, user.id, device);
    entry.actor = user.id;
    entry.actor_kind = "user";
    co_await record(tx, std::move(entry));
    Result<std::string> sent = std::string();
    if (user.email.empty()) {
        sent = co_await parts_.phones.request(tx, std::move(user), OneTimeKind::reauthentication, "sms");
    } else {
        co_await parts_.mails.request(tx, std::move(user), MailKind::reauthentication);
    }
    if (sent) co_await tx.commit();
    co_return sent;
}

}  // namespace tt::auth
