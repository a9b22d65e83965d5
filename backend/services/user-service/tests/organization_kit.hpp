#pragma once

#include "services/user-service/tests/user_kit.hpp"

namespace tt::user::testing {

/// Shorthand for what the tests of organisations and invitations do all the time.
class OrganizationTest : public UserTest {
protected:
    static Answer send(const Principal& who, std::string method, std::string target, std::string body = "") {
        return kit().call(
            {.method = std::move(method), .target = std::move(target), .body = std::move(body), .caller = who});
    }
    static Answer get(const Principal& who, std::string target) { return send(who, "GET", std::move(target)); }
    static Answer post(const Principal& who, std::string target, std::string body = "") {
        return send(who, "POST", std::move(target), std::move(body));
    }

    /// The id of a new organisation of `owner`.
    static std::string make(const Principal& owner) {
        return post(owner, "/api/v1/organizations", R"({"name":"Engines"})").str("id");
    }

    /// A new person in the organisation, without the way over a mail.
    static Principal joined(const std::string& organization, const std::string& email, const std::string& role) {
        const auto person = kit().member(email);
        const std::string user = to_string(*person.user_id);
        kit().database.exec("INSERT INTO account.members VALUES ('" + organization + "', '" + user + "', '" + role +
                            "', now()); INSERT INTO account.memberships VALUES ('" + user + "', '" + organization +
                            "'); INSERT INTO integ.outbox (event_id, topic, subject, payload) VALUES ('" +
                            to_string(uuid_v7()) + "', 'organization.member_changed', '" + user + "', '{\"role\":\"" +
                            role + "\"}')");
        return person;
    }

    /// Roles that auth was told of, in order.
    static std::string member_events(UserId user) {
        return kit().scalar(
            "SELECT string_agg(payload ->> 'role', ',' ORDER BY id) FROM integ.outbox WHERE topic = "
            "'organization.member_changed' AND subject = '" +
            to_string(user) + "'");
    }

    /// The token in the nth mail to an address.
    static std::string token_to(const std::string& email, std::size_t nth = 1) {
        const auto mail = kit().mailer.wait_for(email, nth);
        if (!mail) return "";
        const auto at = mail->text.find("#token=");
        if (at == std::string::npos) return "";
        return mail->text.substr(at + 7, mail->text.find_first_of("\r\n ", at) - at - 7);
    }

    static std::string token_body(const std::string& token) {
        return boost::json::serialize(boost::json::object{{"token", token}});
    }
};

}  // namespace tt::user::testing
