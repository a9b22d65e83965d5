#include "services/auth-service/src/directory.hpp"

#include "platform/json/json.hpp"
#include "platform/json/member.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/store/accounts.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/directory_sql.hpp"
#include "services/auth-service/src/user_json.hpp"

#include <boost/json.hpp>

namespace tt::auth {

Directory::Directory(db::Database database, Revocations& revocations)
    : database_(std::move(database)), revocations_(revocations) {}

Task<Result<AccountCard>> Directory::account(UserId user_id) {
    db::Tx tx = co_await database_.begin();
    const auto user = co_await store::find_user(tx, user_id);
    if (!user) co_return Error{Code::not_found, "user_not_found", "There is no such account."};
    co_return AccountCard{user_id, user->email, user->email_confirmed_at.has_value()};
}

Task<Result<void>> Directory::enter_organization(UserId user, SessionId session, SessionOrganization where) {
    const auto changed =
        co_await database_.execute(sql::set_session_organization, user, session, where.org_id, where.org_role);
    if (changed == 0) co_return Error{Code::not_found, "session_not_found", "The session has ended."};
    co_return Result<void>();
}

Task<PersonalData> Directory::personal_data(PersonalDataOwner owner) {
    db::Tx tx = co_await database_.begin();
    co_await record(tx, {.action = action::data_exported, .actor = owner.user_id});
    std::string account = "null";
    auto user = co_await store::find_user(tx, owner.user_id);
    if (user) {
        const auto view = co_await store::view_of(tx, std::move(*user));
        account = boost::json::serialize(user_json(view));
    }
    auto passkeys = co_await tx.one<json::Raw>(sql::passkeys_data, owner.user_id);
    auto sessions = co_await tx.one<json::Raw>(sql::sessions_data, owner.user_id);
    auto audit = co_await tx.one<json::Raw>(sql::audit_data, owner.user_id);
    co_await tx.commit();
    PersonalData data;
    data.parts.push_back({"account", {std::move(account)}});
    data.parts.push_back({"passkeys", std::move(passkeys)});
    data.parts.push_back({"sessions", std::move(sessions)});
    data.parts.push_back({"audit", std::move(audit)});
    co_return data;
}

Task<void> Directory::follow_member(db::Tx& tx, events::Event event) {
    const auto payload = boost::json::parse(event.payload).as_object();
    const auto user = UserId::parse(payload.at("user_id").as_string()).value();
    const auto organization = parse_uuid(payload.at("organization_id").as_string()).value();
    const std::string role(payload.at("role").as_string());
    AuditEntry entry{.action = action::organization_changed, .subject = user, .target = to_string(organization)};
    entry.actor_kind = "system";  // who decided it is known to the organisation
    entry.details = {{"role", role.empty() ? "none" : role}};
    co_await record(tx, std::move(entry));
    std::int64_t changed = 0;
    if (role.empty()) {
        changed = co_await tx.execute(sql::leave_organization, user, organization);
    } else {
        changed = co_await tx.execute(sql::change_organization_role, user, organization, role);
    }
    if (changed > 0) co_await revocations_.revoke_user(tx, user);
}

Task<void> Directory::follow_profile(db::Tx& tx, events::Event event) {
    const auto payload = boost::json::parse(event.payload).as_object();
    const auto* renamed = payload.if_contains("is_renamed");
    const std::string name = json::text_member(payload, "display_name");
    if (name.empty() || !renamed || !renamed->is_bool() || !renamed->get_bool()) co_return;
    const auto user = co_await store::lock_user(tx, UserId::parse(payload.at("user_id").as_string()).value());
    if (!user || user->deleted_at || display_name_of(user->user_metadata.text) == name) co_return;
    const auto metadata = merged_metadata(user->user_metadata.text, {{"display_name", name}});
    if (!metadata) co_return;  // as large as it may be; the profile has the name
    co_await tx.execute(sql::set_user_metadata, user->id, *metadata, event.created_at);
}

}  // namespace tt::auth
