#include "platform/restql/tests/write_kit.hpp"

namespace platform::restql::testing {
namespace {

class WriteChange : public WriteTest {
protected:
    static Answer patch(std::string target, std::string body, http::Headers headers = {}, Caller caller = anon) {
        return kit().send("PATCH", std::move(target), std::move(body), std::move(headers), std::move(caller));
    }
    static Answer remove(std::string target, http::Headers headers = {}) {
        return kit().send("DELETE", std::move(target), {}, std::move(headers));
    }
};

struct ChangeCase {
    std::string target;
    std::string body;
    std::string answer;
    std::string range;
};

TEST_F(WriteChange, UpdatesTheFilteredRows) {
    const std::vector<ChangeCase> cases{
        {"/clients?id=eq.2", R"({"name":"B"})", R"([{"id":2,"name":"B"}])", "0-0/*"},
        {"/clients?id=in.(1,3)&order=id.desc", R"([{"name":"first"},{"name":"ignored"}])",
         "[{\"id\":3,\"name\":\"first\"}, \n {\"id\":1,\"name\":\"first\"}]", "0-1/*"},
        {"/clients?or=(id.eq.2,name.eq.zz)&select=name", R"({"name":"or"})", R"([{"name":"or"}])", "0-0/*"},
        {"/clients?name_length=eq.2&select=id", R"({"name":"by a computed column"})", R"([{"id":2}])", "0-0/*"},
        {"/clients?id=eq.99", R"({"name":"nobody"})", "[]", "*/*"},
        {"/projects?id=eq.1&select=name,tasks(name)&tasks.name=eq.dig", R"({"name":"n"})",
         R"([{"name":"n","tasks":[{"name": "dig"}]}])", "0-0/*"},
        {"/projects?id=eq.1&select=name,client:clients(name)", R"({"client_id":3})",
         R"([{"name":"n","client":{"name": "first"}}])", "0-0/*"},
        {"/projects?id=eq.1&select=client_id", R"({"client_id":null})", R"([{"client_id":null}])", "0-0/*"},
        {"/clients?columns=name&id=eq.1&select=name", R"({"name":"chosen","zz":1,"id":77})", R"([{"name":"chosen"}])",
         "0-0/*"},
        {"/paints?paint=eq.%23000011", R"({"paint":"#0000ff"})", R"([{"id":1,"paint":"#0000ff"}])", "0-0/*"},
        {"/clients?columns=name", "[]", "[]", "*/*"},
    };
    for (const auto& [target, body, expected, range] : cases) {
        const auto answer = patch(target, body, representation());
        EXPECT_EQ(answer.status, 200U) << target << body << answer.text;
        EXPECT_EQ(answer.text, expected) << target << body;
        EXPECT_EQ(answer.header("Content-Range"), range) << target;
    }
    const auto minimal = patch("/clients?id=eq.1&select=id", R"({"name":"quiet"})");
    EXPECT_EQ(minimal.status, 204U);
    EXPECT_EQ(minimal.text, "");
    EXPECT_EQ(minimal.header("Content-Range"), "0-0/*");
}

TEST_F(WriteChange, ABodyWithoutColumnsChangesNothing) {
    for (const std::string body : {"{}", "[]", "[{}]"}) {
        const auto quiet = patch("/clients", body);
        EXPECT_EQ(quiet.status, 204U) << body << quiet.text;
        EXPECT_EQ(quiet.header("Content-Range"), "*/*");
        for (const std::string select : {"", "?select=id", "?select=id,name_length", "?select=id,projects(id)"}) {
            const auto answer = patch("/clients" + select, body, representation());
            EXPECT_EQ(answer.status, 200U) << body << answer.text;
            EXPECT_EQ(answer.text, "[]");
        }
    }
    EXPECT_EQ(all("clients", "id, name", "id"), "1:Ada 2:Bob 3:Cy");
}

TEST_F(WriteChange, MissingKeysTakeTheDefault) {
    kit().exec("INSERT INTO api.fixed (id, small) VALUES (1, 1)");
    const auto answer = patch("/fixed?id=eq.1&columns=small,word&select=small,word", "{}",
                              prefer("missing=default, return=representation"));
    EXPECT_EQ(answer.text, R"([{"small":7,"word":"5"}])");
}

TEST_F(WriteChange, DeletesTheFilteredRows) {
    const auto shown = remove("/tasks?id=eq.1&select=name,projects(name)", representation());
    EXPECT_EQ(shown.status, 200U) << shown.text;
    EXPECT_EQ(shown.text, R"([{"name":"dig","projects":{"name": "one"}}])");
    EXPECT_EQ(shown.header("Content-Range"), "*/*");
    const auto counted = remove("/tasks?id=gt.1", prefer("count=exact"));
    EXPECT_EQ(counted.status, 204U);
    EXPECT_EQ(counted.header("Content-Range"), "*/2");
    EXPECT_EQ(remove("/tasks?id=eq.1", representation()).text, "[]");
    EXPECT_EQ(all("tasks", "id", "id"), "");
}

TEST_F(WriteChange, FiltersOfEmbedsDoNotChooseTheRows) {
    const auto answer = patch("/projects?client_id=eq.1&select=id,tasks(id)&tasks.or=(id.eq.2,id.eq.3)&order=id",
                              R"({"name":"all"})", representation());
    EXPECT_EQ(answer.text, "[{\"id\":1,\"tasks\":[{\"id\": 2}]}, \n {\"id\":2,\"tasks\":[]}]");
}

TEST_F(WriteChange, LimitsDoNotChooseTheRows) {
    EXPECT_EQ(patch("/clients?limit=1&offset=1", R"({"name":"n"})").header("Content-Range"), "0-2/*");
}

TEST_F(WriteChange, MaxAffectedIsCheckedBeforeTheCommit) {
    const auto strict = prefer("handling=strict, max-affected=1");
    const auto refused = patch("/clients?id=lt.3", R"({"name":"n"})", strict);
    EXPECT_EQ(refused.status, 400U);
    EXPECT_EQ(refused.code(), "PGRST124");
    EXPECT_EQ(refused.member("details"), "The query affects 2 rows");
    EXPECT_EQ(remove("/tasks?id=lt.3", strict).code(), "PGRST124");
    EXPECT_EQ(patch("/clients?id=eq.3", R"({"name":"n"})", strict).status, 204U);
    EXPECT_EQ(patch("/clients?id=lt.3", R"({"name":"m"})", prefer("max-affected=1")).status, 204U);
    EXPECT_EQ(all("clients", "name", "id"), "m m n");
    EXPECT_EQ(all("tasks", "id", "id"), "1 2 3");
    EXPECT_EQ(patch("/clients?id=eq.1", "{}", prefer("handling=strict, unheard-of")).code(), "PGRST122");
}

TEST_F(WriteChange, AWholeTableIsChangedOnlyWhereThatIsAllowed) {
    EXPECT_EQ(patch("/keyless", R"({"b":"all"})").status, 204U);
    Options careful = kit().options();
    careful.requires_filter = true;
    kit().set_options(careful);
    const auto update = patch("/keyless", R"({"b":"never"})");
    EXPECT_EQ(update.status, 400U);
    EXPECT_EQ(update.text, R"({"code":"21000","details":null,"hint":null,"message":"UPDATE requires a WHERE clause"})");
    const auto removal = remove("/keyless?select=a,b&order=a");
    EXPECT_EQ(removal.message(), "DELETE requires a WHERE clause");
    EXPECT_EQ(patch("/keyless", "{}").status, 204U);
    EXPECT_EQ(patch("/keyless?a=not.is.null", R"({"b":"filtered"})").status, 204U);
    EXPECT_EQ(all("keyless", "a, b", "a"), "1:filtered 2:filtered");
}

TEST_F(WriteChange, NeedsNoRightToReadWhatItDoesNotShow) {
    EXPECT_EQ(patch("/private", R"({"word":"changed"})").status, 204U);
    EXPECT_EQ(patch("/private?id=eq.1", R"({"word":"no"})").code(), "42501") << "a filter reads";
    EXPECT_EQ(patch("/private", R"({"id":5})").code(), "42501");
    EXPECT_EQ(all("private", "id, word", "id"), "1:changed");
}

TEST_F(WriteChange, ErrorsSayWhatIsWrong) {
    EXPECT_EQ(patch("/nothing?columns=zz", "{}").code(), "PGRST205");
    EXPECT_EQ(patch("/clients?columns=zz", "{}").code(), "PGRST204");
    EXPECT_EQ(patch("/clients", "").message(), "Empty or invalid json");
    EXPECT_EQ(patch("/clients?zz=eq.1", R"({"name":"n"})").code(), "42703");
    EXPECT_EQ(remove("/clients?id=eq.1").code(), "23503");
    EXPECT_EQ(remove("/nothing").status, 404U);
}

}  // namespace
}  // namespace platform::restql::testing
