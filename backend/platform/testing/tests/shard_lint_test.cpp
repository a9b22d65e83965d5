// tools/shard_lint.py must catch each breach it claims to catch, and nothing else.
#include "platform/testing/test_db.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

namespace platform::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* sound_schema = R"(
    CREATE TABLE shop_courses (id uuid PRIMARY KEY);
    COMMENT ON TABLE shop_courses IS 'placement: reference. Catalogue.';
    CREATE TABLE shop_users (id uuid PRIMARY KEY);
    COMMENT ON TABLE shop_users IS 'placement: key(id). Accounts.';
    CREATE TABLE shop_orders (user_id uuid REFERENCES shop_users, id uuid, course_id uuid REFERENCES shop_courses,
                              note text, at timestamptz, PRIMARY KEY (user_id, id), UNIQUE (user_id, course_id));
    COMMENT ON TABLE shop_orders IS 'placement: user. Orders.';
    CREATE TABLE shop_items (user_id uuid, order_id uuid, n integer, PRIMARY KEY (user_id, order_id, n),
                             FOREIGN KEY (user_id, order_id) REFERENCES shop_orders);
    COMMENT ON TABLE shop_items IS 'placement: user. Items.';
    ALTER TABLE shop_orders ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON shop_orders USING (user_id = auth.uid());)";

class ShardLintTest : public ::testing::Test {
protected:
    ShardLintTest() : test_db_(fs::path(TT_SOURCE_DIR) / "database/migrations/platform") {
        test_db_.exec(sound_schema);
    }
    ~ShardLintTest() override { fs::remove(queries_); }

    std::string lint() const {
        std::string command = "python3 " TT_SOURCE_DIR "/tools/shard_lint.py --database '" + test_db_.url() + "'";
        if (fs::exists(queries_)) command += " " + queries_.string();
        const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen((command + " 2>&1").c_str(), "r"), ::pclose);
        std::string output;
        char chunk[4096];
        while (const auto size = std::fread(chunk, 1, sizeof chunk, pipe.get())) output.append(chunk, size);
        return output;
    }

    std::string after(const std::string& ddl) const {
        test_db_.exec(ddl);
        return lint();
    }

    std::string with_query(const std::string& sql) const {
        std::ofstream(queries_) << "-- name: probe\n" << sql << ";\n";
        return lint();
    }

    TestDb test_db_;
    fs::path queries_ = fs::temp_directory_path() / (test_db_.name() + "_probe.sql");
};

TEST_F(ShardLintTest, ASoundSchemaPasses) {
    EXPECT_THAT(lint(), IsEmpty());
}

TEST_F(ShardLintTest, ATableMustSayWhereItLives) {
    EXPECT_THAT(after("CREATE TABLE shop_lost (id uuid PRIMARY KEY)"), HasSubstr("placement: public.shop_lost"));
}

TEST_F(ShardLintTest, KeysMustHoldTheUser) {
    EXPECT_THAT(after("ALTER TABLE shop_items DROP CONSTRAINT shop_items_pkey, ADD PRIMARY KEY (order_id, user_id, n)"),
                HasSubstr("(a) primary key: public.shop_items"));
    EXPECT_THAT(after("CREATE UNIQUE INDEX shop_orders_note ON shop_orders (note)"),
                HasSubstr("(b) unique key: shop_orders_note"));
}

TEST_F(ShardLintTest, ForeignKeysMustStayOnTheShard) {
    EXPECT_THAT(after("ALTER TABLE shop_orders ADD UNIQUE (id, user_id), ADD COLUMN other uuid,"
                      " ADD CONSTRAINT crosses FOREIGN KEY (other) REFERENCES shop_users"),
                HasSubstr("(c) foreign key: crosses"));
    EXPECT_THAT(after("ALTER TABLE shop_courses ADD COLUMN owner uuid CONSTRAINT upward REFERENCES shop_users"),
                HasSubstr("(d) foreign key: upward"));
}

TEST_F(ShardLintTest, NoSequencesTriggersOrSubqueriesInPolicies) {
    EXPECT_THAT(after("ALTER TABLE shop_items ADD COLUMN serial_no bigserial"),
                HasSubstr("(e) sequence: public.shop_items.serial_no"));
    EXPECT_THAT(after("CREATE TRIGGER touch BEFORE UPDATE ON shop_courses FOR EACH ROW EXECUTE FUNCTION"
                      " suppress_redundant_updates_trigger()"),
                HasSubstr("1.4-5 trigger: touch"));
    EXPECT_THAT(after("CREATE POLICY sneaky ON shop_orders USING (EXISTS (SELECT FROM shop_courses))"),
                HasSubstr("1.4-6 policy: sneaky on public.shop_orders has a subquery"));
    EXPECT_THAT(after("CREATE FUNCTION allowed() RETURNS boolean LANGUAGE sql AS 'SELECT true';"
                      "CREATE POLICY hidden ON shop_items USING (allowed())"),
                HasSubstr("1.4-6 policy: hidden on public.shop_items calls allowed()"));
}

TEST_F(ShardLintTest, StatementsMustBindTheUser) {
    EXPECT_THAT(with_query("SELECT * FROM shop_orders WHERE user_id = $1 AND id = $2"), IsEmpty());
    EXPECT_THAT(with_query("SELECT * FROM shop_orders WHERE user_id = ANY($1::uuid[])"), IsEmpty());
    EXPECT_THAT(with_query("SELECT o.id, i.n FROM shop_orders o JOIN shop_items i ON i.user_id = o.user_id AND"
                           " i.order_id = o.id WHERE o.user_id = $1"),
                IsEmpty());
    EXPECT_THAT(with_query("INSERT INTO shop_orders (user_id, id, course_id) VALUES ($1, $2, $3)"), IsEmpty());
    EXPECT_THAT(with_query("SELECT * FROM shop_orders WHERE id = $1"), HasSubstr("(f)"));
    EXPECT_THAT(with_query("UPDATE shop_orders SET note = $2 WHERE id = $1"), HasSubstr("(f)"));
    EXPECT_THAT(
        with_query("SELECT o.id FROM shop_orders o JOIN shop_items i ON i.order_id = o.id WHERE o.user_id = $1"),
        HasSubstr("reads public.shop_items without"));
    EXPECT_THAT(with_query("-- shard: the nightly report counts all\nSELECT count(*) FROM shop_orders"), IsEmpty());
}

TEST_F(ShardLintTest, UpsertsMustBeImmutable) {
    const std::string upsert =
        "INSERT INTO shop_orders (user_id, id, at) VALUES ($1, $2, now())"
        " ON CONFLICT (user_id, id) DO UPDATE SET at = ";
    EXPECT_THAT(with_query(upsert + "excluded.at"), IsEmpty());
    EXPECT_THAT(with_query(upsert + "now() RETURNING id"), HasSubstr("1.4-12"));
}

}  // namespace
}  // namespace platform::testing
