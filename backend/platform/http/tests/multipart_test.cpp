#include "platform/http/multipart.hpp"

#include <gtest/gtest.h>

namespace platform::http {
namespace {

constexpr const char* form_type = "multipart/form-data; boundary=X";

std::string refusal_of(std::string_view content_type, std::string_view body) {
    const auto parts = parse_multipart(content_type, body);
    return parts ? "" : parts.error().reason;
}

TEST(Multipart, WhatABrowserSendsForAFile) {
    const std::string body =
        "--X\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"me \\\"x\\\".png\"\r\n"
        "Content-Type: image/png\r\n\r\n\x89PNG\r\n--not a boundary\r\n\r\n--X--\r\n";
    const auto parts = parse_multipart(form_type, body);
    ASSERT_TRUE(parts) << parts.error().message;
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ((*parts)[0].name, "note");
    EXPECT_EQ((*parts)[0].content, "hello");
    EXPECT_EQ((*parts)[0].file_name, "");
    EXPECT_EQ((*parts)[1].file_name, "me \"x\".png");
    EXPECT_EQ((*parts)[1].content_type, "image/png");
    EXPECT_EQ((*parts)[1].content, "\x89PNG\r\n--not a boundary\r\n");
}

TEST(Multipart, AQuotedBoundaryAndUnquotedNames) {
    const auto parts =
        parse_multipart("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"",
                        "--a b\r\ncontent-disposition: form-data; name=file; filename=x.gif\r\n\r\n\r\n--a b--");
    ASSERT_TRUE(parts) << parts.error().message;
    EXPECT_EQ(parts->front().name, "file");
    EXPECT_EQ(parts->front().file_name, "x.gif");
    EXPECT_EQ(parts->front().content, "");
}

TEST(Multipart, AnEmptyFormHasNoParts) {
    EXPECT_EQ(parse_multipart(form_type, "--X--\r\n")->size(), 0U);
}

TEST(Multipart, MalformedFormsAreRefused) {
    EXPECT_EQ(refusal_of("multipart/form-data", "--X--"), "bad_multipart");
    EXPECT_EQ(refusal_of("multipart/form-data; boundary=", "----"), "bad_multipart");
    EXPECT_EQ(refusal_of(form_type, ""), "bad_multipart");
    EXPECT_EQ(refusal_of(form_type, "--Y\r\n"), "bad_multipart");
    EXPECT_EQ(refusal_of(form_type, "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut"), "bad_multipart");
    EXPECT_EQ(refusal_of(form_type, "--X\r\nno head\r\n--X--"), "bad_multipart");
    EXPECT_EQ(refusal_of(form_type, "--X\r\nContent-Type: text/plain\r\n\r\nnameless\r\n--X--"), "bad_multipart");
    std::string many;
    for (std::size_t i = 0; i <= max_form_parts; ++i) {
        many += "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
    }
    EXPECT_EQ(refusal_of(form_type, many + "--X--"), "bad_multipart");
}

TEST(Multipart, OnlyFormsAreForms) {
    EXPECT_TRUE(is_multipart_form("multipart/form-data; boundary=x"));
    EXPECT_FALSE(is_multipart_form("multipart/mixed; boundary=x"));
    EXPECT_FALSE(is_multipart_form("image/png"));
    EXPECT_FALSE(is_multipart_form(""));
}

}  // namespace
}  // namespace platform::http
