#include "platform/restql/tests/read_kit.hpp"

namespace platform::restql {
namespace {

using testing::ReadTest;

/// Requests whose Accept or Prefer header matters: status, Content-Range and body.
struct Wanted {
    const char* target;
    const char* header;
    const char* value;
    unsigned status;
    const char* range;
    const char* body;
};

class ReadMedia : public ReadTest {
protected:
    static void expect_all(std::initializer_list<Wanted> cases, const char* method = "GET") {
        for (const auto& wanted : cases) {
            http::Headers headers;
            headers.set(wanted.header, wanted.value);
            const auto answer = kit().send(method, wanted.target, {}, headers);
            EXPECT_EQ(answer.status, wanted.status) << wanted.target << " " << wanted.value;
            EXPECT_EQ(answer.header("Content-Range"), wanted.range) << wanted.target << " " << wanted.value;
            EXPECT_EQ(answer.text, testing::with_row_breaks(wanted.body)) << wanted.target << " " << wanted.value;
        }
    }
    static std::string content_type(const char* target, const char* accept) {
        http::Headers headers;
        headers.set("Accept", accept);
        return kit().get(target, headers).header("Content-Type");
    }
};

constexpr const char* object = "application/vnd.pgrst.object+json";
constexpr const char* stripped = "application/vnd.pgrst.array+json;nulls=stripped";

TEST_F(ReadMedia, ObjectsAndStrippedNulls) {
    expect_all(
        {{"/actors?id=eq.1", "Accept", object, 200, "0-0/*", R"({"id":1,"name":"Takashi Shimura"})"},
         {"/actors", "Accept", object, 406, "",
          R"({"code":"PGRST116","details":"The result contains 3 rows","hint":null,"message":"Cannot coerce the result to a single JSON object"})"},
         {"/films?select=id,year&id=eq.5", "Accept", "application/vnd.pgrst.object+json;nulls=stripped", 200, "0-0/*",
          R"({"id":5})"},
         {"/films?select=id,year&id=gt.3&order=id", "Accept", stripped, 200, "0-1/*",
          R"([{"id":4,"year":1985},{"id":5}])"},
         {"/films?select=id,directors(id)&id=eq.5", "Accept", stripped, 200, "0-0/*", R"([{"id":5}])"}});
}

TEST_F(ReadMedia, Csv) {
    expect_all({{"/films?select=id,title,year&id=gt.3&order=id", "Accept", "text/csv", 200, "0-1/*", R"(id,title,year
4,Vagabond,1985
5,"Lost Reel, ""untitled""",)"},
                {"/films?select=id&id=gt.30", "Accept", "text/csv", 200, "*/*", "\n"},
                {"/films?select=id,directors(id)&id=eq.3", "Accept", "text/csv", 200, "0-0/*", R"(id,directors
3,"{""id"": 2}")"}});
    EXPECT_EQ(content_type("/films", "text/csv"), "text/csv; charset=utf-8");
}

TEST_F(ReadMedia, WhatCannotBeShownIsRefused) {
    expect_all(
        {{"/films", "Accept", "image/png", 406, "",
          R"({"code":"PGRST107","details":null,"hint":null,"message":"None of these media types are available: image/png"})"},
         {"/films", "Accept", "application/geo+json", 406, "",
          R"({"code":"PGRST107","details":null,"hint":null,"message":"None of these media types are available: application/geo+json"})"},
         {"/films?select=id&id=eq.1", "Accept", "image/png, */*", 200, "0-0/*", R"([{"id":1}])"}});
    kit().set_options({.schemas = {"api"}});
    expect_all(
        {{"/films", "Accept", "application/vnd.pgrst.plan+json", 406, "",
          R"({"code":"PGRST107","details":null,"hint":null,"message":"None of these media types are available: application/vnd.pgrst.plan+json; for=\"application/json\""})"}});
}

TEST_F(ReadMedia, Counts) {
    expect_all({{"/films?select=id&limit=2&order=id", "Prefer", "count=exact", 206, "0-1/5", R"([{"id":1},
 {"id":2}])"},
                {"/films?select=id&id=lt.3&order=id", "Prefer", "count=exact", 200, "0-1/2", R"([{"id":1},
 {"id":2}])"},
                {"/films?select=id,directors!inner(id)&directors.id=eq.2&limit=1&order=id", "Prefer", "count=exact",
                 206, "0-0/2", R"([{"id":3,"directors":{"id": 2}}])"},
                {"/films?select=id,actors()&actors=is.null&limit=1&order=id", "Prefer", "count=exact", 206, "0-0/2",
                 R"([{"id":3}])"},
                {"/films?select=year,count()&limit=1&order=year", "Prefer", "count=exact", 206, "0-0/4",
                 R"([{"year":1952,"count":1}])"},
                {"/films?select=id&id=gt.9", "Prefer", "count=exact", 200, "*/0", "[]"},
                {"/films?select=id&limit=0", "Prefer", "count=exact", 206, "*/5", "[]"}});
    kit().set_options({.schemas = {"api"}, .max_rows = 2});
    expect_all({{"/films?select=id&order=id", "Prefer", "count=exact", 206, "0-1/5", R"([{"id":1},
 {"id":2}])"},
                {"/films?select=id&id=eq.1", "Prefer", "count=estimated", 200, "0-0/1", R"([{"id":1}])"}});
}

TEST_F(ReadMedia, HeadHasTheHeadersOnly) {
    expect_all({{"/films?select=id,actors(id)&limit=2", "Prefer", "count=exact", 206, "0-1/5", ""},
                {"/films?id=eq.1", "Accept", "text/csv", 200, "0-0/*", ""}},
               "HEAD");
}

TEST_F(ReadMedia, OfManyTypesTheFirstThatFitsIsTaken) {
    EXPECT_EQ(content_type("/films", "image/png, text/csv"), "text/csv; charset=utf-8");
    EXPECT_EQ(content_type("/films", "text/csv;q=0.1, application/json"), "application/json; charset=utf-8");
    EXPECT_EQ(content_type("/films?id=eq.1", "application/vnd.pgrst.object"),
              "application/vnd.pgrst.object+json; charset=utf-8");
    EXPECT_EQ(content_type("/posters", "*/*"), "application/octet-stream");
    EXPECT_EQ(content_type("/posters?select=id", "*/*"), "application/json; charset=utf-8");
}

TEST_F(ReadMedia, AggregatesOfMediaDomainsMakeTheBody) {
    expect_all(
        {{"/actors?id=lt.3", "Accept", "text/x-names", 200, "0-1/*", "Takashi Shimura;Tatsuya Nakadai"},
         {"/actors?select=name", "Accept", "text/x-names", 406, "",
          R"({"code":"PGRST107","details":null,"hint":null,"message":"None of these media types are available: text/x-names"})"},
         {"/genres", "Accept", "text/x-count", 200, "0-3/*", "4 rows"},
         {"/posters", "Accept", "*/*", 200, "0-1/*", "\xff\xd8\xff"}});
}

TEST_F(ReadMedia, PlansAreExplained) {
    http::Headers headers;
    headers.set("Accept", "application/vnd.pgrst.plan+json; options=verbose");
    const auto json = kit().get("/actors", headers);
    EXPECT_EQ(json.header("Content-Type"),
              "application/vnd.pgrst.plan+json; for=\"application/json\"; options=verbose; charset=utf-8");
    const auto plan = json.json().at(0).at("Plan");
    EXPECT_EQ(plan.at("Output").at(2), "COALESCE(json_agg(ROW(actors.id, actors.name)), '[]'::json)");
    EXPECT_EQ(plan.at("Plans").at(0).at("Output"), (boost::json::array{"actors.id", "actors.name"}));

    headers.set("Accept", "application/vnd.pgrst.plan");
    EXPECT_TRUE(kit().get("/actors?id=eq.1", headers).text.starts_with("Aggregate"));
}

TEST_F(ReadMedia, LinesStream) {
    http::Headers headers;
    headers.set("Accept", "application/x-ndjson");
    const auto refused = kit().send("GET", "/films?id=eq.x", {}, headers);
    EXPECT_EQ(refused.code(), "22P02");
    const auto answer = kit().send("GET", "/films?select=id,actors(id)&id=lt.3&order=id", {}, headers);
    EXPECT_EQ(answer.header("Content-Type"), "application/x-ndjson");
    kit().set_options({.schemas = {"api"}});
    EXPECT_EQ(kit().get("/films", headers).status, 406u);
}

/// The ceilings are upstream's (PlanSpec.hs), for small tables without statistics.
TEST_F(ReadMedia, EmbedsStayCheap) {
    http::Headers headers;
    headers.set("Accept", "application/vnd.pgrst.plan+json");
    const auto cost = [&](const char* target) {
        return kit().get(target, headers).json().at(0).at("Plan").at("Total Cost").to_number<double>();
    };
    EXPECT_LT(cost("/clients?select=*,projects(*)&id=eq.1"), 33.3);
    EXPECT_LT(cost("/clients?select=*,projects!inner(*)&id=eq.1"), 33.3);
    EXPECT_LT(cost("/clients?select=*,projects(*)&projects=not.is.null&id=eq.1"), 33.3);
    EXPECT_LT(cost("/projects?select=*,clients(*)&id=eq.1"), 16.5);
    EXPECT_LT(cost("/projects?select=*,clients!inner(*)&id=eq.1"), 16.42);
    EXPECT_LT(cost("/projects?select=*,clients(*)&clients=not.is.null&id=eq.1"), 16.42);
    EXPECT_LT(cost("/actors?select=*,films(*)&id=eq.1"), 70.9);
}

}  // namespace
}  // namespace platform::restql
