#include "platform/restql/respond/etag.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

http::Response tagged(std::string body, std::string if_none_match = "", http::Method method = http::Method::get,
                      unsigned status = 200, std::string range = "0-0/*") {
    http::Request request;
    request.method = method;
    if (!if_none_match.empty()) request.headers.set("If-None-Match", if_none_match);
    http::Response response;
    response.status = status;
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Content-Range", range);
    response.body = std::move(body);
    apply_etag(request, response);
    return response;
}

std::string tag_of(const http::Response& response) {
    return std::string(response.headers.find("ETag").value_or(""));
}

TEST(Etag, NamesTheAnswer) {
    const auto tag = tag_of(tagged("[1]"));
    EXPECT_EQ(tag.size(), 34U);
    EXPECT_EQ(tag, tag_of(tagged("[1]")));
    EXPECT_NE(tag, tag_of(tagged("[2]")));
    EXPECT_NE(tag, tag_of(tagged("[1]", "", http::Method::get, 206, "0-0/9")));
}

TEST(Etag, SharedTextIsTheSameText) {
    http::Request request;
    http::Response response;
    const auto text = std::make_shared<const std::string>("[1]");
    response.headers.set("Content-Range", "0-0/*");
    response.body = http::SharedText{text, *text};
    apply_etag(request, response);
    EXPECT_EQ(tag_of(response), tag_of(tagged("[1]")));
}

TEST(Etag, NotModified) {
    const auto tag = tag_of(tagged("[1]"));
    for (const std::string& list : {tag, "W/" + tag, "\"a\" , " + tag, "\"a\",W/" + tag + ",\"b\"", std::string("*")}) {
        const auto response = tagged("[1]", list);
        EXPECT_EQ(response.status, 304U) << list;
        EXPECT_EQ(std::get<std::string>(response.body), "");
        EXPECT_EQ(tag_of(response), tag);
        EXPECT_FALSE(response.headers.find("Content-Type"));
    }
    for (const std::string& list : {std::string("\"a\""), tag.substr(1), "x" + tag, std::string(",")}) {
        EXPECT_EQ(tagged("[1]", list).status, 200U) << list;
    }
}

TEST(Etag, OnlyReadsThatSucceed) {
    EXPECT_EQ(tag_of(tagged("", "", http::Method::head)), "");
    EXPECT_EQ(tag_of(tagged("[1]", "*", http::Method::post)), "");
    EXPECT_EQ(tag_of(tagged("[1]", "*", http::Method::get, 404)), "");
    EXPECT_EQ(tagged("[1]", "*", http::Method::get, 416).status, 416U);
}

TEST(Etag, SqlsOwnStays) {
    http::Request request;
    request.headers.set("If-None-Match", "*");
    http::Response response;
    response.headers.set("ETag", "\"mine\"");
    apply_etag(request, response);
    EXPECT_EQ(tag_of(response), "\"mine\"");
    EXPECT_EQ(response.status, 200U);
}

}  // namespace
}  // namespace platform::restql
