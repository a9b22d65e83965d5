#include "services/auth-service/src/administration.hpp"
#include "services/auth-service/tests/admin_kit.hpp"

#include <gtest/gtest.h>
#include <set>

namespace tt::auth {
namespace {

class AuditTest : public ::testing::Test {
protected:
    AuthWorld world{test_config(true)};

    AuditChain& chain() { return world.service.administration().audit_chain(); }
    std::size_t seal() { return world.runtime.run(chain().seal()); }
    AuditReport verify(std::int64_t after = 0) { return world.runtime.run(chain().verify(after)); }
    void write(std::string_view what, std::string target = "") {
        AuditEntry entry{.action = what, .actor = UserId{uuid_v7()}, .ip = "192.0.2.1", .target = std::move(target)};
        world.runtime.run(record(world.pool.database("svc_auth"), std::move(entry)));
    }
    Answer get(const std::string& target) { return world.call({http::Method::get, target, "", service_key()}); }
};

TEST_F(AuditTest, EntryAndDeedAreOneTransaction) {
    const auto rolled_back = [](AuthWorld& w) -> Task<void> {
        db::Tx tx = co_await w.pool.database("svc_auth").begin();
        AuditEntry entry{.action = action::login, .target = "never"};
        co_await record(tx, std::move(entry));
    };
    world.runtime.run(rolled_back(world));
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE target='never'"), "0");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_pending"), "0");
}

TEST_F(AuditTest, EntriesLieInTheirMonth) {
    write(action::login);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries_default"), "0");
    EXPECT_EQ(world.database.scalar("SELECT tableoid::regclass::text ~ '^auth.audit_entries_[0-9]{6}$' FROM "
                                    "auth.audit_entries LIMIT 1"),
              "t");
}

TEST_F(AuditTest, NobodyCanChangeEntries) {
    write(action::login);
    for (const char* sql : {"UPDATE auth.audit_entries SET action='logout'", "DELETE FROM auth.audit_entries",
                            "TRUNCATE auth.audit_entries", "UPDATE auth.audit_links SET seq=0",
                            "DELETE FROM auth.audit_links", "UPDATE auth.audit_chain SET start_seq=1"}) {
        EXPECT_THROW(world.database.exec(std::string("SET ROLE svc_auth; ") + sql), std::runtime_error) << sql;
    }
}

TEST_F(AuditTest, TheChainHoldsAndGoesOn) {
    EXPECT_EQ(verify().checked, 0);
    for (int n = 0; n < 5; ++n) write(action::login);
    EXPECT_EQ(verify().unsealed, 5);
    EXPECT_EQ(seal(), 5U);
    EXPECT_EQ(seal(), 0U);
    for (int n = 0; n < 3; ++n) write(action::logout);
    EXPECT_EQ(seal(), 3U);
    const AuditReport report = verify();
    EXPECT_EQ(report.break_reason, "");
    EXPECT_EQ(report.checked, 8);
    EXPECT_EQ(report.first_seq, 1);
    EXPECT_EQ(report.last_seq, 8);
    EXPECT_EQ(verify(3).checked, 5);
    EXPECT_EQ(report.head_hash, verify(7).head_hash);
}

TEST_F(AuditTest, SixteenWritersAndFourSealersMakeOneChain) {
    std::vector<std::future<void>> writers;
    for (int n = 0; n < 64; ++n) {
        AuditEntry entry{.action = action::login, .target = std::to_string(n)};
        writers.push_back(world.runtime.start(record(world.pool.database("svc_auth"), std::move(entry)),
                                              static_cast<std::size_t>(n % 2)));
    }
    std::vector<std::future<std::size_t>> sealers;
    for (std::size_t n = 0; n < 8; ++n) sealers.push_back(world.runtime.start(chain().seal(), n % 2));
    for (auto& one : writers) one.get();
    for (auto& one : sealers) one.get();
    seal();
    const AuditReport report = verify();
    EXPECT_EQ(report.break_reason, "");
    EXPECT_EQ(report.checked, 64);
    EXPECT_EQ(report.unsealed, 0);
}

TEST_F(AuditTest, EveryKindOfTamperingIsFound) {
    struct Row {
        const char* name;
        const char* sql;
        const char* reason;
    };
    const Row rows[] = {
        {"changed entry", "UPDATE auth.audit_entries SET outcome='failure' WHERE target='3'", "hash_differs"},
        {"changed details", "UPDATE auth.audit_entries SET details='{\"x\":1}' WHERE target='3'", "hash_differs"},
        {"removed entry", "DELETE FROM auth.audit_entries WHERE target='3'", "entry_missing"},
        {"removed link", "DELETE FROM auth.audit_links WHERE seq=3", "link_missing"},
        {"removed both and renumbered",
         "DELETE FROM auth.audit_links WHERE seq=3; DELETE FROM auth.audit_entries WHERE target='3';"
         "UPDATE auth.audit_links SET seq=seq-1 WHERE seq>3",
         "hash_differs"},
        {"forged link", "UPDATE auth.audit_links SET hash=decode(repeat('ab',32),'hex') WHERE seq=3", "hash_differs"},
        {"beginning cut off",
         "UPDATE auth.audit_chain c SET start_seq=l.seq, start_hash=l.hash FROM auth.audit_links l WHERE l.seq=2;"
         "DELETE FROM auth.audit_links WHERE seq<=2",
         "start_unknown"},
        {"entry written around the log",
         "INSERT INTO auth.audit_entries (id, action, outcome, actor_kind) VALUES "
         "(auth.uuid_v7_floor(now() - interval '1 hour'), 'login', 'success', 'user')",
         "entry_unlinked"},
    };
    for (const Row& row : rows) {
        AuthWorld fresh(test_config(true));
        AuditChain& log = fresh.service.administration().audit_chain();
        for (int n = 1; n <= 6; ++n) {
            AuditEntry entry{.action = action::login, .target = std::to_string(n)};
            fresh.runtime.run(record(fresh.pool.database("svc_auth"), std::move(entry)));
            fresh.runtime.run(log.seal());
        }
        ASSERT_EQ(fresh.runtime.run(log.verify(0)).break_reason, "") << row.name;
        fresh.database.exec(row.sql);
        EXPECT_EQ(fresh.runtime.run(log.verify(0)).break_reason, row.reason) << row.name;
    }
}

TEST_F(AuditTest, RetentionForgetsWhatIsOldAndTheChainStillHolds) {
    for (int n = 0; n < 6; ++n) write(action::login);
    seal();
    // Four of them become 500 days old; the chain is made anew over the changed ids, as if it had happened then.
    world.database.exec(
        "DELETE FROM auth.audit_links; DELETE FROM auth.audit_pending;"
        "UPDATE auth.audit_entries e SET id = (substr(auth.uuid_v7_floor(now() - interval '500 days')::text, 1, 24) ||"
        " substr(e.id::text, 25))::uuid FROM (SELECT id FROM auth.audit_entries ORDER BY id LIMIT 4) old"
        " WHERE e.id = old.id;"
        "INSERT INTO auth.audit_pending SELECT id FROM auth.audit_entries");
    seal();
    EXPECT_EQ(world.runtime.run(chain().forget()), 0U);  // sealed a moment ago: never younger than thirty days
    world.database.exec("UPDATE auth.audit_links SET sealed_at = now() - interval '500 days' WHERE seq <= 4");
    EXPECT_EQ(world.runtime.run(chain().forget()), 4U);
    EXPECT_EQ(world.runtime.run(chain().forget()), 0U);
    const AuditReport before_sealing = verify();
    EXPECT_EQ(before_sealing.break_reason, "");
    EXPECT_EQ(before_sealing.first_seq, 5);
    EXPECT_EQ(seal(), 1U);
    EXPECT_EQ(verify().break_reason, "");
    EXPECT_EQ(verify().checked, 3);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action='audit_forgotten'"), "1");
}

TEST_F(AuditTest, SearchNarrowsAndPages) {
    const UserId person{uuid_v7()};
    for (int n = 0; n < 3; ++n) {
        AuditEntry entry{.action = action::login, .actor = person, .ip = "192.0.2.7"};
        if (n == 1) entry.outcome = "failure";
        world.runtime.run(record(world.pool.database("svc_auth"), std::move(entry)));
    }
    write(action::logout);
    AuditEntry about{.action = action::user_banned, .subject = person, .actor_kind = "service"};
    world.runtime.run(record(world.pool.database("svc_auth"), std::move(about)));

    EXPECT_EQ(get("/api/v1/audit?action=login")["items"].as_array().size(), 3U);
    EXPECT_EQ(get("/api/v1/audit?action=login,logout")["items"].as_array().size(), 4U);
    EXPECT_EQ(get("/api/v1/audit?outcome=failure")["items"].as_array().size(), 1U);
    const Answer of_person = get("/api/v1/audit?user_id=" + to_string(person));
    EXPECT_EQ(of_person["items"].as_array().size(), 4U);
    EXPECT_EQ(text_at(of_person.body, "/items/0/action"), "user_banned");
    const Answer first = get("/api/v1/audit?limit=2");
    const Answer second = get("/api/v1/audit?limit=50&before=" + first.str("next_before"));
    EXPECT_EQ(first["items"].as_array().size() + second["items"].as_array().size(), 5U);
    EXPECT_EQ(get("/api/v1/audit?to=2020-01-01T00:00:00Z")["items"].as_array().size(), 0U);
    EXPECT_EQ(get("/api/v1/audit?from=2020-01-01T00:00:00Z")["items"].as_array().size(), 5U);
    for (const char* bad : {"?outcome=maybe", "?limit=0", "?limit=9999", "?user_id=x", "?unknown=1"}) {
        EXPECT_EQ(get(std::string("/api/v1/audit") + bad).code(), "validation_failed") << bad;
    }
}

TEST_F(AuditTest, NamesBothPeopleAsTheyAreToday) {
    const UserId ada{*parse_uuid(text_at(world.sign_up("ada@example.com").body, "/user/id"))};
    AuditEntry by_her{.action = action::user_banned, .actor = ada, .subject = UserId{uuid_v7()}};
    world.runtime.run(record(world.pool.database("svc_auth"), std::move(by_her)));
    AuditEntry to_her{.action = action::user_unbanned, .subject = ada, .actor_kind = "service"};
    world.runtime.run(record(world.pool.database("svc_auth"), std::move(to_her)));
    const auto banned = get("/api/v1/audit?action=user_banned");
    EXPECT_EQ(text_at(banned.body, "/items/0/actor_name"), "ada@example.com");
    EXPECT_EQ(text_at(banned.body, "/items/0/subject_name"), "") << "nobody any more";
    const auto unbanned = get("/api/v1/audit?action=user_unbanned");
    EXPECT_EQ(text_at(unbanned.body, "/items/0/actor_name"), "");
    EXPECT_EQ(text_at(unbanned.body, "/items/0/subject_name"), "ada@example.com");
}

TEST_F(AuditTest, ExportIsWholeAndInOrder) {
    for (int n = 0; n < 1203; ++n) write(action::login, std::to_string(n));  // more than a page of the export
    const Answer lines = get("/api/v1/audit/export");
    ASSERT_EQ(lines.status, 200U);
    EXPECT_EQ(lines.headers.find("content-type"), "application/x-ndjson");
    std::vector<std::string> targets;
    for (std::size_t begin = 0; begin < lines.text.size();) {
        const auto end = lines.text.find('\n', begin);
        targets.push_back(text_at(boost::json::parse(lines.text.substr(begin, end - begin)), "/target"));
        begin = end + 1;
    }
    ASSERT_EQ(targets.size(), 1204U);  // that it was exported is in the log, too
    EXPECT_EQ(std::set<std::string>(targets.begin(), targets.end()).size(), 1204U);
    const Answer table = get("/api/v1/audit/export?format=csv&action=audit_exported");
    EXPECT_TRUE(table.text.starts_with("id,created_at,action,")) << table.text;
    EXPECT_EQ(std::count(table.text.begin(), table.text.end(), '\n'), 3);
    EXPECT_EQ(get("/api/v1/audit/export?format=xml").code(), "validation_failed");
}

TEST_F(AuditTest, VerifyRouteTellsWhereItBreaks) {
    for (int n = 0; n < 3; ++n) write(action::login, std::to_string(n));
    seal();
    const Answer intact = get("/api/v1/audit/verify");
    EXPECT_EQ(intact["is_intact"], true);
    EXPECT_EQ(intact["checked"].as_int64(), 3);
    EXPECT_EQ(intact.str("head_hash").size(), 64U);
    world.database.exec("UPDATE auth.audit_entries SET ip='198.51.100.1' WHERE target='1'");
    const Answer broken = get("/api/v1/audit/verify");
    EXPECT_EQ(broken["is_intact"], false);
    // Entries of one millisecond stand in any order.
    const auto changed = world.database.scalar(
        "SELECT l.seq FROM auth.audit_links l JOIN auth.audit_entries e ON e.id = l.entry_id WHERE e.target = '1'");
    EXPECT_EQ(std::to_string(broken["break_seq"].as_int64()), changed);
    EXPECT_EQ(broken.str("break_reason"), "hash_differs");
}

TEST_F(AuditTest, OnlyAdministratorsRead) {
    const std::string person = world.sign_up("reader@example.com").str("access_token");
    for (const char* path : {"/api/v1/audit", "/api/v1/audit/export", "/api/v1/audit/verify"}) {
        EXPECT_EQ(world.get(path).code(), "unauthenticated") << path;
        EXPECT_EQ(world.get(path, person).code(), "permission_required") << path;
    }
}

TEST_F(AuditTest, GoTrueWire) {
    const std::string admin = administrator_token(world, "boss@example.com");
    const Answer made =
        world.call({http::Method::post, "/auth/v1/admin/users", R"({"email":"made@example.com"})", admin});
    ASSERT_EQ(made.status, 200U) << made.text;
    const Answer log = world.call({http::Method::get, "/auth/v1/admin/audit?query=author:boss@", "", admin});
    ASSERT_EQ(log.status, 200U) << log.text;
    const auto& newest = log.body.as_array().at(0);
    EXPECT_EQ(text_at(newest, "/payload/action"), "user_signedup");
    EXPECT_EQ(text_at(newest, "/payload/actor_username"), "boss@example.com");
    EXPECT_EQ(text_at(newest, "/payload/log_type"), "team");
    EXPECT_EQ(text_at(newest, "/payload/traits/user_id"), made.str("id"));
    EXPECT_EQ(text_at(newest, "/ip_address"), "127.0.0.1");
    EXPECT_TRUE(log.headers.contains("x-total-count"));
    EXPECT_EQ(get("/auth/v1/admin/audit?query=action:nothing").body.as_array().size(), 0U);
    EXPECT_EQ(get("/auth/v1/admin/audit?query=type:token").status, 200U);
    EXPECT_EQ(get("/auth/v1/admin/audit?query=who:x").code(), "validation_failed");
    EXPECT_EQ(get("/auth/v1/admin/audit?page=x").code(), "validation_failed");
}

TEST_F(AuditTest, ADeletedAccountLeavesNoNameAndTheChainHolds) {
    administrator_token(world, "other@example.com");  // the last one cannot be deleted
    const std::string admin = administrator_token(world, "leaver@example.com");
    world.call({http::Method::post, "/auth/v1/admin/users", R"({"email":"made@example.com"})", admin});
    seal();
    const std::string id = world.database.scalar("SELECT id FROM auth.users WHERE email='leaver@example.com'");
    world.call({http::Method::delete_, "/auth/v1/admin/users/" + id, "", service_key()});
    seal();
    EXPECT_EQ(get("/api/v1/audit").text.find("leaver"), std::string::npos);
    EXPECT_EQ(verify().break_reason, "");
}

}  // namespace
}  // namespace tt::auth
