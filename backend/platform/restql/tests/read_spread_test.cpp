#include "platform/restql/tests/read_kit.hpp"

namespace platform::restql {
namespace {

using testing::ReadTest;

class ReadSpread : public ReadTest {};
class ReadAggregate : public ReadTest {};

TEST_F(ReadSpread, ToOneColumnsBecomeTheParents) {
    expect(
        {{"/films?select=id,...directors(first_name,family:last_name)&order=id",
          R"([{"id":1,"first_name":"Akira","family":"Kurosawa"},
 {"id":2,"first_name":"Akira","family":"Kurosawa"},
 {"id":3,"first_name":"Agnes","family":"Varda"},
 {"id":4,"first_name":"Agnes","family":"Varda"},
 {"id":5,"first_name":null,"family":null}])"},
         {"/films?select=id,...directors(*)&id=eq.3", R"([{"id":3,"id":2,"first_name":"Agnes","last_name":"Varda"}])"},
         {"/roles?select=part,...films(title,...directors(last_name))&order=film_id,actor_id",
          R"([{"part":"Watanabe","title":"Ikiru","last_name":"Kurosawa"},
 {"part":null,"title":"Ran","last_name":"Kurosawa"},
 {"part":"Hidetora","title":"Ran","last_name":"Kurosawa"},
 {"part":"Mona","title":"Vagabond","last_name":"Varda"}])"},
         {"/roles?select=part,...films(title,actors(name))&film_id=eq.4",
          R"([{"part":"Mona","title":"Vagabond","actors":[{"name": "Sandrine Bonnaire"}]}])"},
         {"/films?select=id,...directors!inner(last_name)&directors.id=eq.2&order=id&limit=1",
          R"([{"id":3,"last_name":"Varda"}])"}});
}

TEST_F(ReadSpread, ToManyColumnsBecomeArrays) {
    expect(
        {{"/directors?select=id,...films(title,year)&films.order=year.desc&order=id",
          R"([{"id":1,"title":["Ran", "Ikiru"],"year":[1985, 1952]},
 {"id":2,"title":["Vagabond", "Cleo from 5 to 7"],"year":[1985, 1962]},
 {"id":3,"title":[],"year":[]}])"},
         {"/directors?select=id,...films(names:title)&films.order=title&films.limit=1&order=id",
          R"([{"id":1,"names":["Ikiru"]},
 {"id":2,"names":["Cleo from 5 to 7"]},
 {"id":3,"names":[]}])"},
         {"/films?select=id,...actors(name)&actors.order=name.desc&id=lt.4&order=id",
          R"([{"id":1,"name":["Takashi Shimura"]},
 {"id":2,"name":["Tatsuya Nakadai", "Takashi Shimura"]},
 {"id":3,"name":[]}])"},
         {"/directors?select=id,...films(*)&id=eq.3",
          R"([{"id":3,"id":[],"title":[],"year":[],"gross":[],"director_id":[],"is_restored":[],"info":[],"notes":[],"tags":[],"shown":[],"words":[]}])"},
         {"/directors?select=id,...films(title,...roles(part))&films.order=id&films.roles.order=actor_id&order=id",
          R"([{"id":1,"title":["Ikiru", "Ran"],"part":[["Watanabe"], [null, "Hidetora"]]},
 {"id":2,"title":["Cleo from 5 to 7", "Vagabond"],"part":[[], ["Mona"]]},
 {"id":3,"title":[],"part":[]}])"},
         {"/directors?select=id,...films(title,...technical_specs(camera))&films.order=id&id=eq.1",
          R"([{"id":1,"title":["Ikiru", "Ran"],"camera":["Mitchell", "Panavision"]}])"},
         {"/directors?select=id,...films(title,roles(part))&films.order=id&films.roles.order=actor_id&id=eq.1",
          R"([{"id":1,"title":["Ikiru", "Ran"],"roles":[[{"part": "Watanabe"}], [{"part": null}, {"part": "Hidetora"}]]}])"},
         {"/directors?select=id,...films!inner(title)&films.year=eq.1952", R"([{"id":1,"title":["Ikiru"]}])"},
         {"/directors?select=id,...films(info->a->b)&films.order=id&id=eq.1", R"([{"id":1,"b":[7, 9]}])"}});
}

TEST_F(ReadAggregate, GroupsByEverythingElse) {
    expect(
        {{"/films?select=count()", R"([{"count":5}])"},
         {"/films?select=gross.sum(),gross.avg()::int,most:gross.max(),year.min()",
          R"([{"sum":37.75,"avg":13,"most":20.25,"min":1952}])"},
         {"/films?select=year,count()&order=year", R"([{"year":1952,"count":1},
 {"year":1962,"count":1},
 {"year":1985,"count":2},
 {"year":null,"count":1}])"},
         {"/films?select=director_id,total:gross.sum()::text&order=director_id&limit=2",
          R"([{"director_id":1,"total":"17.5"},
 {"director_id":2,"total":"20.25"}])"},
         {"/films?select=info->>name,count()&order=info->>name",
          R"({"code":"42803","details":null,"hint":null,"message":"column \"films.info\" must appear in the GROUP BY clause or be used in an aggregate function"})"},
         {"/films?select=tags,id.count()&order=tags", R"([{"tags":[],"count":2},
 {"tags":["drama","slow"],"count":1},
 {"tags":["slow"],"count":1},
 {"tags":["war"],"count":1}])"},
         {"/films?select=directors(last_name),count()&id=lt.3",
          R"([{"count":2,"directors":{"last_name": "Kurosawa"}}])"},
         {"/films?select=gross::int.max()", R"([{"max":20}])"}});
}

TEST_F(ReadAggregate, OfEmbedsAndSpreads) {
    expect(
        {{"/directors?select=id,films(count(),gross.sum())&order=id", R"([{"id":1,"films":[{"sum": 17.5, "count": 2}]},
 {"id":2,"films":[{"sum": 20.25, "count": 2}]},
 {"id":3,"films":[{"sum": null, "count": 0}]}])"},
         {"/directors?select=id,films(year,count())&films.order=year&id=eq.2",
          R"([{"id":2,"films":[{"year": 1962, "count": 1}, {"year": 1985, "count": 1}]}])"},
         {"/films?select=year,...directors(id.count())&order=year", R"([{"year":1952,"count":1},
 {"year":1962,"count":1},
 {"year":1985,"count":2},
 {"year":null,"count":0}])"},
         {"/films?select=...directors(last_name),gross.sum()&order=directors(last_name)",
          R"([{"sum":17.5,"last_name":"Kurosawa"},
 {"sum":20.25,"last_name":"Varda"},
 {"sum":null,"last_name":null}])"},
         {"/roles?select=actor_id,...films(total:gross.sum(),...directors(count()))&order=actor_id",
          R"([{"actor_id":1,"total":17.5,"count":2},
 {"actor_id":2,"total":12,"count":1},
 {"actor_id":3,"total":20.25,"count":1}])"},
         {"/roles?select=*,...films(gross.max())&order=film_id,actor_id&film_id=eq.2",
          R"([{"film_id":2,"actor_id":1,"part":null,"max":12},
 {"film_id":2,"actor_id":2,"part":"Hidetora","max":12}])"},
         {"/directors?select=id,...films(count())",
          R"({"code":"PGRST127","details":"Aggregates are not implemented for one-to-many or many-to-many spreads.","hint":null,"message":"Feature not implemented"})"},
         {"/directors?select=id,...films(id,...technical_specs(count()))",
          R"({"code":"PGRST127","details":"Aggregates are not implemented for one-to-many or many-to-many spreads.","hint":null,"message":"Feature not implemented"})"}});
}

TEST_F(ReadAggregate, AreOffUnlessAllowed) {
    kit().set_options({.schemas = {"api"}});
    expect(
        {{"/films?select=count()",
          R"({"code":"PGRST123","details":null,"hint":null,"message":"Use of aggregate functions is not allowed"})"},
         {"/directors?select=id,films(gross.sum())",
          R"({"code":"PGRST123","details":null,"hint":null,"message":"Use of aggregate functions is not allowed"})"}});
}

}  // namespace
}  // namespace platform::restql
