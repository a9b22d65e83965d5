#include "services/auth-service/src/breached_passwords.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "shared/types/prelude.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <algorithm>
#include <fstream>
#include <vector>

namespace tt::auth {
namespace {

/// The published form: upper case, CRLF, sorted.
std::string published_list(std::vector<std::string> passwords) {
    std::vector<std::string> lines;
    for (const std::string& password : passwords) {
        std::string line = crypto::hex_encode(crypto::sha1(password));
        std::ranges::transform(line, line.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
        lines.push_back(line + ":" + std::to_string(password.size() * 1000) + "\r\n");
    }
    std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
}

class BreachedPasswordsTest : public ::testing::Test {
protected:
    BreachedPasswordsTest() { std::filesystem::create_directories(folder_); }
    ~BreachedPasswordsTest() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path write(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("tt-breached-" + std::to_string(getpid()));
};

TEST_F(BreachedPasswordsTest, FindsWhatTheFileHoldsAndNothingElse) {
    for (const std::size_t count : {1U, 2U, 3U, 1000U}) {
        std::vector<std::string> passwords;
        for (std::size_t i = 0; i < count; ++i) passwords.push_back("leaked " + std::to_string(i));
        const BreachedPasswords breached(write("list.txt", published_list(passwords)));
        for (const std::string& password : passwords) EXPECT_TRUE(breached.contains(password)) << password;
        for (std::size_t i = 0; i < 200; ++i) EXPECT_FALSE(breached.contains("other " + std::to_string(i)));
    }
}

TEST_F(BreachedPasswordsTest, ALastLineWithoutItsEndCounts) {
    std::string list = published_list({"one", "two", "three"});
    list.resize(list.size() - 2);
    const BreachedPasswords breached(write("list.txt", list));
    for (const char* password : {"one", "two", "three"}) EXPECT_TRUE(breached.contains(password)) << password;
}

TEST_F(BreachedPasswordsTest, AFolderOfRangesIsAsGood) {
    // SHA-1 of "password": 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8
    write("5BAA6.txt", "1E4C9B93F3F0682250B6CF8331B7EE68FD7:1\r\n1E4C9B93F3F0682250B6CF8331B7EE68FD8:3861493\r\n");
    const BreachedPasswords breached(folder_);
    EXPECT_TRUE(breached.contains("password"));
    EXPECT_FALSE(breached.contains("not in any range file"));
}

// Fail open: an operator's mistake must not close the site.
TEST_F(BreachedPasswordsTest, WhatCannotBeSearchedCountsAsNotBreached) {
    EXPECT_FALSE(BreachedPasswords(folder_ / "missing").contains("password"));
    EXPECT_FALSE(BreachedPasswords(write("empty", "")).contains("password"));
    EXPECT_FALSE(BreachedPasswords(write("text", "no list at all\n")).contains("password"));
    EXPECT_FALSE(BreachedPasswords(write("blob", std::string(1 << 20, 'x'))).contains("password"));
    const BreachedPasswords off("");
    EXPECT_FALSE(off.is_enabled());
    EXPECT_FALSE(off.contains("password"));
}

}  // namespace
}  // namespace tt::auth
