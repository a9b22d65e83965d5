#include "platform/restql/tests/read_kit.hpp"

namespace platform::restql {
namespace {

using testing::ReadTest;

class ReadSelect : public ReadTest {};

TEST_F(ReadSelect, ColumnsComeInTheOrderAskedFor) {
    expect(
        {{"/actors", R"([{"id":1,"name":"Takashi Shimura"},
 {"id":2,"name":"Tatsuya Nakadai"},
 {"id":3,"name":"Sandrine Bonnaire"}])"},
         {"/actors?select=", R"([{"id":1,"name":"Takashi Shimura"},
 {"id":2,"name":"Tatsuya Nakadai"},
 {"id":3,"name":"Sandrine Bonnaire"}])"},
         {"/actors?select=name,id&id=lte.2&order=id", R"([{"name":"Takashi Shimura","id":1},
 {"name":"Tatsuya Nakadai","id":2}])"},
         {"/actors?select=key:id,*&id=eq.1", R"([{"key":1,"id":1,"name":"Takashi Shimura"}])"},
         {"/actors?id=gt.100", R"([])"},
         {"/actors?select=nothing",
          R"({"code":"42703","details":null,"hint":null,"message":"column actors.nothing does not exist"})"},
         {"/hidden", R"({"code":"42501","details":null,"hint":null,"message":"permission denied for table hidden"})"},
         {"/nowhere",
          R"({"code":"PGRST205","details":null,"hint":null,"message":"Could not find the table 'api.nowhere' in the schema cache"})"}});
}

TEST_F(ReadSelect, JsonPathsAreNamedAfterTheirLastKey) {
    expect(
        {{"/films?select=info->a->b,info->>name&id=lt.3&order=id", R"([{"b":7,"name":"x"},
 {"b":9,"name":"y"}])"},
         {"/films?select=info->list->0,info->list->>-1&id=eq.1", R"([{"list":1,"list":"3"}])"},
         {"/films?select=first:info->list->0,notes->>z,tags->0&id=eq.1", R"([{"first":1,"z":"q","tags":"drama"}])"},
         {"/films?select=info->a->b->>0->c&id=eq.1",
          R"({"code":"42883","details":null,"hint":"No operator matches the given name and argument types. You might need to add explicit type casts.","message":"operator does not exist: text -> unknown"})"},
         {"/films?select=id&order=info->a->>b.desc.nullslast&info=not.is.null", R"([{"id":2},
 {"id":1},
 {"id":4}])"},
         {"/films?select=title->>0&id=eq.1", R"([{"title":"Ikiru"}])"}});
}

TEST_F(ReadSelect, CastsOnlyNameTypes) {
    expect({{"/films?select=id::text,year::numeric,up:gross::int&id=lte.2&order=id", R"([{"id":"1","year":1952,"up":6},
 {"id":"2","year":1985,"up":12}])"},
            {"/films?select=info->a->b::text&id=eq.1", R"([{"b":"7"}])"},
            {"/films?select=id::nothing",
             R"({"code":"42704","details":null,"hint":null,"message":"type \"nothing\" does not exist"})"},
            {"/films?select=id::double precision&id=eq.1", R"([{"id":1}])"}});
}

TEST_F(ReadSelect, ComputedColumnsAreColumns) {
    expect({{"/directors?select=id,full_name&order=full_name&full_name=like.A*", R"([{"id":2,"full_name":"Agnes Varda"},
 {"id":1,"full_name":"Akira Kurosawa"}])"},
            {"/directors?select=name:full_name&id=eq.3", R"([{"name":"Nobody Yet"}])"}});
}

TEST_F(ReadSelect, DomainsShowAndReadThemselves) {
    expect({{"/paints?order=id", R"([{"id":1,"name":"black","shade":"#000000"},
 {"id":2,"name":"red","shade":"#ff0000"},
 {"id":3,"name":"none","shade":null}])"},
            {"/paints?select=shade&shade=eq.ff0000", R"([{"shade":"#ff0000"}])"},
            {"/paints?select=tone:shade::text&id=eq.2", R"([{"tone":"\"#ff0000\""}])"},
            {"/paints?select=id,shade&shade=in.(ff0000,0)&order=id", R"([{"id":1,"shade":"#000000"},
 {"id":2,"shade":"#ff0000"}])"},
            {"/paints?select=id&shade=isdistinct.0&order=id", R"([{"id":2},
 {"id":3}])"},
            {"/paints?select=id&shade=eq(any).{0,ff0000}&order=id", R"([{"id":1},
 {"id":2}])"}});
}

TEST_F(ReadSelect, OrderAndWindow) {
    expect({{"/films?select=id&order=year.desc.nullslast,id.desc", R"([{"id":4},
 {"id":2},
 {"id":3},
 {"id":1},
 {"id":5}])"},
            {"/films?select=id&order=year.asc.nullsfirst,title&limit=2", R"([{"id":5},
 {"id":1}])"},
            {"/films?select=id&order=id&limit=2&offset=3", R"([{"id":4},
 {"id":5}])"},
            {"/films?select=id&order=id&limit=0", R"([])"},
            {"/films?select=id&order=words", R"([{"id":1},
 {"id":2},
 {"id":3},
 {"id":4},
 {"id":5}])"},
            {"/films?select=id&order=nothing",
             R"({"code":"42703","details":null,"hint":null,"message":"column films.nothing does not exist"})"}});
}

TEST_F(ReadSelect, HostileTextsStayNamesAndValues) {
    const char* texts[] = {"a%22b",       "%22%22);DROP%20TABLE%20api.paints;--",
                           "pg_sleep(9)", "';SELECT%20pg_sleep(9)--",
                           "$1",          "%5C",
                           "%C3%BC",      "x%00y"};
    const char* places[] = {
        "select=%22@%22", "select=%22@%22:id",  "select=id::@",       "select=info->%22@%22",
        "order=%22@%22",  "%22@%22=eq.1",       "title=eq.@",         "id=in.(@)",
        "title=like.@",   "words=fts(@).x",     "or=(title.eq.@)",    "select=directors!%22@%22(id)",
        "limit=@",        "select=%22@%22(id)", "info->>%22@%22=eq.1"};
    for (const std::string place : places) {
        for (const std::string text : texts) {
            const auto at = place.find('@');
            const auto target = "/films?" + place.substr(0, at) + text + place.substr(at + 1);
            EXPECT_LT(kit().get(target).status, 500u) << target;
        }
    }
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM api.paints"), "3");
}

}  // namespace
}  // namespace platform::restql
