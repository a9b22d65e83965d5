#include "services/user-service/src/domain/organization_rules.hpp"

namespace tt::user {
namespace {

Error role_required(std::string message) {
    return {Code::permission_denied, "organization_role_required", std::move(message)};
}

}  // namespace

Result<void> may_manage(MemberRole caller) {
    if (caller >= MemberRole::admin) return {};
    return role_required("This needs an owner or an admin of the organisation.");
}

Result<void> may_delete(MemberRole caller) {
    if (caller == MemberRole::owner) return {};
    return role_required("This needs an owner of the organisation.");
}

Result<void> may_grant(MemberRole caller, MemberRole wanted) {
    if (caller == MemberRole::owner) return {};
    const auto allowed = may_manage(caller);
    if (!allowed) return allowed;
    if (wanted == MemberRole::owner) return role_required("Only an owner can make an owner.");
    return {};
}

Result<void> may_change_role(MemberRole caller, MemberRole current, MemberRole wanted) {
    if (caller != MemberRole::owner && current == MemberRole::owner) {
        return role_required("Only an owner can change an owner.");
    }
    return may_grant(caller, wanted);
}

Result<void> may_remove(MemberRole caller, MemberRole member, bool is_self) {
    if (is_self) return {};
    return may_change_role(caller, member, MemberRole::member);
}

Result<void> keeps_an_owner(MemberRole current, MemberRole wanted, std::int64_t owners) {
    if (current != MemberRole::owner || wanted == MemberRole::owner || owners > 1) return {};
    return Error{Code::conflict, "last_owner", "An organisation must have an owner: make somebody else one first."};
}

}  // namespace tt::user
