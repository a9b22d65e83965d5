#include "services/auth-service/src/migration/export_file.hpp"
#include "services/auth-service/tests/migration/export_kit.hpp"

#include <gtest/gtest.h>
#include <random>

namespace tt::auth {
namespace {

class ExportReaderTest : public ::testing::Test {
protected:
    std::vector<ExportRow> rows_of(const std::string& text) {
        const auto reader = open_export(folder_.write("export", text));
        std::vector<ExportRow> rows;
        while (auto row = reader->next()) rows.push_back(std::move(*row));
        return rows;
    }

    ExportFolder folder_;
};

TEST_F(ExportReaderTest, CsvHasQuotesLinesAndNulls) {
    const auto rows = rows_of(
        "\xEF\xBB\xBFid,email,raw_user_meta_data\r\n"
        "1,a@example.com,\"{\"\"name\"\": \"\"Ada, \r\nLady\"\"}\"\r\n"
        "\r\n"
        "2,,\"\"\n"
        "3,NULL,null");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].table, ExportTable::users);
    EXPECT_EQ(rows[0].line, 2U);
    EXPECT_EQ(rows[0].get("raw_user_meta_data"), "{\"name\": \"Ada, \r\nLady\"}");
    EXPECT_EQ(rows[1].line, 5U);
    EXPECT_EQ(rows[1].get("email"), std::nullopt);
    EXPECT_EQ(rows[1].get("raw_user_meta_data"), "");
    EXPECT_EQ(rows[2].get("email"), std::nullopt);
    EXPECT_EQ(rows[2].get("no_such_column"), std::nullopt);
}

TEST_F(ExportReaderTest, AMalformedCsvRowIsToldAndTheNextIsRead) {
    const auto rows = rows_of("id,email\n1,a@example.com,extra\n2\n3,\"b\"x\n4,d@example.com\n5,\"never closed\n");
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[0].problem, "malformed row: 3 fields instead of 2");
    EXPECT_EQ(rows[1].problem, "malformed row: 1 fields instead of 2");
    EXPECT_EQ(rows[2].problem, "malformed row: text after a closing quote");
    EXPECT_EQ(rows[3].problem, "");
    EXPECT_EQ(rows[3].get("email"), "d@example.com");
    EXPECT_NE(rows[4].problem, "");
    EXPECT_EQ(rows[4].line, 6U);
}

TEST_F(ExportReaderTest, ARowLargerThanAnyAccountIsNotKept) {
    const auto rows =
        rows_of("id,email\n1,\"" + std::string(ExportReader::row_limit_bytes + 10, 'x') + "\"\n2,b@example.com\n");
    ASSERT_GE(rows.size(), 2U);
    EXPECT_NE(rows[0].problem, "");
    EXPECT_EQ(rows.back().get("email"), "b@example.com");
}

TEST_F(ExportReaderTest, TheColumnsTellTheTable) {
    EXPECT_EQ(rows_of("provider_id,user_id,identity_data,provider\na,b,c,d\n")[0].table, ExportTable::identities);
    EXPECT_THROW(rows_of("name,price\nx,1\n"), std::runtime_error);
    EXPECT_THROW(open_export("/no/such/file"), std::runtime_error);
}

TEST_F(ExportReaderTest, ADumpHasCopyBlocks) {
    const auto rows = rows_of(R"(--
-- PostgreSQL database dump
--
\restrict abc
SET standard_conforming_strings = on;
CREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS $body$ INSERT INTO auth.users (id) VALUES ('evil'); $body$;
COPY auth.audit_log_entries (id, payload) FROM stdin;
1	COPY auth.users (id) FROM stdin;
INSERT INTO auth.users (id, email) VALUES ('evil', 'evil@example.com');
\.
COPY auth.users (id, email, raw_user_meta_data) FROM stdin;
u1	a@example.com	{"bio": "tab\\there\nline \134 \x"}
u2	\N	{}
\.
COPY "auth"."identities" (provider_id, user_id, identity_data, provider) FROM stdin;
u1	u1	{"sub": "u1"}	email
\.
ALTER TABLE ONLY auth.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
)");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].get("id"), "u1");
    EXPECT_EQ(rows[0].line, 12U);
    EXPECT_EQ(rows[0].get("raw_user_meta_data"), "{\"bio\": \"tab\\there\nline \\ x\"}");
    EXPECT_EQ(rows[1].get("email"), std::nullopt);
    EXPECT_EQ(rows[2].table, ExportTable::identities);
    EXPECT_EQ(rows[2].get("provider"), "email");
}

TEST_F(ExportReaderTest, ADumpHasInserts) {
    const auto rows = rows_of(R"(INSERT INTO public.posts (body) VALUES ('it''s
INSERT INTO auth.users (id, email) VALUES (''evil'', ''x'');');
/* INSERT INTO auth.users (id) VALUES ('evil'); /* nested */ */
INSERT INTO "auth"."users" ("id", "email", "is_anonymous", "raw_user_meta_data") VALUES
	('u1', 'o''hara@example.com', false, '{"a": "(1), ''2''"}'::jsonb),
	('u2', NULL, true, E'{"b": "x\\n"}') ON CONFLICT DO NOTHING;
INSERT INTO auth.users VALUES ('u3', 'no columns');
insert into auth.identities (user_id, provider, identity_data) overriding system value values ('u1', 'email', '{}');
)");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0].get("email"), "o'hara@example.com");
    EXPECT_EQ(rows[0].get("is_anonymous"), "false");
    EXPECT_EQ(rows[0].get("raw_user_meta_data"), "{\"a\": \"(1), '2'\"}");
    EXPECT_EQ(rows[1].get("email"), std::nullopt);
    EXPECT_EQ(rows[1].get("raw_user_meta_data"), "{\"b\": \"x\\n\"}");
    EXPECT_NE(rows[2].problem.find("--column-inserts"), std::string::npos);
    EXPECT_EQ(rows[3].table, ExportTable::identities);
}

TEST_F(ExportReaderTest, ATornDumpEndsWhereItWasTorn) {
    EXPECT_EQ(rows_of("COPY auth.users (id, email) FROM stdin;\nu1\ta@example.com\nu2").size(), 2U);
    EXPECT_EQ(rows_of("COPY auth.users (id, email) FROM stdin;\nu1\ta@example.com\nu2")[1].problem,
              "malformed row: 1 fields instead of 2");
    const auto torn = rows_of("INSERT INTO auth.users (id, email) VALUES ('u1', 'a@ex");
    ASSERT_EQ(torn.size(), 1U);
    EXPECT_NE(torn[0].problem, "");
    EXPECT_TRUE(rows_of("").empty());
}

// Whatever a file holds, it is read to its end, and what comes out is a row or a problem.
TEST_F(ExportReaderTest, MangledFilesAreReadToTheirEnd) {
    const std::string whole[] = {
        "id,email,raw_user_meta_data\n1,a@example.com,\"{\"\"a\"\": 1}\"\n2,b@example.com,\n",
        "SET x = 1;\nCOPY auth.users (id, email) FROM stdin;\nu1\ta\\\\b\nu2\t\\N\n\\.\n-- end\n",
        "INSERT INTO auth.users (id, email) VALUES ('u''1', $t$ x $t$), ('u2', E'\\n') /* c */;\nSELECT 1;\n"};
    std::mt19937 random(7);
    for (int round = 0; round < 600; ++round) {
        std::string text = whole[round % 3];
        for (int change = 0; change < 4; ++change) {
            const std::size_t at = random() % text.size();
            const char c = "\"'\\$\n\t,;()*/-\0E."[random() % 17];
            if (random() % 2 == 0)
                text[at] = c;
            else
                text.insert(at, 1, c);
        }
        std::size_t rows = 0;
        try {
            for (const ExportRow& row : rows_of(text)) {
                ++rows;
                EXPECT_TRUE(!row.problem.empty() || row.values.size() == row.columns->size());
            }
        } catch (const std::runtime_error&) {  // a header that is none any more
        }
        EXPECT_LE(rows, text.size());
    }
}

}  // namespace
}  // namespace tt::auth
