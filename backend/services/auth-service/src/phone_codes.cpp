#include "services/auth-service/src/phone_codes.hpp"

#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/user_json.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace tt::auth {
namespace {

struct SmsJob {
    UserId user_id;
    OneTimeKind kind = OneTimeKind::phone_confirmation;
    std::string channel;
    std::optional<Uuid> sign_up_id;  // of the account when the code was asked for
};
BOOST_DESCRIBE_STRUCT(SmsJob, (), (user_id, kind, channel, sign_up_id))

db::Query sms_mark_of(OneTimeKind kind) {
    switch (kind) {
        case OneTimeKind::phone_change:
            return sql::mark_phone_change_sent;
        case OneTimeKind::reauthentication:
            return sql::mark_reauthentication_sent;
        default:
            return sql::mark_confirmation_sent;
    }
}

const std::string& phone_of(const UserRow& user, OneTimeKind kind) {
    return kind == OneTimeKind::phone_change ? user.new_phone : user.phone;
}

}  // namespace

PhoneCodes::PhoneCodes(db::Database database, std::unique_ptr<SmsSender> sender, Hooks& hooks, OneTimeCodes& codes,
                       const Clock& clock, const AuthConfig& config)
    : database_(std::move(database)),
      sender_(std::move(sender)),
      hooks_(hooks),
      codes_(codes),
      clock_(clock),
      config_(config) {}

Task<Result<std::string>> PhoneCodes::request(db::Tx& tx, UserRow user, OneTimeKind kind, std::string channel) {
    const std::string phone = phone_of(user, kind);
    const bool is_test = test_code_of(phone).has_value();
    const auto reached = check_reach(phone);
    if (!reached) co_return reached.error();
    const Time now = clock_.now();
    const Time last_allowed = now - std::chrono::seconds(config_.sms_gap_s);
    const auto marked = co_await tx.execute(sms_mark_of(kind), user.id, now, last_allowed);
    if (marked == 0) co_return std::string();
    if (is_test) co_return std::string("test-otp");
    jobs::NewJob job;
    job.queue = queue;
    job.payload = json::write(SmsJob{user.id, kind, std::move(channel), user.sign_up_id});
    job.dedupe_key = std::string(boost::describe::enum_to_string(kind, "")) + "/" + to_string(user.id);
    const Uuid id = co_await jobs::enqueue(tx, std::move(job));
    co_return to_string(id);
}

Result<void> PhoneCodes::check_reach(const std::string& phone) const {
    if (sender_ || hooks_.has(HookPoint::send_sms) || test_code_of(phone).has_value()) return {};
    return Error{Code::unprocessable, "sms_send_failed", "Error sending OTP to provider: none is set up"};
}

std::optional<std::string> PhoneCodes::test_code_of(const std::string& phone) const {
    const std::string head = phone + "=";
    for (const std::string& pair : config_.test_codes) {
        if (pair.starts_with(head)) return pair.substr(head.size());
    }
    return std::nullopt;
}

bool PhoneCodes::is_test_code(const std::string& phone, const std::string& code) const {
    return test_code_of(phone) == code;
}

Task<void> PhoneCodes::send(jobs::Job job) {
    const auto wish = json::parse<SmsJob>(job.payload).value();
    db::Tx tx = co_await database_.begin();
    auto user = co_await store::lock_user(tx, wish.user_id);
    if (!user || phone_of(*user, wish.kind).empty()) co_return;  // deleted or cancelled meanwhile
    const std::string phone = phone_of(*user, wish.kind);
    const auto secret = co_await codes_.issue(tx, wish.user_id, wish.kind, phone, wish.sign_up_id);
    co_await tx.commit();
    const std::string kind = boost::describe::enum_to_string(wish.kind, "");
    PhoneMessage message{phone, secret.code, kind, wish.channel};
    co_await deliver(std::move(*user), std::move(message));
}

Task<void> PhoneCodes::deliver(UserRow user, PhoneMessage message) {
    if (test_code_of(message.phone)) co_return;
    const UserId user_id = user.id;
    if (hooks_.has(HookPoint::send_sms)) {
        const auto sent = co_await hooks_.send_sms(user_json(UserView{std::move(user), {}, {}}), message.phone,
                                                   message.code, message.kind);
        if (!sent) throw Unavailable("the send_sms hook failed: " + sent.error().reason);
    } else if (sender_) {
        co_await sender_->send(message.phone, message.channel, "Your TrendTactics code is " + message.code);
    }
    log::info("auth_sms_sent", {{"user_id", to_string(user_id)}});
}

}  // namespace tt::auth
