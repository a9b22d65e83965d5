#pragma once

#include "platform/events/relay.hpp"
#include "services/auth-service/tests/admin_kit.hpp"
#include "services/auth-service/tests/auth_world.hpp"
#include "shared/middleware/impersonation.hpp"
#include "shared/middleware/revocation_set.hpp"
#include "shared/types/principal.hpp"

#include <gtest/gtest.h>

namespace tt::auth {

/// A gateway with everything a request meets on its way: revocations as it has heard of them, and what somebody who
/// acts as another cannot do.
class PeopleTest : public ::testing::Test {
protected:
    PeopleTest();
    ~PeopleTest() override;

    Answer call(http::Method method, std::string target, std::string body = "", const std::string& bearer = "");
    std::future<Answer> start(Call call, std::size_t thread);
    std::vector<Answer> call_all_at_once(const std::vector<Call>& calls);
    /// What the gateway does every second.
    void follow();
    /// Revocations have a resolution of milliseconds: what follows is later.
    void pass(std::chrono::milliseconds time = std::chrono::milliseconds(1)) { world.clock.advance(time); }

    struct Person {
        std::string id{};
        std::string email{};
        std::string token{};
        std::string refresh_token{};
    };
    Person sign_up(const std::string& email);
    Person administrator(const std::string& email);
    /// The person with a new token of the same session.
    Person refreshed(const Person& person);
    Answer give_roles(const Person& by, const Person& to, const std::string& roles_json);
    /// Permissions in the token, as the probe sees them: "a,b".
    std::string permissions_of(const std::string& token);
    /// Whom the gateway takes the bearer of the token for; nobody when it refuses it.
    Principal principal_in(const std::string& token);
    std::string audit_of(const std::string& action) {
        return world.database.scalar(
            "SELECT string_agg(coalesce(subject_id::text, target) || ' ' || details::text, "
            "';' ORDER BY id) FROM auth.audit_entries WHERE action = '" +
            action + "'");
    }

    AuthWorld world{test_config(true)};
    RevocationSet revoked;
    Authenticator authenticator;
    http::Router gateway;
    events::Bus bus;
    events::Relay relay;

private:
    Task<Answer> dispatch(Call call);
    std::string cursor_;
    Principal last_caller_;
};

}  // namespace tt::auth
