#include "platform/restql/tests/write_kit.hpp"

namespace platform::restql::testing {
namespace {

using ::testing::HasSubstr;

class WriteInsert : public WriteTest {};

TEST_F(WriteInsert, AnswersNothingUnlessAsked) {
    const auto answer = kit().post("/projects", R"({"id":10,"name":"ten"})");
    EXPECT_EQ(answer.status, 201U) << answer.text;
    EXPECT_EQ(answer.text, "");
    EXPECT_EQ(answer.header("Content-Type"), "");
    EXPECT_EQ(answer.header("Content-Range"), "*/*");
    EXPECT_EQ(answer.header("Location"), "");
    EXPECT_EQ(kit().scalar("SELECT name || budget FROM api.projects WHERE id = 10"), "ten5.0000");
}

struct InsertCase {
    std::string target;
    std::string body;
    std::string answer;  ///< of return=representation
};

TEST_F(WriteInsert, BodiesBecomeRows) {
    const std::vector<InsertCase> cases{
        {"/clients", R"({"id":10,"name":"x"})", R"([{"id":10,"name":"x"}])"},
        {"/clients", R"([{"id":11,"name":"x"},{"name":"y","id":12}])",
         "[{\"id\":11,\"name\":\"x\"}, \n {\"id\":12,\"name\":\"y\"}]"},
        {"/clients", "[]", "[]"},
        {"/keyless", "{}", R"([{"a":null,"b":null}])"},
        {"/keyless", "[{},{}]", "[{\"a\":null,\"b\":null}, \n {\"a\":null,\"b\":null}]"},
        {"/keyless", R"({"b":null})", R"([{"a":null,"b":null}])"},
        {"/keyless?columns=a", R"([{"a":"1","zzz":{}},{"other":1}])",
         "[{\"a\":\"1\",\"b\":null}, \n {\"a\":null,\"b\":null}]"},
        {"/projects?select=name,budget,tags,data", R"({"name":"n","budget":12345678901234.5678,"tags":["a","b"],
          "data":{"k":[1,2]}})",
         R"([{"name":"n","budget":12345678901234.5678,"tags":["a","b"],"data":{"k": [1, 2]}}])"},
        {"/projects?select=pName:name,b:budget::text", R"({"name":"n"})", R"([{"pName":"n","b":"5.0000"}])"},
        {"/projects?select=name,clients(name)", R"({"name":"n","client_id":2})",
         R"([{"name":"n","clients":{"name": "Bob"}}])"},
        {"/documents", R"({"id":1,"body":{"a":1, "a":2}})", R"([{"id":1,"body":{"a":1, "a":2}}])"},
        {"/fixed?select=code,bits", R"({"id":1,"code":"abcde","bits":"1010"})", R"([{"code":"abcde","bits":"1010"}])"},
        {"/clients?select=name,name_length", R"({"id":13,"name":"four"})", R"([{"name":"four","name_length":4}])"},
        {"/client_names", R"({"id":14,"name":"seen"})", R"([{"id":14,"name":"seen"}])"},
        {"/odd", R"x({"Id \"x\"":1,"a b,c(d)":"z","$1; DROP TABLE api.clients --":"'; DROP"})x",
         R"x([{"Id \"x\"":1,"a b,c(d)":"z","$1; DROP TABLE api.clients --":"'; DROP"}])x"},
        {"/paints", R"({"id":2,"paint":"#00ff00"})", R"([{"id":2,"paint":"#00ff00"}])"},
    };
    for (const auto& [target, body, expected] : cases) {
        const auto answer = kit().post(target, body, representation());
        EXPECT_EQ(answer.status, 201U) << target << body << answer.text;
        EXPECT_EQ(answer.text, expected) << target << body;
        EXPECT_EQ(answer.header("Preference-Applied"), "return=representation");
    }
    EXPECT_EQ(kit().scalar("SELECT paint FROM api.paints WHERE id = 2"), "65280");
}

TEST_F(WriteInsert, ALocationIsOfOneRowByItsKey) {
    const auto located = prefer("return=headers-only");
    EXPECT_EQ(kit().post("/clients?select=name", R"({"id":20,"name":"x"})", located).header("Location"),
              "/clients?id=eq.20");
    EXPECT_EQ(kit().post("/parts", R"({"first":"R & R+l","second":4})", located).header("Location"),
              "/parts?first=eq.R%20%26%20R%2Bl&second=eq.4");
    EXPECT_EQ(kit().post("/clients", R"([{"id":21,"name":"x"},{"id":22,"name":"y"}])", located).header("Location"), "");
    EXPECT_EQ(kit().post("/keyless", R"({"a":"1"})", located).header("Location"), "");
    EXPECT_EQ(kit().post("/client_names", R"({"id":23,"name":"x"})", located).header("Location"),
              "/client_names?id=eq.23");
    EXPECT_EQ(kit().post("/parted", R"({"id":9,"region":"us"})", located).header("Location"),
              "/parted?id=eq.9&region=eq.us");
}

TEST_F(WriteInsert, CountsWhenAsked) {
    const auto answer = kit().post("/keyless", "[{},{},{}]", prefer("count=exact"));
    EXPECT_EQ(answer.header("Content-Range"), "*/3");
    EXPECT_EQ(answer.header("Preference-Applied"), "count=exact");
}

TEST_F(WriteInsert, OtherContentTypes) {
    const auto form =
        kit().post("/clients", "id=30&name=a+b%26c", {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(form.status, 201U) << form.text;
    const auto csv =
        kit().post("/projects?select=id,name", "id,name,client_id\n30,\"a,b\",NULL\n31,NULL,2",
                   {{"Content-Type", "text/csv"}, {"Accept", "text/csv"}, {"Prefer", "return=representation"}});
    EXPECT_EQ(csv.text, "id,name\n30,\"a,b\"\n31,");
    EXPECT_EQ(kit().scalar("SELECT name FROM api.clients WHERE id = 30"), "a b&c");
    const auto refused = kit().post("/clients", "x", {{"Content-Type", "text/plain"}});
    EXPECT_EQ(refused.status, 400U);
    EXPECT_EQ(refused.message(), "Content-Type not acceptable: text/plain");
}

TEST_F(WriteInsert, CsvShowsWhatWasSelected) {
    const auto csv = kit().post("/clients?select=label:name", R"({"id":32,"name":"x"})",
                                {{"Accept", "text/csv"}, {"Prefer", "return=representation"}});
    EXPECT_EQ(csv.text, "label\nx");
}

TEST_F(WriteInsert, MissingKeysTakeTheDefault) {
    const auto defaults = prefer("missing=default, return=representation");
    const auto answer =
        kit().post("/fixed?columns=id,small,day,word,code&select=id,small,day,word,code",
                   R"([{"id":1},{"id":2,"small":null,"day":"2020-02-02","word":"w","code":"ab"}])", defaults);
    EXPECT_EQ(answer.status, 201U) << answer.text;
    EXPECT_EQ(answer.text,
              "[{\"id\":1,\"small\":7,\"day\":\"2026-01-02\",\"word\":\"5\",\"code\":null}, \n "
              "{\"id\":2,\"small\":null,\"day\":\"2020-02-02\",\"word\":\"w\",\"code\":\"ab   \"}]");
    EXPECT_EQ(answer.header("Preference-Applied"), "missing=default, return=representation");
    EXPECT_EQ(kit().post("/paints?columns=id,paint", R"({"id":5})", defaults).text, R"([{"id":5,"paint":"#0000ff"}])");
    EXPECT_EQ(kit().post("/paints?columns=id,paint", R"({"id":6,"paint":"#000001"})", defaults).text,
              R"([{"id":6,"paint":"#000001"}])");
    EXPECT_EQ(kit().post("/documents", R"({"id":1,"body":{"a":1, "a":2}})", defaults).text,
              R"([{"id":1,"body":{"a": 2}}])");
    EXPECT_EQ(kit().post("/fixed?columns=id,twice", R"({"id":3})", defaults).code(), "428C9");
    const auto first =
        kit().post("/projects?columns=id,name&select=id", R"([{"name":"a"},{"id":50,"name":"b"}])", defaults);
    EXPECT_EQ(first.status, 201U) << first.text;
    EXPECT_GE(first.json().at(0).at("id").as_int64(), 100);
    EXPECT_EQ(first.json().at(1).at("id").as_int64(), 50);
}

TEST_F(WriteInsert, WithoutMissingDefaultAnAbsentColumnIsNull) {
    const auto answer = kit().post("/fixed?columns=id,small&select=small", R"({"id":1})", representation());
    EXPECT_EQ(answer.text, R"([{"small":null}])");
}

TEST_F(WriteInsert, ErrorsSayWhatIsWrong) {
    struct Refusal {
        std::string target, body;
        unsigned status;
        std::string code, message;
    };
    const std::vector<Refusal> cases{
        {"/nothing?columns=zz", "[]", 404, "PGRST205", "Could not find the table 'api.nothing' in the schema cache"},
        {"/clients", R"({"id":1,"zz":1})", 400, "PGRST204",
         "Could not find the 'zz' column of 'clients' in the schema cache"},
        {"/clients?columns=zz", "not json", 400, "PGRST204",
         "Could not find the 'zz' column of 'clients' in the schema cache"},
        {"/clients", "", 400, "PGRST102", "Empty or invalid json"},
        {"/clients", "}{ x = 2", 400, "PGRST102", "Empty or invalid json"},
        {"/clients", R"([{"id":1},{"name":"a"}])", 400, "PGRST102", "All object keys must match"},
        {"/clients", R"([{"id":1},7])", 400, "PGRST102", "All object keys must match"},
        {"/clients?columns=id", R"([{"id":1},7])", 400, "22023",
         "argument of json_to_recordset must be an array of objects"},
        {"/clients?columns=id", "{", 400, "22P02", "invalid input syntax for type json"},
        {"/clients", R"({"id":1,"name":"again"})", 409, "23505",
         "duplicate key value violates unique constraint \"clients_pkey\""},
        {"/projects", R"({"client_id":99})", 409, "23503",
         "insert or update on table \"projects\" violates foreign key constraint \"projects_client_id_fkey\""},
        {"/fixed", R"({"id":1,"code":"abcdef"})", 400, "22001", "value too long for type character(5)"},
        {"/clients?select=zz", R"({"id":90,"name":"a"})", 201, "", ""},
    };
    for (const auto& [target, body, status, code, message] : cases) {
        const auto answer = kit().post(target, body);
        EXPECT_EQ(answer.status, status) << target << body << answer.text;
        EXPECT_EQ(answer.code(), code) << target << body;
        EXPECT_EQ(answer.message(), message) << target << body;
    }
    EXPECT_EQ(kit().post("/clients?select=zz", R"({"id":91,"name":"a"})", representation()).code(), "42703");
    EXPECT_EQ(all("clients", "id", "id"), "1 2 3 90") << "what failed left nothing";
}

TEST_F(WriteInsert, ASingleObjectOfTwoRowsIsTakenBack) {
    auto headers = representation();
    headers.set("Accept", "application/vnd.pgrst.object+json");
    const auto refused = kit().post("/keyless", R"([{"a":"p"},{"a":"q"}])", headers);
    EXPECT_EQ(refused.status, 406U);
    EXPECT_EQ(refused.code(), "PGRST116");
    EXPECT_EQ(kit().post("/keyless", R"([{"a":"r"}])", headers).text, R"({"a":"r","b":null})");
    EXPECT_EQ(all("keyless", "a", "a"), "1 2 r");
}

TEST_F(WriteInsert, NeedsNoRightToReadWhatItDoesNotShow) {
    EXPECT_EQ(kit().post("/private", R"({"id":2,"word":"x"})").status, 201U);
    EXPECT_EQ(kit().post("/private", R"({"id":3,"word":"x"})", representation()).code(), "42501");
    EXPECT_EQ(all("private", "id", "id"), "1 2");
}

TEST_F(WriteInsert, RowsAreLimitedBeforeAnythingRuns) {
    Options options = kit().options();
    options.limits.anonymous_inserted_rows = 2;
    options.limits.inserted_rows = 3;
    kit().set_options(options);
    const std::string three = R"([{"a":"x, \"]}, y"},{"a":"[{"} , {"a":"\\"}])";
    for (const std::string target : {"/keyless", "/keyless?columns=a"}) {
        const auto refused = kit().post(target, three);
        EXPECT_EQ(refused.status, 413U) << refused.text;
        EXPECT_EQ(refused.code(), "54000");
        EXPECT_EQ(refused.member("details"), "At most 2 rows may be inserted at once.");
        EXPECT_EQ(kit().send("POST", target, three, {}, ada).status, 201U);
        EXPECT_EQ(kit().post(target, R"([{"a":"x"},{"a":"y"}])").status, 201U);
        EXPECT_EQ(kit().post(target, " [ ]").status, 201U);
    }
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM api.keyless"), "12");
}

}  // namespace
}  // namespace platform::restql::testing
