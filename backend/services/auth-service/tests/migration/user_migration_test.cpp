#include "services/auth-service/src/user_migration.hpp"

#include "services/auth-service/tests/auth_world.hpp"
#include "services/auth-service/tests/mail_kit.hpp"
#include "services/auth-service/tests/migration/export_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

// "correct horse" in the forms that the systems people come from keep.
constexpr const char* bcrypt_hash = "$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

std::string id_of(int number) {
    std::string digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

/// A dump as Supabase's `pg_dump --data-only --schema auth` writes it: identities before users.
std::string dump_of(const std::string& identities, const std::string& users) {
    return "COPY auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, "
           "updated_at, id) FROM stdin;\n" +
           identities +
           "\\.\n"
           "COPY auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, "
           "last_sign_in_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at, phone, banned_until, "
           "deleted_at, is_anonymous) FROM stdin;\n" +
           users + "\\.\n";
}

std::string user_line(int number, const std::string& email, const std::string& hash = bcrypt_hash,
                      const std::string& deleted_at = "\\N") {
    return "00000000-0000-0000-0000-000000000000\t" + id_of(number) + "\tauthenticated\tauthenticated\t" + email +
           "\t" + hash +
           "\t2024-02-03 04:05:06.789+00\t2025-01-02 03:04:05+00\t"
           "{\"provider\": \"email\", \"providers\": [\"email\"], \"roles\": [\"support\"]}\t"
           "{\"display_name\": \"Person " +
           std::to_string(number) + "\"}\t2023-01-01 00:00:00+00\t2024-06-01 00:00:00+00\t\\N\t\\N\t" + deleted_at +
           "\tf\n";
}

std::string identity_line(int number, const std::string& provider, const std::string& provider_id) {
    return provider_id + "\t" + id_of(number) + "\t{\"sub\": \"" + provider_id + "\"}\t" + provider +
           "\t2025-01-02 03:04:05+00\t2023-01-01 00:00:00+00\t2023-01-01 00:00:00+00\t" +
           id_of(900000 + number * 10 + static_cast<int>(provider.size())) + "\n";
}

class UserMigrationTest : public ::testing::Test {
protected:
    MigrationReport import(const std::string& text, const std::string& name = "dump.sql") {
        told_.clear();
        UserMigration migration(world_.pool.database("svc_auth"), world_.clock);
        return world_.runtime.run(
            migration.run({folder_.write(name, text)}, [this](const std::string& line) { told_.push_back(line); }));
    }
    std::string scalar(const std::string& sql) { return world_.database.scalar(sql); }
    /// What must not change when an import runs again.
    std::string fingerprint() {
        return scalar(
            "SELECT md5(string_agg(t, '|' ORDER BY t)) FROM (SELECT u::text AS t FROM auth.users u UNION ALL "
            "SELECT i::text FROM auth.identities i UNION ALL SELECT e::text FROM auth.user_emails e) all_rows");
    }

    ExportFolder folder_;
    AuthWorld world_{test_config(true)};
    std::vector<std::string> told_;
};

TEST_F(UserMigrationTest, AccountsComeWithEverythingTheyHad) {
    const auto report = import(dump_of(identity_line(1, "email", id_of(1)) + identity_line(1, "google", "g-1"),
                                       user_line(1, "Ada@Example.com")));
    EXPECT_EQ(report.users_imported, 1);
    EXPECT_EQ(report.identities_imported, 2);
    EXPECT_EQ(report.identities_added, 0);
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(scalar("SELECT concat_ws('|', id, email, email_confirmed_at AT TIME ZONE 'UTC', app_metadata #>> "
                     "'{roles,0}', user_metadata ->> 'display_name', created_at AT TIME ZONE 'UTC') FROM auth.users"),
              id_of(1) + "|ada@example.com|2024-02-03 04:05:06.789|support|Person 1|2023-01-01 00:00:00");
    EXPECT_EQ(scalar("SELECT count(*) FROM integ.outbox WHERE topic = 'user.created'"), "1");
    EXPECT_EQ(scalar("SELECT user_id FROM auth.identity_owners WHERE provider_id = 'g-1'"), id_of(1));
}

TEST_F(UserMigrationTest, TheOldPasswordSignsInAndIsKeptAnew) {
    import(dump_of("", user_line(1, "ada@example.com")));
    EXPECT_EQ(world_.sign_in("ada@example.com", "wrong horse").status, 400U);
    const auto session = world_.sign_in("ada@example.com", "correct horse");
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(session["user"].at("id").as_string(), id_of(1));
    EXPECT_EQ(session["user"].at("identities").as_array().size(), 1U) << "made from the address";
    EXPECT_EQ(scalar("SELECT left(password_hash, 10) FROM auth.users"), "$argon2id$");
    EXPECT_EQ(world_.sign_in("ada@example.com", "correct horse").status, 200U);
}

TEST_F(UserMigrationTest, RunningItAgainChangesNothing) {
    const std::string dump =
        dump_of(identity_line(1, "google", "g-1"), user_line(1, "a@example.com") + user_line(2, "b@example.com"));
    import(dump);
    const std::string before = fingerprint();
    const auto again = import(dump);
    EXPECT_EQ(again.users_imported, 0);
    EXPECT_EQ(again.users_unchanged, 2);
    EXPECT_EQ(again.identities_imported, 0);
    EXPECT_EQ(again.identities_unchanged, 1);
    EXPECT_EQ(again.identities_added, 0);
    EXPECT_EQ(fingerprint(), before);
}

TEST_F(UserMigrationTest, WhatIsLeftOutIsToldWithItsLineAndWithoutItsAddress) {
    world_.sign_up("taken@example.com");
    const auto report = import(
        dump_of(identity_line(99, "google", "g-99"),
                user_line(1, "taken@example.com") + user_line(2, "b@example.com", "$2a$31$toocostly") + "not a row\n" +
                    user_line(3, "\xD0\xB0@example.com") + user_line(4, "d@example.com", "", "2024-01-01 00:00:00+00") +
                    user_line(5, "B@example.com") + user_line(6, "f@example.com", "")));
    EXPECT_EQ(report.users_imported, 2);
    EXPECT_EQ(report.users_skipped, 5);
    EXPECT_EQ(report.passwords_left_out, 1);
    EXPECT_EQ(report.identities_skipped, 1);
    const std::vector<std::string> expected{
        "dump.sql:7: malformed row",
        "dump.sql:8: account " + id_of(3) + ": skipped: its e-mail address is none",
        "dump.sql:9: account " + id_of(4) + ": skipped: it was deleted",
        "dump.sql:5: account " + id_of(1) + ": skipped: duplicate address",
        "dump.sql:6: account " + id_of(2) + ": taken over without its password",
        "dump.sql:10: account " + id_of(5) + ": skipped: duplicate address",
        "dump.sql:2: account " + id_of(99) + ": identity skipped: there is no such account",
    };
    ASSERT_EQ(told_.size(), expected.size());
    EXPECT_NE(told_[0].find("dump.sql:7: skipped: malformed row"), std::string::npos) << told_[0];
    for (std::size_t i = 1; i < expected.size(); ++i) EXPECT_TRUE(told_[i].starts_with(expected[i])) << told_[i];
    for (const std::string& line : told_) EXPECT_EQ(line.find("example.com"), std::string::npos) << line;
}

// A kill -9 in the middle leaves whole batches; the same command finishes the work.
TEST_F(UserMigrationTest, AnInterruptedImportIsResumed) {
    std::string users;
    std::string identities;
    for (int i = 1; i <= 450; ++i) {
        users += user_line(i, "person" + std::to_string(i) + "@example.com", "");
        identities += identity_line(i, "google", "g-" + std::to_string(i));
    }
    const std::string dump = dump_of(identities, users);
    import(dump.substr(0, dump.find(id_of(300) + "\tauthenticated")));
    EXPECT_EQ(scalar("SELECT count(*) FROM auth.users"), "299");
    const auto report = import(dump);
    EXPECT_EQ(report.users_imported, 151);
    EXPECT_EQ(report.users_unchanged, 299);
    EXPECT_EQ(report.users_skipped, 0);
    EXPECT_EQ(scalar("SELECT count(*) FROM auth.users u WHERE (SELECT count(*) FROM auth.identities i WHERE i.user_id "
                     "= u.id AND provider = 'google') = 1"),
              "450");
}

TEST_F(UserMigrationTest, ThePasswordOfAnAccountThatNobodyHasProvenIsNotTheOwners) {
    import(
        "id,email,encrypted_password,email_confirmed_at\n" + id_of(1) + ",unproven@example.com," + bcrypt_hash + ",\n",
        "users.csv");
    world_.post("/auth/v1/otp", R"({"email":"unproven@example.com"})");
    const std::string code = code_in(world_.mailer.wait_for_text("unproven@example.com"));
    const Answer session =
        world_.post("/auth/v1/verify", R"({"type":"email","email":"unproven@example.com","token":")" + code + "\"}");
    EXPECT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(world_.sign_in("unproven@example.com").code(), "invalid_credentials");
}

TEST_F(UserMigrationTest, CsvIsAsGood) {
    const auto users =
        import("id,email,encrypted_password,email_confirmed_at,raw_user_meta_data,created_at\n" + id_of(1) +
                   ",ada@example.com," + bcrypt_hash +
                   ",2024-02-03 04:05:06+00,\"{\"\"display_name\"\": \"\"Ada\"\"}\",2023-01-01T00:00:00Z\n",
               "users.csv");
    EXPECT_EQ(users.users_imported, 1);
    const auto identities =
        import("provider_id,user_id,identity_data,provider,created_at,id\ng-1," + id_of(1) +
                   ",\"{\"\"sub\"\": \"\"g-1\"\"}\",google,2023-01-01 00:00:00+00," + id_of(9) + "\n",
               "identities.csv");
    EXPECT_EQ(identities.identities_imported, 1);
    EXPECT_EQ(world_.sign_in("ada@example.com", "correct horse").status, 200U);
}

// What looks well may still be refused by the database; the rows around it must not suffer.
TEST_F(UserMigrationTest, OneRowThatTheDatabaseRefusesDoesNotStopTheOthers) {
    world_.database.exec("ALTER TABLE auth.users ADD CHECK (user_metadata ->> 'display_name' <> 'Person 2')");
    const auto report = import(
        dump_of("", user_line(1, "a@example.com") + user_line(2, "b@example.com") + user_line(3, "c@example.com")));
    EXPECT_EQ(report.users_imported, 2);
    EXPECT_EQ(report.users_skipped, 1);
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].find("the database refuses it (23514)"), std::string::npos) << told_[0];
}

TEST_F(UserMigrationTest, AnIdentityOfAProviderBelongsToOneAccount) {
    const auto report = import(dump_of(identity_line(1, "google", "g-1") + identity_line(2, "google", "g-1"),
                                       user_line(1, "a@example.com") + user_line(2, "b@example.com")));
    EXPECT_EQ(report.identities_imported, 1);
    EXPECT_EQ(report.identities_skipped, 1);
}

TEST_F(UserMigrationTest, AllThatIsLeftOutOfOneAccountIsTold) {
    const auto report = import("id,email,phone,encrypted_password,created_at\n" + id_of(1) +
                                   ",a@example.com,15550001," + bcrypt_hash + ",2023-01-01 00:00:00+00\n" + id_of(2) +
                                   ",b@example.com,15550001,$2a$31$toocostly,2023-01-01 00:00:00+00\n" + id_of(3) +
                                   ",c@example.com,15550001,,2023-01-01 00:00:00+00\n",
                               "users.csv");
    EXPECT_EQ(report.users_imported, 3);
    EXPECT_EQ(report.passwords_left_out, 1) << "who never had one has lost none";
    ASSERT_EQ(told_.size(), 3U);
    EXPECT_NE(told_[0].find("without its password"), std::string::npos) << told_[0];
    EXPECT_NE(told_[1].find("without its phone number"), std::string::npos) << told_[1];
    EXPECT_NE(told_[2].find("without its phone number"), std::string::npos) << told_[2];
}

}  // namespace
}  // namespace tt::auth
