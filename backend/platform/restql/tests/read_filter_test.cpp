#include "platform/restql/tests/read_kit.hpp"

namespace platform::restql {
namespace {

using testing::ReadTest;

class ReadFilter : public ReadTest {
protected:
    /// The ids of the films that answer to the filter, as "1 2".
    static std::string films(const std::string& filter) {
        const auto answer = kit().get("/films?select=id&order=id&" + filter);
        if (answer.status != 200) return answer.code() + " " + answer.message();
        std::string ids;
        const auto rows = answer.json();
        for (const auto& row : rows.as_array()) {
            ids += (ids.empty() ? "" : " ") + std::to_string(row.at("id").as_int64());
        }
        return ids;
    }
};

struct Filtered {
    const char* filter;
    const char* films;
};

TEST_F(ReadFilter, EveryOperator) {
    const Filtered cases[] = {
        {"id=eq.2", "2"},
        {"id=neq.2", "1 3 4 5"},
        {"year=gt.1962", "2 4"},
        {"year=gte.1962", "2 3 4"},
        {"year=lt.1962", "1"},
        {"year=lte.1962", "1 3"},
        {"title=like.*a*", "2 4"},
        {"title=ilike.ik%25", "1"},
        {"title=match.^[IR]", "1 2"},
        {"title=imatch.^[ir]", "1 2"},
        {"year=in.(1952,1962,3)", "1 3"},
        {"title=in.(Ran,\"Lost Reel, \\\"untitled\\\"\")", "2 5"},
        {"id=in.()", ""},
        {"is_restored=is.true", "1 4"},
        {"is_restored=is.false", "2"},
        {"is_restored=is.unknown", "3 5"},
        {"is_restored=is.null", "3 5"},
        {"is_restored=is.not_null", "1 2 4"},
        {"is_restored=isdistinct.true", "2 3 5"},
        {"tags=cs.{slow}", "1 3"},
        {"tags=cd.{slow,war}", "2 3 4 5"},
        {"tags=ov.{war,drama}", "1 2"},
        {"info=cs.{\"name\":\"y\"}", "2"},
        {"shown=sl.[9,10)", "1"},
        {"shown=sr.[4,6)", "2"},
        {"shown=nxr.[1,9)", "1"},
        {"shown=nxl.[6,9)", "2"},
        {"shown=adj.[5,10)", "1 2"},
        {"shown=cs.4", "22P02 malformed range literal: \"4\""},
    };
    for (const auto& [filter, ids] : cases) EXPECT_EQ(films(filter), ids) << filter;
}

TEST_F(ReadFilter, NegationAndQuantifiers) {
    const Filtered cases[] = {
        {"id=not.eq.2", "1 3 4 5"},
        {"year=not.is.null", "1 2 3 4"},
        {"year=not.in.(1985)", "1 3"},
        {"title=like(any).{R*,V*}", "2 4"},
        {"title=not.like(any).{R*,V*}", "1 3 5"},
        {"title=ilike(all).{*a*,*n}", "2"},
        {"id=eq(any).{1,5}", "1 5"},
        {"year=gt(all).{1952,1962}", "2 4"},
        {"title=match(any).{^I,^R}", "1 2"},
        {"id=not.isdistinct.3", "3"},
    };
    for (const auto& [filter, ids] : cases) EXPECT_EQ(films(filter), ids) << filter;
}

TEST_F(ReadFilter, FullTextSearchesVectorsAndWrapsTheRest) {
    const Filtered cases[] = {
        {"words=fts.clerk", "1"},
        {"words=fts(english).building", "1"},
        {"words=plfts(english).three castles", "2"},
        {"words=phfts(english).three sons", "2"},
        {"words=wfts(english).castle or clerk", "1 2"},
        {"words=not.wfts(english).castle or clerk", ""},
        {"title=fts.vagabond", "4"},
        {"title=plfts(simple).lost reel", "5"},
        {"title_words=fts(simple).reel", "5"},
        {"info=fts.x", "1"},
        {"info->>name=fts(simple).y", "2"},
        {"title=fts(klingon).x", "42704 text search configuration \"klingon\" does not exist"},
    };
    for (const auto& [filter, ids] : cases) EXPECT_EQ(films(filter), ids) << filter;
}

TEST_F(ReadFilter, LogicNests) {
    const Filtered cases[] = {
        {"or=(id.eq.1,id.eq.3)", "1 3"},
        {"and=(year.eq.1985,or(title.eq.Ran,gross.gt.100))", "2"},
        {"not.or=(id.eq.1,id.eq.3)", "2 4 5"},
        {"or=(not.and(id.gt.1,id.lt.5),title.like.C*)", "1 3 5"},
        {"or=(tags.cs.{slow},title.in.(Ran,Ikiru))&year=gt.1952", "2 3"},
        {"or=(info->>name.eq.x,year.not.is.null)&id=lt.3", "1 2"},
        {"and=(id.gt.1,id.lt.4)&and=(id.neq.2)", "3"},
    };
    for (const auto& [filter, ids] : cases) EXPECT_EQ(films(filter), ids) << filter;
}

TEST_F(ReadFilter, JsonPathsAreFiltered) {
    const Filtered cases[] = {
        {"info->a->>b=eq.9", "2"},           {"info->a->b=gt.7", "2"},         {"info->list->0=eq.1", "1"},
        {"info->list->>-1=in.(3,4)", "1 2"}, {"notes->>a=eq.1", "1"},          {"tags->>0=eq.war", "2"},
        {"info->>name=like.*", "1 2"},       {"info->>name=is.null", "3 4 5"},
    };
    for (const auto& [filter, ids] : cases) EXPECT_EQ(films(filter), ids) << filter;
}

TEST_F(ReadFilter, WhatPostgreSqlRefusesIsTold) {
    expect(
        {{"/films?nothing=eq.1",
          R"({"code":"42703","details":null,"hint":null,"message":"column films.nothing does not exist"})"},
         {"/films?id=eq.one",
          R"({"code":"22P02","details":null,"hint":null,"message":"invalid input syntax for type integer: \"one\""})"},
         {"/films?info->>name->x=eq.1",
          R"({"code":"42883","details":null,"hint":"No operator matches the given name and argument types. You might need to add explicit type casts.","message":"operator does not exist: text -> unknown"})"},
         {"/films?year=like.1*",
          R"({"code":"42883","details":null,"hint":"No operator matches the given name and argument types. You might need to add explicit type casts.","message":"operator does not exist: integer ~~ unknown"})"}});
}

}  // namespace
}  // namespace platform::restql
