#include "services/auth-service/tests/mail_kit.hpp"
#include "services/auth-service/tests/provider_kit.hpp"

namespace tt::auth {
namespace {

/// Whose an account is when identities of providers meet addresses that nobody has proven (S025).
class IdentityOwnershipTest : public ProviderTest {
protected:
    static boost::json::object unverified(const std::string& subject, const std::string& email) {
        return {{"sub", subject}, {"email", email}, {"email_verified", false}};
    }
    std::string landed(AuthWorld& world, const boost::json::object& claims) {
        return come_back(world, begin(world), claims);
    }
    std::string error_of(AuthWorld& world, const boost::json::object& claims) {
        return from_address(landed(world, claims), "error_code");
    }
    Answer verify(AuthWorld& world, const std::string& type, const std::string& email, std::size_t nth_mail) {
        const std::string code = code_in(world.mailer.wait_for_text(email, nth_mail));
        const boost::json::object body{{"type", type}, {"email", email}, {"token", code}};
        return world.post("/auth/v1/verify", boost::json::serialize(body));
    }
};

constexpr const char* unproven = "provider_email_needs_verification";

TEST_F(IdentityOwnershipTest, AStrangersIdentityDoesNotSurviveTheOwnersProof) {
    AuthWorld world(config(false));
    for (const char* route : {"signup", "otp", "recover"}) {
        const std::string email = std::string(route) + "@example.com";
        const auto stranger = unverified(std::string("stranger-") + route, email);
        EXPECT_EQ(error_of(world, stranger), unproven) << route;
        world.mailer.wait_for_text(email);
        world.clock.advance(std::chrono::seconds(61));
        world.post(std::string("/auth/v1/") + route, R"({"email":")" + email + R"(","password":"correct horse"})");
        const std::string type = route == std::string("otp")       ? "email"
                                 : route == std::string("recover") ? "recovery"
                                                                   : route;
        const Answer session = verify(world, type, email, 2);
        ASSERT_EQ(session.status, 200U) << route << session.text;
        EXPECT_EQ(text_at(session.body, "/user/app_metadata/provider"), "email") << route;
        EXPECT_EQ(boost::json::serialize(session["user"].at("app_metadata").at("providers")), R"(["email"])") << route;
        EXPECT_EQ(text_at(session.body, "/user/identities/0/provider"), "email") << route;
        EXPECT_EQ(error_of(world, stranger), unproven) << route;
    }
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.identity_owners"), "0");
    EXPECT_EQ(world.sign_in("signup@example.com").status, 200U) << "her password was the last one chosen";
}

TEST_F(IdentityOwnershipTest, TheMailOfTheirOwnSignUpKeepsThePersonsIdentity) {
    AuthWorld world(config(false));
    const auto person = unverified("person", "person@example.com");
    EXPECT_EQ(error_of(world, person), unproven);
    ASSERT_EQ(verify(world, "signup", "person@example.com", 1).status, 200U);
    EXPECT_NE(from_address(landed(world, person), "access_token"), "");
}

TEST_F(IdentityOwnershipTest, AStrangersIdentityDoesNotSurviveTheOwnersProvider) {
    AuthWorld world(config(false));
    const auto stranger = unverified("stranger", "victim@example.com");
    EXPECT_EQ(error_of(world, stranger), unproven);
    EXPECT_NE(from_address(landed(world, verified("owner", "victim@example.com")), "access_token"), "");
    EXPECT_EQ(error_of(world, stranger), unproven);
    EXPECT_EQ(world.database.scalar("SELECT string_agg(provider_id, ',') FROM auth.identity_owners"), "owner");
}

TEST_F(IdentityOwnershipTest, AMailThatAProviderAskedForConfirmsNobodysPassword) {
    AuthWorld world(config(false));
    world.sign_up("early@example.com", "the stranger's password");
    world.mailer.wait_for_text("early@example.com");
    EXPECT_EQ(error_of(world, unverified("owner", "early@example.com")), unproven);
    ASSERT_EQ(verify(world, "email", "early@example.com", 2).status, 200U);
    EXPECT_EQ(world.sign_in("early@example.com", "the stranger's password").code(), "invalid_credentials");
}

TEST_F(IdentityOwnershipTest, AnotherAddressTheProviderKnowsProvesNothing) {
    AuthWorld world(config(false));
    EXPECT_EQ(error_of(world, unverified("s1", "own@example.com")), unproven);
    EXPECT_EQ(error_of(world, verified("s1", "other@example.com")), unproven);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users WHERE email_confirmed_at IS NOT NULL"), "0");
    const Answer user =
        world.get("/auth/v1/user", from_address(landed(world, verified("s1", "own@example.com")), "access_token"));
    EXPECT_EQ(user.str("email"), "own@example.com");
    EXPECT_EQ(text_at(user.body, "/identities/0/provider"), "fake");
}

TEST_F(IdentityOwnershipTest, WhatAdministratorsGaveIsTheOwners) {
    AuthWorld world(config(false));
    world.call({http::Method::post, "/auth/v1/admin/users",
                R"({"email":"gold@example.com","app_metadata":{"plan":"gold"}})", service_key()});
    const std::string token = from_address(landed(world, verified("s1", "gold@example.com")), "access_token");
    const Answer user = world.get("/auth/v1/user", token);
    EXPECT_EQ(text_at(user.body, "/app_metadata/plan"), "gold") << user.text;
    EXPECT_EQ(text_at(user.body, "/app_metadata/provider"), "fake");
    EXPECT_EQ(boost::json::serialize(user["app_metadata"].at("providers")), R"(["fake"])");
}

TEST_F(IdentityOwnershipTest, TheHookAgreesToTheAccountThatIsMade) {
    FakeServer hook;
    AuthWorld world(asking(hook));
    EXPECT_NE(from_address(landed(world, verified("s1", "grace@example.com")), "access_token"), "");
    const auto asked = boost::json::parse(hook.last_body());
    EXPECT_EQ(text_at(asked, "/user/id"), world.database.scalar("SELECT id FROM auth.users"));
    EXPECT_EQ(text_at(asked, "/user/app_metadata/provider"), "fake");
}

/// Adding and removing identities.
class LinkingTest : public ProviderTest {
protected:
    static constexpr const char* path = "/auth/v1/user/identities/authorize?provider=fake&skip_http_redirect=true";

    Answer ask(AuthWorld& world, const std::string& token) { return world.get(path + pkce(), token); }
    Answer link_id_token(AuthWorld& world, const std::string& token) {
        const std::string id_token = provider.id_token(verified("app", "app@example.com"));
        return world.post("/auth/v1/token?grant_type=id_token",
                          R"({"provider":"fake","link_identity":true,"id_token":")" + id_token + "\"}", token);
    }
    static void add_factor(AuthWorld& world, const std::string& email) {
        world.database.exec(
            "INSERT INTO auth.factors (user_id, id, factor_type, status, friendly_name, secret, created_at, "
            "updated_at) "
            "SELECT id, gen_random_uuid(), 'totp', 'verified', 'phone', '\\x00', now(), now() FROM auth.users WHERE "
            "email = '" +
            email + "'");
    }
};

TEST_F(LinkingTest, NeedsAFreshSignInAndTheSecondFactor) {
    AuthWorld world(config());
    const Answer session = world.sign_up("mine@example.com");
    const Answer begun = ask(world, session.str("access_token"));
    ASSERT_EQ(begun.status, 200U) << begun.text;
    add_factor(world, "mine@example.com");
    EXPECT_EQ(ask(world, session.str("access_token")).code(), "insufficient_aal");
    EXPECT_EQ(link_id_token(world, session.str("access_token")).code(), "insufficient_aal");
    const std::string back = come_back(world, {begun.str("url"), ""}, verified("s1", "mine@example.com"));
    EXPECT_EQ(from_address(back, "error_code"), "insufficient_aal");
    world.database.exec("DELETE FROM auth.factors");
    world.clock.advance(std::chrono::seconds(601));
    const std::string token = world.refresh(session.str("refresh_token")).str("access_token");
    EXPECT_EQ(ask(world, token).code(), "reauthentication_needed");
    EXPECT_EQ(link_id_token(world, token).code(), "reauthentication_needed");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.identity_owners"), "0");
}

TEST_F(LinkingTest, IsNotForWhoActsAsSomebodyElse) {
    AuthWorld world(config());
    const std::string token = world.sign_up("ada@example.com").str("access_token");
    const Answer begun = ask(world, token);
    world.database.exec("UPDATE auth.sessions SET act_user = user_id");
    EXPECT_EQ(ask(world, token).code(), "not_while_impersonating");
    EXPECT_EQ(link_id_token(world, token).code(), "not_while_impersonating");
    const std::string back = come_back(world, {begun.str("url"), ""}, verified("s1", "eve@example.com"));
    EXPECT_EQ(from_address(back, "error_code"), "not_while_impersonating");
}

TEST_F(LinkingTest, TheOwnerHearsOfItAndOfTheEnd) {
    AuthWorld world(config());
    const std::string token = world.sign_up("owner@example.com").str("access_token");
    const std::string back =
        come_back(world, {ask(world, token).str("url"), ""}, verified("s1", "elsewhere@example.com"));
    const Answer session = swap(world, from_address(back, "code"));
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_NE(world.mailer.wait_for_text("owner@example.com").find("was connected"), std::string::npos);
    const std::string identity = world.database.scalar("SELECT id FROM auth.identities WHERE provider = 'fake'");
    const auto unlink = [&](const std::string& bearer) {
        return world.call({http::Method::delete_, "/auth/v1/user/identities/" + identity, "", bearer});
    };
    world.clock.advance(std::chrono::seconds(601));
    const Answer later = world.refresh(session.str("refresh_token"));
    EXPECT_EQ(unlink(later.str("access_token")).code(), "reauthentication_needed");
    EXPECT_EQ(unlink(world.sign_in("owner@example.com").str("access_token")).status, 200U);
    EXPECT_NE(world.mailer.wait_for_text("owner@example.com", 2).find("was removed"), std::string::npos);
}

TEST_F(LinkingTest, MakesAGuestSomebody) {
    AuthConfig with_guests = config();
    with_guests.anonymous_enabled = true;
    AuthWorld world(with_guests);
    const Answer guest = world.post("/auth/v1/signup", "{}");
    world.clock.advance(std::chrono::seconds(601));
    const std::string token = world.refresh(guest.str("refresh_token")).str("access_token");
    const Answer session = link_id_token(world, token);
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(session["user"].at("is_anonymous"), false);
    EXPECT_EQ(text_at(session.body, "/user/email"), "app@example.com");
}

TEST_F(LinkingTest, TwoAtOnceLeaveOneWayIn) {
    AuthWorld world(config());
    const std::string token = world.sign_up("two@example.com").str("access_token");
    ASSERT_EQ(link_id_token(world, token).status, 200U);
    const auto unlink = [&](const std::string& provider_name, std::size_t thread) {
        const std::string id =
            world.database.scalar("SELECT id FROM auth.identities WHERE provider = '" + provider_name + "'");
        return world.start({http::Method::delete_, "/auth/v1/user/identities/" + id, "", token}, thread);
    };
    auto first = unlink("fake", 0);
    auto second = unlink("email", 1);
    EXPECT_EQ(first.get().status + second.get().status, 200U + 422U);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.identities"), "1");
}

}  // namespace
}  // namespace tt::auth
