#include "platform/restql/query/write_sql.hpp"
#include "platform/restql/tests/write_kit.hpp"

namespace platform::restql::testing {
namespace {

class WriteBulk : public WriteTest {
protected:
    static std::string rows(std::size_t bytes) {
        std::string body = "[";
        for (std::size_t id = 0; body.size() < bytes; ++id) {
            if (id > 0) body += ',';
            body += R"({"id":)" + std::to_string(id) + R"(,"word":"0123456789012345678901234567890123456789"})";
        }
        return body + "]";
    }

    /// The statement of POST `target`, and where the bytes of its body lay before.
    static std::pair<Sql, const char*> statement(const std::string& target, std::string body) {
        http::Request request;
        request.method_text = "POST";
        request.method = http::Method::post;
        request.target = target;
        request.body = std::move(body);
        const char* place = request.body.data();
        auto parsed = parse_request(request, target.substr(0, target.find('?')), kit().options());
        auto plan = plan_write(*kit().schema(), kit().options(), parsed.value());
        return {write_statement(plan.value()).value(), place};
    }
};

TEST_F(WriteBulk, TheBodyIsOneParameterAndNeverCopied) {
    for (const std::string target : {"/bulk", "/bulk?columns=id,word"}) {
        const auto body = rows(std::size_t{64} << 10u);
        const auto [sql, place] = statement(target, body);
        ASSERT_EQ(sql.params.size(), 1U);
        EXPECT_EQ(sql.params[0]->data(), place) << target;
        EXPECT_EQ(*sql.params[0], body);
        EXPECT_LT(sql.text.size(), 1000U);
    }
}

TEST_F(WriteBulk, StatementsDifferByShapeOnly) {
    const auto one = statement("/clients", R"([{"id":1,"name":"x"}])").first;
    const auto other = statement("/clients", R"([{"name":"y","id":7},{"id":8,"name":"z"}])").first;
    EXPECT_EQ(one.text, other.text) << "so that it is prepared once";
}

TEST_F(WriteBulk, TenMegabytesAreAnOrdinaryInsert) {
    const auto body = rows(std::size_t{10} << 20u);
    const auto answer = kit().post("/bulk?columns=id,word", body, prefer("count=exact"));
    ASSERT_EQ(answer.status, 201U) << answer.text;
    EXPECT_EQ(answer.header("Content-Range"), "*/" + kit().scalar("SELECT count(*) FROM api.bulk"));
    EXPECT_GT(std::stoi(kit().scalar("SELECT count(*) FROM api.bulk")), 150'000);
}

class WriteAttack : public WriteTest {};

/// What an answer may be: a refusal in the client's words, never a failure of ours.
void expect_harmless(const Answer& answer, const std::string& what) {
    EXPECT_LT(answer.status, 500U) << what << answer.text;
}

TEST_F(WriteAttack, NamesAndValuesStayNamesAndValues) {
    const std::string long_name(200, 'n');
    const std::vector<std::string> texts{"'; DROP TABLE api.clients; --",
                                         "\" OR 1=1 --",
                                         "$1",
                                         "\\'; SELECT pg_sleep(9)",
                                         "a\"\"b",
                                         long_name,
                                         "id integer) AS x; DROP TABLE api.clients; --",
                                         "(SELECT pg_sleep(9))",
                                         "\xc3\xa9\xe2\x82\xac",
                                         "%00"};
    for (const auto& text : texts) {
        const boost::json::object row{{"id", 50}, {"name", text}};
        const auto kept = kit().post("/clients?select=name", boost::json::serialize(row), representation());
        ASSERT_EQ(kept.status, 201U) << kept.text;
        EXPECT_EQ(kept.json().at(0).at("name").as_string(), text);
        kit().exec("DELETE FROM api.clients WHERE id = 50");

        const boost::json::object column{{text, 1}};
        EXPECT_EQ(kit().post("/clients", boost::json::serialize(column)).code(), "PGRST204") << text;
        const std::string encoded = http::percent_encode("\"" + text + "\"");
        for (const std::string target :
             {"/clients?columns=", "/clients?on_conflict=", "/clients?select=", "/clients?order="}) {
            auto headers = prefer("resolution=merge-duplicates, return=representation");
            expect_harmless(kit().post(target + encoded, R"({"id":60,"name":"x"})", headers), target + text);
        }
        const std::string value = http::percent_encode(text);
        for (const std::string method : {"PATCH", "DELETE", "PUT"}) {
            expect_harmless(kit().send(method, "/clients?id=eq." + value, R"({"id":60,"name":"x"})"), method + text);
            expect_harmless(kit().send(method, "/clients?" + value + "=eq.1", R"({"id":60,"name":"x"})"),
                            method + text);
            expect_harmless(kit().send(method, "/" + value + "?id=eq.1", "{}"), method + text);
        }
    }
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM api.clients WHERE id < 10"), "3");
}

TEST_F(WriteAttack, ANulIsRefused) {
    using namespace std::string_literals;
    for (const auto& body : {"{\"id\":70,\"name\":\"a\0b\"}"s, "{\"id\":70,\"name\":\"a\\u0000b\"}"s, "{}\0"s}) {
        for (const std::string target : {"/clients", "/clients?columns=id,name"}) {
            const auto answer = kit().post(target, body);
            EXPECT_EQ(answer.status, 400U) << target << answer.text;
        }
    }
    EXPECT_EQ(kit().send("PATCH", "/clients?name=eq.%00", R"({"name":"x"})").status, 400U);
    EXPECT_EQ(all("clients", "id", "id"), "1 2 3");
}

TEST_F(WriteAttack, DeepAndBrokenBodiesAreRefused) {
    const std::string deep(200'000, '[');
    for (const std::string target : {"/clients", "/clients?columns=id"}) {
        for (const auto& body : {deep, "[" + std::string(1000, '{'), std::string("[{\"id\":1e999999}]"),
                                 std::string("\xff\xfe{}"), std::string("{\"id\":\"\\ud800\"}")}) {
            const auto answer = kit().post(target, body);
            // A body that is not inspected is PostgreSQL's to refuse, also one that is deeper than its stack.
            const unsigned expected = answer.code() == "54001" ? 500 : 400;
            EXPECT_EQ(answer.status, expected) << target << body.substr(0, 20) << answer.text;
        }
    }
}

}  // namespace
}  // namespace platform::restql::testing
