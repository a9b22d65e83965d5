#pragma once

#include "platform/json/json.hpp"
#include "services/user-service/src/domain/organization_rules.hpp"
#include "services/user-service/src/store/invitations.hpp"
#include "services/user-service/src/store/organizations.hpp"

/// Bodies of /api/v1/organizations and /api/v1/invitations.
namespace tt::user {

struct OrganizationName {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(OrganizationName, (), (name))

struct OrganizationList {
    std::vector<store::OrganizationRow> items;
    std::optional<Uuid> current;  ///< the one the caller's token names
};
BOOST_DESCRIBE_STRUCT(OrganizationList, (), (items, current))

struct Member {
    UserId user_id;
    std::optional<std::string> display_name;
    std::optional<std::string> email;  ///< only for who manages the organisation
    std::optional<std::string> avatar_url;
    MemberRole role = MemberRole::member;
    Time joined_at{};
};
BOOST_DESCRIBE_STRUCT(Member, (), (user_id, display_name, email, avatar_url, role, joined_at))

struct MemberQuery {
    int limit = 50;
    std::optional<UserId> after;
};
BOOST_DESCRIBE_STRUCT(MemberQuery, (), (limit, after))

struct MemberList {
    std::vector<Member> items;
    std::optional<UserId> next;  ///< `after` of the next page
};
BOOST_DESCRIBE_STRUCT(MemberList, (), (items, next))

struct MemberChange {
    MemberRole role = MemberRole::member;
};
BOOST_DESCRIBE_STRUCT(MemberChange, (), (role))

struct InvitationWish {
    std::string email;
    MemberRole role = MemberRole::member;
    bool any_address = false;
};
BOOST_DESCRIBE_STRUCT(InvitationWish, (), (email, role, any_address))

struct InvitationList {
    std::vector<store::InvitationRow> items;
};
BOOST_DESCRIBE_STRUCT(InvitationList, (), (items))

struct InvitationToken {
    std::string token;
};
BOOST_DESCRIBE_STRUCT(InvitationToken, (), (token))

struct InvitationPreview {
    std::string organization_name;
    MemberRole role = MemberRole::member;
    std::string email_hint;
    Time expires_at{};
};
BOOST_DESCRIBE_STRUCT(InvitationPreview, (), (organization_name, role, email_hint, expires_at))

struct CurrentOrganization {
    Uuid org_id;
    MemberRole org_role = MemberRole::member;
};
BOOST_DESCRIBE_STRUCT(CurrentOrganization, (), (org_id, org_role))

}  // namespace tt::user

namespace platform::json {

template <>
inline constexpr Rule rule<&tt::user::OrganizationName::name>{.min_length = 1, .max_length = 120};
template <>
inline constexpr Rule rule<&tt::user::MemberQuery::limit>{.minimum = 1, .maximum = 100, .may_be_absent = true};
template <>
inline constexpr Rule rule<&tt::user::InvitationWish::email>{.min_length = 3, .max_length = 254, .format = "email"};
template <>
inline constexpr Rule rule<&tt::user::InvitationWish::any_address>{
    .description = "whether an account with another address may accept", .may_be_absent = true};
template <>
inline constexpr Rule rule<&tt::user::InvitationToken::token>{.min_length = 1, .max_length = 200};

}  // namespace platform::json
