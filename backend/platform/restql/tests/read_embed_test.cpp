#include "platform/restql/tests/read_kit.hpp"

namespace platform::restql {
namespace {

using testing::ReadTest;

class ReadEmbed : public ReadTest {};

TEST_F(ReadEmbed, ToOneIsAnObjectOrNull) {
    expect({{"/films?select=title,directors(first_name,id)&order=id",
             R"([{"title":"Ikiru","directors":{"id": 1, "first_name": "Akira"}},
 {"title":"Ran","directors":{"id": 1, "first_name": "Akira"}},
 {"title":"Cleo from 5 to 7","directors":{"id": 2, "first_name": "Agnes"}},
 {"title":"Vagabond","directors":{"id": 2, "first_name": "Agnes"}},
 {"title":"Lost Reel, \"untitled\"","directors":null}])"},
            {"/films?select=id,by:directors(name:full_name)&id=lt.3&order=id",
             R"([{"id":1,"by":{"name": "Akira Kurosawa"}},
 {"id":2,"by":{"name": "Akira Kurosawa"}}])"},
            {"/films?select=id,technical_specs(camera)&order=id.desc&limit=4", R"([{"id":5,"technical_specs":null},
 {"id":4,"technical_specs":null},
 {"id":3,"technical_specs":null},
 {"id":2,"technical_specs":{"camera": "Panavision"}}])"},
            {"/technical_specs?select=camera,films(title)&order=film_id",
             R"([{"camera":"Mitchell","films":{"title": "Ikiru"}},
 {"camera":"Panavision","films":{"title": "Ran"}}])"}});
}

TEST_F(ReadEmbed, ToManyIsAnArray) {
    expect({{"/directors?select=last_name,films(id)&order=id",
             R"([{"last_name":"Kurosawa","films":[{"id": 1}, {"id": 2}]},
 {"last_name":"Varda","films":[{"id": 3}, {"id": 4}]},
 {"last_name":"Yet","films":[]}])"},
            {"/directors?select=last_name,films(id,title)&films.order=title.desc&films.limit=1&order=id",
             R"([{"last_name":"Kurosawa","films":[{"id": 2, "title": "Ran"}]},
 {"last_name":"Varda","films":[{"id": 4, "title": "Vagabond"}]},
 {"last_name":"Yet","films":[]}])"},
            {"/directors?select=id,films(id)&films.year=eq.1985&order=id&limit=2", R"([{"id":1,"films":[{"id": 2}]},
 {"id":2,"films":[{"id": 4}]}])"},
            {"/directors?select=id,films(id)&films.or=(year.eq.1952,gross.gt.20)&id=lt.3&order=id",
             R"([{"id":1,"films":[{"id": 1}]},
 {"id":2,"films":[{"id": 4}]}])"},
            {"/directors?select=id,films(*)&id=eq.3", R"([{"id":3,"films":[]}])"}});
}

TEST_F(ReadEmbed, ManyToManyGoesThroughTheJunction) {
    expect(
        {{"/films?select=title,actors(name)&actors.order=id&order=id",
          R"([{"title":"Ikiru","actors":[{"name": "Takashi Shimura"}]},
 {"title":"Ran","actors":[{"name": "Takashi Shimura"}, {"name": "Tatsuya Nakadai"}]},
 {"title":"Cleo from 5 to 7","actors":[]},
 {"title":"Vagabond","actors":[{"name": "Sandrine Bonnaire"}]},
 {"title":"Lost Reel, \"untitled\"","actors":[]}])"},
         {"/actors?select=name,films(title,directors(last_name))&id=eq.1&films.order=id",
          R"([{"name":"Takashi Shimura","films":[{"title": "Ikiru", "directors": {"last_name": "Kurosawa"}}, {"title": "Ran", "directors": {"last_name": "Kurosawa"}}]}])"},
         {"/actors?select=name,roles(part,films(title))&id=eq.1&roles.order=film_id",
          R"([{"name":"Takashi Shimura","roles":[{"part": "Watanabe", "films": {"title": "Ikiru"}}, {"part": null, "films": {"title": "Ran"}}]}])"},
         {"/films?select=id,actors!roles(name)&id=eq.4", R"([{"id":4,"actors":[{"name": "Sandrine Bonnaire"}]}])"}});
}

TEST_F(ReadEmbed, LevelsNestWithoutEnd) {
    expect(
        {{"/directors?select=id,films(id,roles(part,actors(name,films(title))))&id=eq.2&films.id=eq.4",
          R"([{"id":2,"films":[{"id": 4, "roles": [{"part": "Mona", "actors": {"name": "Sandrine Bonnaire", "films": [{"title": "Vagabond"}]}}]}]}])"},
         {"/genres?select=name,parent_id(name),children:genres(name,genres(name))&order=id&limit=2",
          R"([{"name":"all","parent_id":null,"children":[{"name": "drama", "genres": []}, {"name": "comedy", "genres": [{"name": "satire"}]}]},
 {"name":"drama","parent_id":{"name": "all"},"children":[]}])"}});
    kit().set_options({.schemas = {"api"}, .forbids_self_embedding = true});
    expect(
        {{"/genres?select=id,genres(id)&id=eq.4", R"([{"id":4,"genres":[]}])"},
         {"/genres?select=id,genres(id,genres(id))",
          R"({"code":"54000","details":"'genres' may repeat once below itself.","hint":null,"message":"A relation is embedded in itself too often"})"}});
}

TEST_F(ReadEmbed, LongNamesStayApart) {
    const std::string name = "a_name_as_long_as_postgresql_allows_it_to_be_which_is_63_bytes_";
    const std::string below = name + "(id," + name + "(id))";
    EXPECT_EQ(kit().get("/" + name + "?select=id," + below + "&id=eq.1").text,
              R"([{"id":1,")" + name + R"(":[{"id": 2, ")" + name + R"(": [{"id": 3}]}]}])");
    EXPECT_EQ(kit().get("/" + name + "?select=id,a:up(id),b:up(id)&id=eq.2").text,
              R"([{"id":2,"a":{"id": 1},"b":{"id": 1}}])");
}

/// An ordered and limited read has its embeds in the select list, any other one joins them: the answer is the same.
TEST_F(ReadEmbed, WhereAnEmbedIsPlacedDoesNotShow) {
    for (const char* select :
         {"directors?select=id,films(id,title,roles(part,actors(name)))&films.order=id",
          "directors?select=*,films!inner(id,actors!inner(name))&films.actors.id=gt.1&films.order=id",
          "films?select=title,directors(*),technical_specs(camera),actors(*)&actors.order=id",
          "films?select=id,directors!inner(id,films(id))&directors.films.order=id&directors.films.limit=1",
          "films?select=id,actors()&or=(actors.is.null,id.eq.1)",
          "directors?select=id,hits(id),debut(id)&hits.order=id",
          "genres?select=*,parent_id(*),genres(*)&genres.order=id", "old_films?select=*,directors(id),actors(id)"}) {
        const std::string target = std::string("/") + select + "&order=id";
        const auto joined = kit().get(target);
        EXPECT_EQ(joined.status, 200u) << target;
        EXPECT_EQ(kit().get(target + "&limit=100").text, joined.text) << target;
    }
}

TEST_F(ReadEmbed, HintsChooseAmongRelationships) {
    expect(
        {{"/shipments?select=id,places(name)",
          R"json({"code":"PGRST201","details":[{"cardinality":"many-to-one","embedding":"shipments with places","relationship":"sent_from using shipments(sender) and places(id)"},{"cardinality":"many-to-one","embedding":"shipments with places","relationship":"sent_to using shipments(receiver) and places(id)"}],"hint":"Try changing 'places' to one of the following: 'places!sent_from', 'places!sent_to'. Find the desired relationship in the 'details' key.","message":"Could not embed because more than one relationship was found for 'shipments' and 'places'"})json"},
         {"/shipments?select=id,from:places!sent_from(name),to:places!receiver(name)&order=id",
          R"([{"id":1,"from":{"name": "Tokyo"},"to":{"name": "Paris"}},
 {"id":2,"from":{"name": "Paris"},"to":null}])"},
         {"/shipments?select=id,sent_to(name),sender(name)&id=eq.1",
          R"([{"id":1,"sent_to":{"name": "Paris"},"sender":{"name": "Tokyo"}}])"},
         {"/places?select=name,shipments!sent_to(id)&order=id", R"([{"name":"Tokyo","shipments":[]},
 {"name":"Paris","shipments":[{"id": 1}]}])"},
         {"/places?select=name,out:shipments!sender(id)&order=id", R"([{"name":"Tokyo","out":[{"id": 1}]},
 {"name":"Paris","out":[{"id": 2}]}])"},
         {"/films?select=id,places(id)",
          R"({"code":"PGRST200","details":"Searched for a foreign key relationship between 'films' and 'places' in the schema 'api', but no matches were found.","hint":"Perhaps you meant 'roles' instead of 'places'.","message":"Could not find a relationship between 'films' and 'places' in the schema cache"})"},
         {"/films?select=id,directors!nothing(id)",
          R"({"code":"PGRST200","details":"Searched for a foreign key relationship between 'films' and 'directors' using the hint 'nothing' in the schema 'api', but no matches were found.","hint":null,"message":"Could not find a relationship between 'films' and 'directors' in the schema cache"})"}});
}

TEST_F(ReadEmbed, InnerAndNullFiltersKeepOrDropTheParent) {
    expect(
        {{"/directors?select=id,films!inner(id)&films.year=eq.1985&order=id", R"([{"id":1,"films":[{"id": 2}]},
 {"id":2,"films":[{"id": 4}]}])"},
         {"/films?select=id,directors!inner(id)&directors.first_name=eq.Agnes&order=id",
          R"([{"id":3,"directors":{"id": 2}},
 {"id":4,"directors":{"id": 2}}])"},
         {"/films?select=id,directors!inner(id)&order=title&limit=2", R"([{"id":3,"directors":{"id": 2}},
 {"id":1,"directors":{"id": 1}}])"},
         {"/directors?select=id,films!inner(id,actors!inner(id))&films.actors.name=like.San*&order=id&limit=9",
          R"([{"id":2,"films":[{"id": 4, "actors": [{"id": 3}]}]}])"},
         {"/directors?select=id,films!inner()&films.year=eq.1952", R"([{"id":1}])"},
         {"/directors?select=id,films()&films=is.null", R"([{"id":3}])"},
         {"/directors?select=id,films(id)&films.year=eq.1952&films=not.is.null", R"([{"id":1,"films":[{"id": 1}]}])"},
         {"/films?select=id,actors()&actors=is.null&order=id", R"([{"id":3},
 {"id":5}])"},
         {"/films?select=id,actors(),directors()&or=(actors.not.is.null,directors.is.null)&order=id", R"([{"id":1},
 {"id":2},
 {"id":4},
 {"id":5}])"},
         {"/films?select=id,who:directors()&who.id=eq.2&who=not.is.null&order=id&limit=1", R"([{"id":3}])"},
         {"/films?select=id,directors(id)&directors=eq.1",
          R"({"code":"42703","details":null,"hint":"Perhaps you meant to reference the column \"films.director_id\".","message":"column films.directors does not exist"})"}});
}

TEST_F(ReadEmbed, ComputedRelationships) {
    expect({{"/directors?select=id,hits(title)&order=id", R"([{"id":1,"hits":[{"title": "Ran"}]},
 {"id":2,"hits":[{"title": "Vagabond"}]},
 {"id":3,"hits":[]}])"},
            {"/directors?select=id,debut(title,year)&order=id", R"([{"id":1,"debut":{"year": 1952, "title": "Ikiru"}},
 {"id":2,"debut":{"year": 1962, "title": "Cleo from 5 to 7"}},
 {"id":3,"debut":null}])"},
            {"/directors?select=id,debut!inner(title)&debut.year=lt.1960", R"([{"id":1,"debut":{"title": "Ikiru"}}])"},
            {"/directors?select=id,debut(title,year)&order=debut(year).desc.nullslast,id&limit=2",
             R"([{"id":2,"debut":{"year": 1962, "title": "Cleo from 5 to 7"}},
 {"id":1,"debut":{"year": 1952, "title": "Ikiru"}}])"}});
}

TEST_F(ReadEmbed, ViewsKnowTheRelationshipsOfTheirTables) {
    expect(
        {{"/old_films?select=title,directors(last_name)",
          R"([{"title":"Ikiru","directors":{"last_name": "Kurosawa"}}])"},
         {"/directors?select=id,old_films(title)&order=id&limit=1", R"([{"id":1,"old_films":[{"title": "Ikiru"}]}])"},
         {"/old_films?select=id,actors(name)", R"([{"id":1,"actors":[{"name": "Takashi Shimura"}]}])"}});
}

TEST_F(ReadEmbed, OrderByARelatedRow) {
    expect(
        {{"/films?select=id,directors(last_name)&order=directors(last_name).desc.nullslast,id&limit=3",
          R"([{"id":3,"directors":{"last_name": "Varda"}},
 {"id":4,"directors":{"last_name": "Varda"}},
 {"id":1,"directors":{"last_name": "Kurosawa"}}])"},
         {"/films?select=id,directors()&order=directors(first_name).nullsfirst,id.desc", R"([{"id":5},
 {"id":4},
 {"id":3},
 {"id":2},
 {"id":1}])"},
         {"/directors?select=id,films(id)&order=films(id)",
          R"({"code":"PGRST118","details":"'directors' and 'films' do not form a many-to-one or one-to-one relationship","hint":null,"message":"A related order on 'films' is not possible"})"},
         {"/films?select=id&order=directors(id)",
          R"({"code":"PGRST108","details":null,"hint":"Verify that 'directors' is included in the 'select' query parameter.","message":"'directors' is not an embedded resource in this request"})"}});
}

TEST_F(ReadEmbed, FiltersNameTheAliasOrByOldHabitTheTarget) {
    expect(
        {{"/films?select=id,by:directors(id)&directors.id=eq.1&id=lt.4&order=id", R"([{"id":1,"by":{"id": 1}},
 {"id":2,"by":{"id": 1}},
 {"id":3,"by":null}])"},
         {"/films?select=id,by:directors(id)&nobody.id=eq.1",
          R"({"code":"PGRST108","details":null,"hint":"Verify that 'nobody' is included in the 'select' query parameter.","message":"'nobody' is not an embedded resource in this request"})"}});
    kit().set_options({.schemas = {"api"}, .legacy_target_names = false});
    expect(
        {{"/films?select=id,by:directors(id)&by.id=eq.1&id=eq.3", R"([{"id":3,"by":null}])"},
         {"/films?select=id,by:directors(id)&directors.id=eq.1",
          R"({"code":"PGRST108","details":"Target names are not allowed in filters if they have an alias","hint":"Change 'directors' to 'by' in filters, orders or limits.","message":"'directors' is not an embedded resource in this request"})"},
         {"/films?select=id,by:directors(id)&directors.limit=1",
          R"({"code":"PGRST108","details":"Target names are not allowed in filters if they have an alias","hint":"Change 'directors' to 'by' in filters, orders or limits.","message":"'directors' is not an embedded resource in this request"})"}});
}

TEST_F(ReadEmbed, EveryLevelIsCapped) {
    kit().set_options({.schemas = {"api"}, .max_rows = 1});
    expect({{"/directors?select=id,films(id)&films.order=id&order=id", R"([{"id":1,"films":[{"id": 1}]}])"},
            {"/directors?select=id,films(id)&films.order=id&films.limit=5&order=id&limit=2&offset=1",
             R"([{"id":2,"films":[{"id": 3}]}])"}});
}

TEST_F(ReadEmbed, RightsOfEveryRelationCount) {
    expect(
        {{"/films?select=id,hidden(id)",
          R"({"code":"PGRST200","details":"Searched for a foreign key relationship between 'films' and 'hidden' in the schema 'api', but no matches were found.","hint":null,"message":"Could not find a relationship between 'films' and 'hidden' in the schema cache"})"}});
}

}  // namespace
}  // namespace platform::restql
