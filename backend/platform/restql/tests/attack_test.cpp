#include "platform/restql/tests/shop_kit.hpp"

#include <chrono>

namespace platform::restql::testing {
namespace {

/// What an attacker writes where a name or a value is expected.
const std::vector<std::string>& payloads() {
    static const std::vector<std::string> texts{
        "'",
        "\"",
        "\"\"",
        "';DROP TABLE shop.customers;--",
        "\";DROP TABLE shop.customers;--",
        "1) OR (1=1",
        "1 OR 1=1",
        "$1",
        "$99",
        "$$",
        "\\",
        "\\'",
        "/*",
        "--",
        "pg_sleep(5)",
        "(SELECT pg_sleep(5))",
        "1;SELECT pg_sleep(5)",
        "{(SELECT pg_sleep(5))}",
        "%00",
        "a%00b",
        std::string(64, 'n'),
        std::string(5000, 'n'),
        "id\"::text,(select word from shop.secrets)::text as \"x",
        "*",
        "é",
        "\xF0\x9F\x8E\x93",
        "secrets.word",
        "ctid",
        "-1e999999",
        "NaN",
    };
    return texts;
}

class RestqlAttack : public ShopTest {
protected:
    void SetUp() override { began_ = std::chrono::steady_clock::now(); }
    void TearDown() override {
        EXPECT_LT(std::chrono::steady_clock::now() - began_, std::chrono::seconds(60)) << "something slept";
        EXPECT_EQ(kit().scalar("SELECT count(*) FROM shop.customers"), "3");
        EXPECT_EQ(kit().scalar("SELECT count(*) FROM shop.orders"), "4");
    }

    static void expect_harmless(const Answer& answer, const std::string& what) {
        EXPECT_LT(answer.status, 500U) << what << "\n" << answer.text;
        EXPECT_EQ(answer.text.find("sesame"), std::string::npos) << what;
        boost::system::error_code is_no_json;
        boost::json::parse(answer.text, is_no_json);
        EXPECT_FALSE(is_no_json) << what << "\n" << answer.text;
    }

private:
    std::chrono::steady_clock::time_point began_;
};

TEST_F(RestqlAttack, NoTextOfAQueryIsEverCode) {
    const std::vector<std::string> places{
        "select=%",
        "select=x:%",
        "select=id::%",
        "select=%(id)",
        "select=customers!%(name)",
        "id=eq.%",
        "id=in.(%)",
        "note=like.%",
        "note=fts(%).x",
        "data->%=eq.1",
        "%=eq.1",
        "or=(id.eq.%)",
        "or=(%.eq.1)",
        "order=%",
        "order=id.%",
        "limit=%",
        "offset=%",
        "columns=%",
        "note=eq(any).{%}",
        "select=data->%",
        "select=customers(%)",
        "select=customers(name)&customers.%=eq.1",
        "tags=cs.{%}",
        "id=is.%",
        "id=%",
    };
    for (const auto& place : places) {
        for (const auto& payload : payloads()) {
            const auto at = place.find('%');
            const std::string decoded =
                payload.find("%00") != std::string::npos ? payload : http::percent_encode(payload);
            const std::string query = place.substr(0, at) + decoded + place.substr(at + 1);
            expect_harmless(kit().get("orders?" + query), query.substr(0, 200));
        }
    }
}

TEST_F(RestqlAttack, NoTableNameIsEverCode) {
    for (const auto& payload : payloads()) {
        if (payload == "%00") continue;
        expect_harmless(kit().get(payload), payload.substr(0, 100));
    }
}

TEST_F(RestqlAttack, NoBodyIsEverCode) {
    for (const auto& payload : payloads()) {
        const auto text = boost::json::serialize(boost::json::value(payload));
        for (const auto& body : {"{" + text + ":1}", "{\"note\":" + text + "}", "[" + text + "]",
                                 "{\"data\":{" + text + ":" + text + "},\"total\":-1}", payload}) {
            const auto answer = kit().post("orders", body);  // anon may not insert at all
            expect_harmless(answer, body.substr(0, 100));
            EXPECT_GE(answer.status, 400U);
        }
    }
}

TEST_F(RestqlAttack, ARelationBelowItselfIsRefused) {
    for (const std::string target :
         {"customers?select=orders(customers(orders(id)))", "orders?select=customers(orders(id))",
          "employees?select=employees(employees(id))"}) {
        const auto answer = kit().get(target);
        EXPECT_EQ(answer.status, 400U) << target;
        EXPECT_EQ(answer.code(), "PGRST127") << target;
    }
    std::string wide = "customers?select=id";
    for (int i = 0; i < 30; ++i) wide += ",a" + std::to_string(i) + ":orders(id)";
    EXPECT_EQ(kit().get(wide).code(), "PGRST127");
}

TEST_F(RestqlAttack, OneRequestInsertsOnlySoManyRows) {
    const auto rows = [](int count) {
        std::string body = "[";
        for (int i = 0; i < count; ++i) body += i == 0 ? R"({"body":"bulk"})" : R"(,{"body":"bulk"})";
        return body + "]";
    };
    const auto refused = kit().post("guestbook", rows(11));
    EXPECT_EQ(refused.status, 413U);
    EXPECT_EQ(refused.code(), "54000");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM shop.guestbook WHERE body = 'bulk'"), "0");
    EXPECT_EQ(kit().post("guestbook", rows(10)).status, 201U);
    EXPECT_EQ(kit().post("guestbook", rows(101), ada).status, 413U);
}

TEST_F(RestqlAttack, NoHeaderIsEverCode) {
    for (const auto& payload : payloads()) {
        for (const std::string name : {"Prefer", "Range", "Accept", "Content-Type"}) {
            expect_harmless(kit().get("orders?select=id", anon, {{name, payload}}),
                            name + ": " + payload.substr(0, 50));
        }
    }
}

TEST_F(RestqlAttack, ClaimsAreAValue) {
    const Caller forged{"authenticated",
                        R"({"sub":"00000000-0000-4000-8000-00000000000b","x":"'; SET ROLE svc_platform; --\\"})"};
    EXPECT_EQ(kit().get("notes", forged).text, "[]");
}

}  // namespace
}  // namespace platform::restql::testing
