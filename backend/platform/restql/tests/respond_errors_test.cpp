#include "platform/restql/error.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

db::SqlError raised(std::string sqlstate, std::string message = "m", std::string detail = "", std::string hint = "") {
    db::SqlError error(message);
    error.sqlstate = std::move(sqlstate);
    error.message = std::move(message);
    error.detail = std::move(detail);
    error.hint = std::move(hint);
    return error;
}

unsigned status(std::string sqlstate, bool is_anonymous = false, std::string message = "m") {
    return from_sql_error(raised(std::move(sqlstate), std::move(message)), is_anonymous).status;
}

TEST(SqlErrors, StatusByState) {
    const std::pair<const char*, unsigned> table[] = {
        {"08006", 503}, {"09000", 500}, {"0L000", 403}, {"0P000", 403}, {"22P02", 400}, {"22023", 400}, {"23502", 400},
        {"23503", 409}, {"23505", 409}, {"23514", 400}, {"25000", 500}, {"25006", 405}, {"28000", 403}, {"2D000", 500},
        {"38000", 500}, {"39000", 500}, {"3B000", 500}, {"40001", 500}, {"42601", 400}, {"42883", 404}, {"42P01", 404},
        {"42P17", 500}, {"42703", 400}, {"53300", 503}, {"53400", 500}, {"54000", 500}, {"55000", 500}, {"57014", 500},
        {"57P01", 503}, {"58000", 500}, {"F0000", 500}, {"HV000", 500}, {"P0001", 400}, {"P0002", 500}, {"XX000", 500},
        {"21000", 500}, {"99999", 400}};
    for (const auto& [state, expected] : table) EXPECT_EQ(status(state), expected) << state;
}

TEST(SqlErrors, StatusByWords) {
    EXPECT_EQ(status("42501", false), 403U);
    EXPECT_EQ(status("42501", true), 401U);
    EXPECT_EQ(status("21000", false, "UPDATE requires a WHERE clause"), 400U);
    EXPECT_EQ(status("22023", false, "role \"nobody\" does not exist"), 401U);
    EXPECT_EQ(status("42883", false, "function xmlagg(json) does not exist"), 406U);
    const auto denied = from_sql_error(raised("42501"), true);
    ASSERT_EQ(denied.headers.size(), 1U);
    EXPECT_EQ(denied.headers[0].first, "WWW-Authenticate");
}

TEST(SqlErrors, TellsWhatPostgresqlSaid) {
    const auto error = from_sql_error(raised("23505", "duplicate key", "Key id=1", ""), false);
    EXPECT_EQ(error_body(error, true),
              R"({"code":"23505","details":"Key id=1","hint":null,"message":"duplicate key"})");
    EXPECT_EQ(error_body(error, false), R"({"code":"23505","message":"duplicate key"})");
}

TEST(SqlErrors, PtChoosesTheStatus) {
    const auto payment = from_sql_error(raised("PT402", "Payment Required", "Quota", "Buy"), false);
    EXPECT_EQ(payment.status, 402U);
    EXPECT_EQ(payment.reason, "Payment Required");
    EXPECT_EQ(error_body(payment, true),
              R"({"code":"PT402","details":"Quota","hint":"Buy","message":"Payment Required"})");
    EXPECT_EQ(status("PT401"), 401U);
    for (const char* state : {"PT4x2", "PTabc", "PT999", "PT100"}) EXPECT_EQ(status(state), 500U) << state;
}

ApiError raise(std::string message, std::string detail) {
    return from_sql_error(raised("PGRST", std::move(message), std::move(detail)), false);
}

TEST(Raise, ChoosesTheWholeAnswer) {
    const auto error = raise(R"({"code":"123","message":"ABC","details":"DEF","hint":"XYZ"})",
                             R"({"status":332,"status_text":"My Status","headers":{"X-Header":"str"}})");
    EXPECT_EQ(error.status, 332U);
    EXPECT_EQ(error.reason, "My Status");
    const auto response = error_response(error);
    EXPECT_EQ(response.headers.find("X-Header"), "str");
    EXPECT_EQ(response.headers.find("Proxy-Status"), "PostgREST; error=123");
    EXPECT_EQ(std::get<std::string>(response.body), R"({"code":"123","details":"DEF","hint":"XYZ","message":"ABC"})");
    const auto bare = raise(R"({"code":"1","message":"m"})", R"({"status":400,"headers":{}})");
    EXPECT_EQ(error_body(bare, true), R"({"code":"1","details":null,"hint":null,"message":"m"})");
}

TEST(Raise, MessageMustBeItsJson) {
    for (const char* message : {"INVALID", "[]", R"({"code":"1"})", R"({"message":"m"})", R"({"code":1,"message":"m"})",
                                R"({"code":"1","message":"m","hint":2})"}) {
        const auto error = raise(message, R"({"status":400,"headers":{}})");
        EXPECT_EQ(error.status, 500U);
        EXPECT_EQ(error.code, "PGRST121");
        EXPECT_EQ(error.details, "Invalid JSON value for MESSAGE: '" + std::string(message) + "'");
    }
}

TEST(Raise, DetailMustBeItsJson) {
    const std::string message = R"({"code":"1","message":"m"})";
    EXPECT_EQ(raise(message, "").details, "DETAIL is missing in the RAISE statement");
    for (const char* detail :
         {"INVALID", "{}", R"({"status":"400","headers":{}})", R"({"status":400})", R"({"status":400,"headers":[]})",
          R"({"status":400,"headers":{"X":1}})", R"({"status":99,"headers":{}})", R"({"status":600,"headers":{}})"}) {
        const auto error = raise(message, detail);
        EXPECT_EQ(error.code, "PGRST121") << detail;
        EXPECT_EQ(error.details, "Invalid JSON value for DETAIL: '" + std::string(detail) + "'");
    }
}

TEST(ErrorResponse, Unavailable) {
    const auto busy = error_response(from_unavailable(db::PoolTimeout("busy")));
    EXPECT_EQ(busy.status, 504U);
    const auto away = error_response(from_unavailable(Unavailable("away")));
    EXPECT_EQ(away.status, 503U);
    EXPECT_EQ(away.headers.find("Retry-After"), "1");
    EXPECT_EQ(away.headers.find("Proxy-Status"), "PostgREST; error=PGRST000");
}

}  // namespace
}  // namespace platform::restql
