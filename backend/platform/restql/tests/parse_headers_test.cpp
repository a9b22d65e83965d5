#include "platform/restql/parse/media_type.hpp"
#include "platform/restql/parse/preferences.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

Preferences prefer(std::initializer_list<std::string_view> values, bool may_override_tx = true) {
    http::Headers headers;
    for (const auto value : values) headers.add("prefer", value);
    return parse_preferences(headers, may_override_tx);
}

std::string applied(std::initializer_list<std::string_view> values) {
    return preference_applied(prefer(values));
}

TEST(ParsePreferences, OneHeaderOrMany) {
    const auto all =
        prefer({"resolution=ignore-duplicates, count=exact,timezone=America/Los_Angeles", "max-affected=100",
                "return=representation ,  missing=default , handling=lenient, tx=rollback"});
    EXPECT_EQ(all.resolution, Resolution::ignore_duplicates);
    EXPECT_EQ(all.count, Count::exact);
    EXPECT_EQ(all.timezone, "America/Los_Angeles");
    EXPECT_EQ(all.max_affected, 100);
    EXPECT_EQ(all.returns, Return::representation);
    EXPECT_EQ(all.missing, Missing::use_default);
    EXPECT_EQ(all.handling, Handling::lenient);
    EXPECT_EQ(all.tx, TxEnd::rollback);
    EXPECT_TRUE(all.invalid.empty());
    EXPECT_FALSE(all.is_strict());
}

TEST(ParsePreferences, TheFirstOfAKindCounts) {
    EXPECT_EQ(prefer({"tx=commit, tx=rollback"}).tx, TxEnd::commit);
    EXPECT_EQ(prefer({"resolution=merge-duplicates", "resolution=ignore-duplicates"}).resolution,
              Resolution::merge_duplicates);
    EXPECT_EQ(prefer({"max-affected=x, max-affected=5"}).max_affected, std::nullopt);
    EXPECT_EQ(prefer({"timezone=UTC,timezone=CET"}).timezone, "UTC");
}

TEST(ParsePreferences, WhatIsNotKnown) {
    EXPECT_EQ(prefer({"handling=strict, anything, count=all,,return=Minimal"}).invalid,
              (std::vector<std::string>{"anything", "count=all", "", "return=Minimal"}));
    EXPECT_TRUE(prefer({""}).invalid.empty());
    EXPECT_TRUE(prefer({}).invalid.empty());
}

TEST(ParsePreferences, TheTransactionsEndMayBeForbidden) {
    const auto preferences = prefer({"tx=rollback"}, false);
    EXPECT_EQ(preferences.tx, std::nullopt);
    EXPECT_TRUE(preferences.invalid.empty());
}

TEST(ParsePreferences, AppliedInOneOrder) {
    EXPECT_EQ(applied({}), "");
    EXPECT_EQ(applied({"max-affected=3,timezone=UTC,handling=strict,tx=commit,count=planned,return=headers-only,"
                       "missing=null,resolution=merge-duplicates"}),
              "resolution=merge-duplicates, missing=null, return=headers-only, count=planned, tx=commit, "
              "handling=strict, timezone=UTC, max-affected=3");
    EXPECT_EQ(applied({"max-affected=3, handling=lenient"}), "handling=lenient");
}

TEST(ParseMediaType, KnownOnes) {
    struct Scenario {
        std::string_view text;
        std::string_view understood;
    };
    for (const auto& [text, understood] : std::initializer_list<Scenario>{
             {"application/json", "application/json"},
             {"Application/JSON; charset=utf-8", "application/json"},
             {"application/geo+json", "application/geo+json"},
             {"text/csv; version=1", "text/csv"},
             {"text/plain", "text/plain"},
             {"text/xml", "text/xml"},
             {"application/openapi+json", "application/openapi+json"},
             {"application/x-www-form-urlencoded", "application/x-www-form-urlencoded"},
             {"application/octet-stream", "application/octet-stream"},
             {"*/*", "*/*"},
             {"application/vnd.pgrst.array+json", "application/json"},
             {"application/vnd.pgrst.array+json;nulls=stripped", "application/vnd.pgrst.array+json;nulls=stripped"},
             {"application/vnd.pgrst.object", "application/vnd.pgrst.object+json"},
             {"APPLICATION/vnd.PgRsT.object+json; Nulls=stripped", "application/vnd.pgrst.object+json;nulls=stripped"},
             {"application/vnd.pgrst.object+json;nulls=kept", "application/vnd.pgrst.object+json"},
             {"application/vnd.pgrst.plan;", "application/vnd.pgrst.plan+text; for=\"application/json\""},
             {"application/vnd.pgrst.plan ; for=\"text/xml\" ; options=wal|analyze",
              "application/vnd.pgrst.plan+text; for=\"text/xml\"; options=analyze|wal"},
             {"application/vnd.pgrst.plan+json;for=\"text/csv\"", "application/vnd.pgrst.plan+json; for=\"text/csv\""},
             {"application/vnd.pgrst.plan+json; options=analyze|verbose|settings|buffers|wal",
              "application/vnd.pgrst.plan+json; for=\"application/json\"; "
              "options=analyze|verbose|settings|buffers|wal"},
             {"application/vnd.pgrst.plan; for=\"application/vnd.pgrst.object\"",
              "application/vnd.pgrst.plan+text; for=\"application/vnd.pgrst.object+json\""},
             {"application/vnd.twkb", "application/vnd.twkb"},
             {"image/png; q", "image/png; q"},
             {"nonsense", "nonsense"},
             {"", ""},
             {"text/x-\xe9", "text/x-\xc3\xa9"},
         }) {
        EXPECT_EQ(mime(parse_media_type(text)), understood) << text;
    }
}

TEST(ParseMediaType, CharsetIsToldWhereTextIsOurs) {
    EXPECT_EQ(content_type(parse_media_type("application/json")), "application/json; charset=utf-8");
    EXPECT_EQ(content_type(parse_media_type("application/vnd.pgrst.object")),
              "application/vnd.pgrst.object+json; charset=utf-8");
    EXPECT_EQ(content_type(parse_media_type("application/octet-stream")), "application/octet-stream");
    EXPECT_EQ(content_type(parse_media_type("image/png")), "image/png");
}

std::string accept(std::string_view header) {
    std::string text;
    for (const auto& type : parse_accept(header)) text += (text.empty() ? "" : " ") + mime(type);
    return text;
}

TEST(ParseAccept, BestFirst) {
    EXPECT_EQ(accept(""), "*/*");
    EXPECT_EQ(accept("text/csv, application/json"), "text/csv application/json");
    EXPECT_EQ(accept("text/csv;q=0.5, application/json"), "application/json text/csv");
    EXPECT_EQ(accept("text/csv; q=0.1,text/xml;q=0.9,text/plain;q=0.5"), "text/xml text/plain text/csv");
    EXPECT_EQ(accept("*/*, text/*, text/csv"), "text/csv text/* */*");
    EXPECT_EQ(accept("text/csv, */*; q=0.01"), "text/csv */*");
    EXPECT_EQ(accept("text/csv;q=high, text/xml;q=0.9"), "text/csv text/xml");
    EXPECT_EQ(accept("application/json, application/vnd.pgrst.object+json; nulls=stripped"),
              "application/vnd.pgrst.object+json;nulls=stripped application/json");
    EXPECT_EQ(accept("application/vnd.pgrst.plan+json; for=\"text/csv\"; options=analyze;q=0.3, text/xml;q=0.2"),
              "application/vnd.pgrst.plan+json; for=\"text/csv\"; options=analyze text/xml");
    EXPECT_EQ(accept("text/unknowntype, text/csv"), "text/unknowntype text/csv");
}

}  // namespace
}  // namespace platform::restql
