#include "services/auth-service/src/service.hpp"

#include "platform/events/bus.hpp"
#include "platform/jobs/jobs.hpp"
#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/mfa.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/api/people.hpp"
#include "services/auth-service/src/api/routes.hpp"

namespace tt::auth {
namespace {

constexpr std::chrono::hours clean_up_interval{1};
constexpr std::chrono::hours audit_retention_interval{24};
constexpr std::chrono::minutes key_check_interval{1};

}  // namespace

AuthService::AuthService(db::Database database, const crypto::Envelope& envelope, crypto::PasswordHasher& hasher,
                         mail::Mailer& mailer, Runtime& runtime, const Clock& clock, AuthConfig config)
    : config_(std::move(config)),
      clock_(clock),
      client_(runtime, {.allowed_peers = config_.allowed_peers()}),
      lockout_(database, clock, config_.failures_per_5min),
      limits_(config_.limits, clock),
      keys_(database, envelope, clock, std::chrono::seconds(config_.access_token_s)),
      hooks_(database, client_, clock, config_.hooks, config_.allowed_peers()),
      passwords_(hasher, config_),
      revocations_(database, clock, config_),
      api_keys_(database, revocations_, clock, config_),
      sessions_(database, keys_, envelope, hooks_, revocations_, limits_, clock, config_),
      codes_(clock, config_),
      mails_(database, mailer, hooks_, codes_, clock, config_),
      phones_(database, make_sms_sender(config_.sms_provider, mailer), hooks_, codes_, clock, config_),
      flows_(database, sessions_, mails_, envelope, clock),
      accounts_(account_parts(database)),
      account_changes_(account_parts(database)),
      code_requests_(account_parts(database)),
      confirmations_(account_parts(database), flows_),
      handoffs_(database, sessions_, clock),
      admin_claims_(database, clock),
      administration_(account_parts(database), envelope),
      federation_(account_parts(database), keys_, flows_, envelope, client_),
      multi_factor_(account_parts(database), envelope),
      people_(account_parts(database), account_changes_),
      migration_(database, clock) {}

AccountParts AuthService::account_parts(const db::Database& database) {
    return {.database = database,
            .sessions = sessions_,
            .mails = mails_,
            .phones = phones_,
            .codes = codes_,
            .passwords = passwords_,
            .lockout = lockout_,
            .limits = limits_,
            .hooks = hooks_,
            .revocations = revocations_,
            .clock = clock_,
            .config = config_};
}

void AuthService::mount(http::Router& router) {
    router.use("/auth/v1", limits_.middleware());
    api::mount_sign_in(router, *this);
    api::mount_account(router, *this);
    api::mount_code_requests(router, *this);
    api::mount_confirmation(router, *this);
    api::mount_information(router, *this);
    api::mount_own(router, *this);
    api::mount_api_keys(router, *this);
    api::mount_internal(router, *this);
    api::mount_factors(router, *this);
    api::mount_recovery_codes(router, *this);
    api::mount_passkeys(router, *this);
    api::mount_admin_users(router, *this);
    api::mount_admin_factors(router, *this);
    api::mount_admin_sessions(router, *this);
    api::mount_admin_links(router, *this);
    api::mount_audit(router, *this);
    api::mount_roles(router, *this);
    api::mount_people(router, *this);
    api::mount_directory(router, *this);
    api::mount_oauth_clients(router, *this);
    api::mount_oauth_consent(router, *this);
    api::mount_oauth_token(router, *this);
    api::mount_sso(router, *this);
    api::mount_providers(router, *this);
    api::mount_custom_providers(router, *this);
}

void AuthService::subscribe(events::Bus& bus) {
    events::Bus mine = bus.as("svc_auth");
    mine.subscribe("auth.organizations", "organization.member_changed", [this](db::Tx& tx, events::Event event) {
        return people_.directory().follow_member(tx, std::move(event));
    });
    mine.subscribe("auth.names", "profile.updated", [this](db::Tx& tx, events::Event event) {
        return people_.directory().follow_profile(tx, std::move(event));
    });
}

void AuthService::work(jobs::Worker& worker) {
    worker.handle(AuthMails::queue, [this](jobs::Job job) { return mails_.send(std::move(job)); });
    worker.handle(PhoneCodes::queue, [this](jobs::Job job) { return phones_.send(std::move(job)); });
    worker.handle(Factors::sms_queue,
                  [this](jobs::Job job) { return multi_factor_.factors().send_code(std::move(job)); });
}

void AuthService::schedule(jobs::Scheduler& scheduler) {
    scheduler.every("auth.clean_up", clean_up_interval, [this]() -> Task<void> {
        co_await sessions_.clean_up();
        co_await flows_.clean_up();
        co_await accounts_.clean_up();
        co_await lockout_.clean_up();
        co_await multi_factor_.clean_up();
        co_await revocations_.clean_up();
        co_await federation_.clean_up();
    });
    scheduler.every("auth.audit_seal", std::chrono::seconds(config_.audit.seal_interval_s),
                    [this]() -> Task<void> { co_await administration_.audit_chain().seal(); });
    scheduler.every("auth.audit_retention", audit_retention_interval, [this]() -> Task<void> {
        co_await administration_.audit_chain().prepare();
        co_await administration_.audit_chain().forget();
    });
    scheduler.every("auth.erase_accounts", clean_up_interval,
                    [this]() -> Task<void> { co_await people_.deletion().erase_due(); });
    scheduler.every("auth.rotate_keys", key_check_interval, [this] { return keys_.advance(); });
}

IssuerSources AuthService::issuer_sources() {
    return {
        .keys = keys_, .revocations = revocations_, .api_keys = api_keys_, .on_changed_keys = [this] { keys_.wake(); }};
}

Task<void> AuthService::start() {
    co_await keys_.load();
    co_await keys_.follow();
    co_await administration_.audit_chain().prepare();
}

}  // namespace tt::auth
