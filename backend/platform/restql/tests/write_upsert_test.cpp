#include "platform/restql/tests/write_kit.hpp"

namespace platform::restql::testing {
namespace {

class WriteUpsert : public WriteTest {};

http::Headers merging() {
    return {{"Prefer", "resolution=merge-duplicates, return=representation"}};
}
http::Headers ignoring() {
    return {{"Prefer", "resolution=ignore-duplicates, return=representation"}};
}

struct UpsertCase {
    std::string target;
    std::string body;
    unsigned status;
    std::string answer;
};

TEST_F(WriteUpsert, MergesWithWhatIsThere) {
    const std::vector<UpsertCase> cases{
        {"/clients", R"([{"id":1,"name":"A"},{"id":7,"name":"N"}])", 201,
         "[{\"id\":1,\"name\":\"A\"}, \n {\"id\":7,\"name\":\"N\"}]"},
        {"/clients", R"([{"id":1,"name":"B"},{"id":2,"name":"C"}])", 200,
         "[{\"id\":1,\"name\":\"B\"}, \n {\"id\":2,\"name\":\"C\"}]"},
        {"/clients", "[]", 200, "[]"},
        {"/client_names?select=name", R"({"id":1,"name":"V"})", 200, R"([{"name":"V"}])"},
        {"/parts?select=note", R"([{"first":"a","second":1,"note":"new"},{"first":"a","second":2,"note":"new"}])", 201,
         "[{\"note\":\"new\"}, \n {\"note\":\"new\"}]"},
        {"/parted?select=note", R"({"id":1,"region":"eu","note":"new"})", 200, R"([{"note":"new"}])"},
        {"/parted?select=note", R"([{"id":1,"region":"eu","note":"newer"},{"id":1,"region":"us","note":"x"}])", 201,
         "[{\"note\":\"newer\"}, \n {\"note\":\"x\"}]"},
        {"/keys_only", R"([{"id":1},{"id":5}])", 201, "[{\"id\":1}, \n {\"id\":5}]"},
        {"/coded?on_conflict=code&select=id,note", R"([{"id":9,"code":"x","note":"new"}])", 200,
         R"([{"id":9,"note":"new"}])"},
        {"/keyless", R"([{"a":"1","b":"0"}])", 201, R"([{"a":"1","b":"0"}])"},
    };
    for (const auto& [target, body, status, expected] : cases) {
        const auto answer = kit().post(target, body, merging());
        EXPECT_EQ(answer.status, status) << target << body << answer.text;
        EXPECT_EQ(answer.text, expected) << target << body;
        const bool has_key = target != "/keyless";
        EXPECT_EQ(answer.header("Preference-Applied"),
                  has_key ? "resolution=merge-duplicates, return=representation" : "return=representation");
    }
    EXPECT_EQ(all("clients", "id, name", "id"), "1:V 2:C 3:Cy 7:N");
    EXPECT_EQ(all("parted", "id, region, note", "id, region"), "1:eu:newer 1:us:x");
}

TEST_F(WriteUpsert, IgnoresWhatIsThere) {
    const std::vector<UpsertCase> cases{
        {"/clients", R"([{"id":1,"name":"A"},{"id":7,"name":"N"}])", 201, R"([{"id":7,"name":"N"}])"},
        {"/clients", R"([{"id":1,"name":"A"}])", 201, "[]"},
        {"/coded?on_conflict=code", R"([{"id":9,"code":"x","note":"new"}])", 201, "[]"},
        {"/parted?select=id", R"([{"id":1,"region":"eu"},{"id":2,"region":"eu"}])", 201, R"([{"id":2}])"},
    };
    for (const auto& [target, body, status, expected] : cases) {
        const auto answer = kit().post(target, body, ignoring());
        EXPECT_EQ(answer.status, status) << target << body << answer.text;
        EXPECT_EQ(answer.text, expected) << target << body;
    }
    EXPECT_EQ(all("clients", "id, name", "id"), "1:Ada 2:Bob 3:Cy 7:N");
}

TEST_F(WriteUpsert, OnConflictAloneIsAPlainInsert) {
    EXPECT_EQ(kit().post("/coded?on_conflict=code", R"({"id":9,"code":"x"})").code(), "23505");
    EXPECT_EQ(kit().post("/clients?on_conflict=zz", R"({"id":9,"name":"x"})", merging()).code(), "42703");
    EXPECT_EQ(kit().post("/clients?on_conflict=name", R"({"id":9,"name":"x"})", merging()).code(), "42P10");
}

TEST_F(WriteUpsert, MissingKeysTakeTheDefault) {
    const http::Headers headers{{"Prefer", "resolution=merge-duplicates, missing=default, return=representation"}};
    const auto answer = kit().post("/projects?columns=id,name&select=name,client_id",
                                   R"([{"id":1,"name":"new"},{"name":"added"}])", headers);
    EXPECT_EQ(answer.status, 201U) << answer.text;
    EXPECT_EQ(answer.text, "[{\"name\":\"new\",\"client_id\":1}, \n {\"name\":\"added\",\"client_id\":null}]");
    EXPECT_EQ(answer.header("Preference-Applied"),
              "resolution=merge-duplicates, missing=default, return=representation");
}

TEST_F(WriteUpsert, ARowTwiceInOneBodyIsRefused) {
    const auto answer = kit().post("/clients", R"([{"id":1,"name":"A"},{"id":1,"name":"B"}])", merging());
    EXPECT_EQ(answer.code(), "21000");
    EXPECT_EQ(all("clients", "id, name", "id"), "1:Ada 2:Bob 3:Cy");
}

class WritePut : public WriteTest {
protected:
    static Answer put(std::string target, std::string body, http::Headers headers = {}) {
        return kit().send("PUT", std::move(target), std::move(body), std::move(headers));
    }
};

TEST_F(WritePut, InsertsOrReplacesOneRow) {
    const auto added = put("/clients?id=eq.9", R"({"id":9,"name":"N"})", representation());
    EXPECT_EQ(added.status, 201U) << added.text;
    EXPECT_EQ(added.text, R"([{"id":9,"name":"N"}])");
    EXPECT_EQ(put("/clients?id=eq.9", R"([{"id":9,"name":"M"}])", representation()).status, 200U);
    EXPECT_EQ(put("/parts?second=eq.1&first=eq.a", R"({"first":"a","second":1,"note":"n"})").status, 204U);
    EXPECT_EQ(put("/keys_only?id=eq.1", R"({"id":1})", representation()).status, 200U);
    EXPECT_EQ(put("/keys_only?id=eq.8", R"({"id":8})", representation()).status, 201U);
    EXPECT_EQ(put("/parted?id=eq.1&region=eq.eu", R"({"id":1,"region":"eu","note":"n"})", representation()).status,
              200U);
    EXPECT_EQ(all("clients", "id, name", "id"), "1:Ada 2:Bob 3:Cy 9:M");
    EXPECT_EQ(all("parts", "first, second, note", "first"), "a:1:n b:1:old");
}

TEST_F(WritePut, OnlyTheNamedRowOfABodyCounts) {
    auto headers = representation();
    headers.set("Accept", "application/vnd.pgrst.object+json");
    const auto answer = put("/clients?id=eq.1", R"([{"id":1,"name":"A"},{"id":2,"name":"B"}])", headers);
    EXPECT_EQ(answer.text, R"({"id":1,"name":"A"})");
    EXPECT_EQ(all("clients", "id, name", "id"), "1:A 2:Bob 3:Cy");
}

TEST_F(WritePut, FiltersAreTheKeyAndNothingElse) {
    for (const std::string target :
         {"/clients", "/clients?name=eq.x", "/clients?id=not.eq.1", "/clients?id=in.(1)", "/clients?id=eq(any).{1}",
          "/clients?and=(id.eq.1)", "/clients?id=eq.1&name=eq.x", "/clients?id=gt.1", "/parts?first=eq.a",
          "/keyless?a=eq.1&b=eq.0", "/clients?id=eq.1&select=*,projects(*)&projects.id=eq.1"}) {
        const auto answer = put(target, R"({"id":1,"name":"A"})");
        EXPECT_EQ(answer.status, 405U) << target << answer.text;
        EXPECT_EQ(answer.code(), "PGRST105") << target;
        EXPECT_EQ(answer.message(), "Filters must include all and only primary key columns with 'eq' operators");
    }
    const auto limited = put("/clients?id=eq.1&limit=1", R"({"id":1,"name":"A"})");
    EXPECT_EQ(limited.status, 400U);
    EXPECT_EQ(limited.code(), "PGRST114");
}

TEST_F(WritePut, TheBodyIsOfTheNamedRow) {
    const auto other = put("/clients?id=eq.1", R"({"id":2,"name":"A"})");
    EXPECT_EQ(other.status, 400U);
    EXPECT_EQ(other.code(), "PGRST115");
    EXPECT_EQ(put("/clients?id=eq.1", "[]").code(), "42703");
    EXPECT_EQ(put("/clients?id=eq.1", R"({"name":"A"})").code(), "42703");
    EXPECT_EQ(put("/clients?id=eq.x", R"({"id":2,"name":"A"})").code(), "22P02");
    EXPECT_EQ(put("/clients?id=eq.1", R"({"id":1,"zz":1})").code(), "PGRST204");
    EXPECT_EQ(all("clients", "id, name", "id"), "1:Ada 2:Bob 3:Cy");
}

}  // namespace
}  // namespace platform::restql::testing
