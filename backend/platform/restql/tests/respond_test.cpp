#include "platform/restql/respond/respond.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

ApiRequest request_of(Action action, std::optional<Count> count = {}) {
    ApiRequest request;
    request.action = action;
    request.name = "books";
    request.schema = "shop";
    request.preferences.count = count;
    return request;
}

http::SharedText text(std::string value) {
    const auto held = std::make_shared<const std::string>(std::move(value));
    return {held, *held};
}

Outcome outcome_of(std::int64_t rows, std::optional<std::int64_t> total = {}) {
    return {.result = {.total = total, .page_total = rows, .body = text("[]")}, .has_key = true};
}

/// "200 0-4/*"
std::string told(const ApiRequest& request, Outcome outcome) {
    const auto response = respond(request, std::move(outcome), {});
    if (!response) return response.error().code;
    return std::to_string(response->status) + " " + std::string(response->headers.find("Content-Range").value_or("-"));
}

TEST(Respond, RangesOfReads) {
    const auto range = [](std::int64_t offset, std::int64_t rows, std::optional<std::int64_t> total) {
        auto request = request_of(Action::read);
        request.window.offset = offset;
        return told(request, outcome_of(rows, total));
    };
    EXPECT_EQ(range(0, 5, {}), "200 0-4/*");
    EXPECT_EQ(range(0, 0, {}), "200 */*");
    EXPECT_EQ(range(0, 5, 5), "200 0-4/5");
    EXPECT_EQ(range(0, 2, 5), "206 0-1/5");
    EXPECT_EQ(range(3, 2, 5), "206 3-4/5");
    EXPECT_EQ(range(0, 0, 0), "200 */0");
    EXPECT_EQ(range(5, 0, 5), "206 */5");
    EXPECT_EQ(range(6, 0, 5), "416 */5");
    EXPECT_EQ(range(7, 0, {}), "200 */*");
}

TEST(Respond, BehindTheLastRow) {
    auto request = request_of(Action::read);
    request.window.offset = 10;
    const auto response = respond(request, outcome_of(0, 5), {});
    EXPECT_EQ(std::get<std::string>(response->body),
              R"({"code":"PGRST103","details":"An offset of 10 was requested, but there are only 5 rows.",)"
              R"("hint":null,"message":"Requested range not satisfiable"})");
}

TEST(Respond, StatusesOfWrites) {
    EXPECT_EQ(told(request_of(Action::insert), outcome_of(2)), "201 */*");
    EXPECT_EQ(told(request_of(Action::insert, Count::exact), outcome_of(2)), "201 */2");
    EXPECT_EQ(told(request_of(Action::update), outcome_of(2)), "204 0-1/*");
    EXPECT_EQ(told(request_of(Action::update, Count::exact), outcome_of(2)), "204 0-1/2");
    EXPECT_EQ(told(request_of(Action::update), outcome_of(0)), "204 */*");
    EXPECT_EQ(told(request_of(Action::remove), outcome_of(2)), "204 */*");
    EXPECT_EQ(told(request_of(Action::remove, Count::exact), outcome_of(2)), "204 */2");
    EXPECT_EQ(told(request_of(Action::put), outcome_of(1)), "204 -");
    for (const auto action : {Action::update, Action::remove}) {
        auto request = request_of(action);
        request.preferences.returns = Return::representation;
        EXPECT_EQ(told(request, outcome_of(2)).substr(0, 3), "200");
    }
}

TEST(Respond, UpsertsThatInsertNothingCreateNothing) {
    auto request = request_of(Action::insert);
    request.preferences.resolution = Resolution::merge_duplicates;
    auto outcome = outcome_of(2);
    outcome.result.inserted = 0;
    EXPECT_EQ(told(request, outcome), "200 */*");
    outcome.result.inserted = 1;
    EXPECT_EQ(told(request, outcome), "201 */*");
    request.preferences.resolution = Resolution::ignore_duplicates;
    outcome.result.inserted = 0;
    EXPECT_EQ(told(request, outcome), "201 */*");
}

TEST(Respond, PutWithItsRow) {
    auto request = request_of(Action::put);
    request.preferences.returns = Return::representation;
    auto outcome = outcome_of(1);
    outcome.result.inserted = 1;
    EXPECT_EQ(told(request, outcome).substr(0, 3), "201");
    outcome.result.inserted = 0;
    EXPECT_EQ(told(request, outcome).substr(0, 3), "200");
}

TEST(Respond, Calls) {
    EXPECT_EQ(told(request_of(Action::call), outcome_of(1)), "200 0-0/*");
    auto outcome = outcome_of(1);
    outcome.is_void = true;
    EXPECT_EQ(told(request_of(Action::call), outcome).substr(0, 3), "204");
}

TEST(Respond, WhereTheNewRowIs) {
    auto outcome = outcome_of(1);
    outcome.result.location = {"id=eq.5", "name=eq.a b&c"};
    const auto response = respond(request_of(Action::insert), outcome, {});
    EXPECT_EQ(response->headers.find("Location"), "/books?id=eq.5&name=eq.a%20b%26c");
}

TEST(Respond, HeadAndContentLocation) {
    auto request = request_of(Action::read);
    request.query.canonical = "id=eq.1&select=id";
    request.is_head = true;
    const auto response = respond(request, outcome_of(1), {});
    EXPECT_EQ(response->headers.find("Content-Location"), "/books?id=eq.1&select=id");
    EXPECT_EQ(response->headers.find("Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(response->headers.find("Vary"), "Accept, Prefer, Range");
    EXPECT_TRUE(std::holds_alternative<std::string>(response->body));
}

TEST(Respond, OnlyWhatWasAppliedIsSaidToBe) {
    auto request = request_of(Action::read, Count::exact);
    request.preferences.returns = Return::representation;
    request.preferences.resolution = Resolution::merge_duplicates;
    request.preferences.missing = Missing::use_default;
    request.preferences.handling = Handling::strict;
    request.preferences.max_affected = 5;
    const auto applied = [](const ApiRequest& made) {
        return std::string(respond(made, outcome_of(1), {})->headers.find("Preference-Applied").value_or(""));
    };
    EXPECT_EQ(applied(request), "count=exact, handling=strict");
    request.action = Action::remove;
    EXPECT_EQ(applied(request), "return=representation, count=exact, handling=strict, max-affected=5");
    EXPECT_EQ(applied(request_of(Action::read)), "");
}

TEST(Respond, SqlsStatusAndHeaders) {
    auto outcome = outcome_of(1);
    outcome.result.response_status = "418";
    outcome.result.response_headers =
        R"([{"Vary":"Cookie"},{"Set-Cookie":"a=1"},{"Set-Cookie":"b=2"},{"Content-Type":"text/x"}])";
    const auto response = respond(request_of(Action::read), outcome, {});
    EXPECT_EQ(response->status, 418U);
    EXPECT_EQ(response->headers.find("Vary"), "Cookie");
    EXPECT_EQ(response->headers.find("Content-Type"), "text/x");
    int cookies = 0;
    for (const auto [name, value] : response->headers) cookies += name == "Set-Cookie" ? 1 : 0;
    EXPECT_EQ(cookies, 2);
}

TEST(Respond, WhatIsNoStatusAndNoHeaders) {
    for (const char* bad : {"abc", "", "99", "1000"}) {
        auto outcome = outcome_of(1);
        outcome.result.response_status = bad;
        EXPECT_EQ(told(request_of(Action::read), outcome), "PGRST112") << bad;
    }
    for (const char* bad : {"{}", "[1]", R"([{"a":1}])", R"([{"a":"1","b":"2"}])", "[{}]", "x", R"([{"a":"1\n2"}])"}) {
        auto outcome = outcome_of(1);
        outcome.result.response_headers = bad;
        EXPECT_EQ(told(request_of(Action::read), outcome), "PGRST111") << bad;
    }
}

TEST(Refuse, ByTheOutcome) {
    const auto refused = [](const ApiRequest& request, const Outcome& outcome) {
        const auto error = refuse_outcome(request, outcome.media, outcome.result.page_total);
        return error ? std::to_string(error->status) + " " + error->code + " " + error->details.value_or("-") : "";
    };
    auto single = outcome_of(2);
    single.media.kind = MediaType::Kind::object;
    EXPECT_EQ(refused(request_of(Action::read), single), "406 PGRST116 The result contains 2 rows");
    single.result.page_total = 1;
    EXPECT_EQ(refused(request_of(Action::read), single), "");
    EXPECT_EQ(refused(request_of(Action::put), outcome_of(0)), "400 PGRST115 -");
    auto limited = request_of(Action::update);
    limited.preferences.max_affected = 1;
    EXPECT_EQ(refused(limited, outcome_of(2)), "");  // lenient
    limited.preferences.handling = Handling::strict;
    EXPECT_EQ(refused(limited, outcome_of(2)), "400 PGRST124 The query affects 2 rows");
    EXPECT_EQ(refused(limited, outcome_of(1)), "");
    limited.action = Action::read;
    EXPECT_EQ(refused(limited, outcome_of(2)), "");
}

}  // namespace
}  // namespace platform::restql
