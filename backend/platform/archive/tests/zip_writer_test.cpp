#include "platform/archive/zip_writer.hpp"

#include "platform/archive/archive_reader.hpp"
#include "platform/core/uuid.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

namespace platform::archive {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(ZipWriter, WhatWasWrittenIsReadBack) {
    const fs::path folder = fs::temp_directory_path() / ("zip_writer_" + to_string(uuid_v4()));
    fs::create_directories(folder / "out");
    const std::string binary("\0\x01\xff binary", 10);
    const std::string zip =
        zip_of({{"account.json", "{}"}, {"pictures/avatar.webp", binary}, {"empty.txt", ""}, {"Grüße.json", "[1]"}},
               *parse_rfc3339("2026-11-22T12:00:00Z"));
    constexpr std::size_t end_record_bytes = 22;
    EXPECT_EQ(zip.substr(zip.size() - end_record_bytes, 4), "PK\x05\x06") << "no padding behind it";
    std::ofstream(folder / "all.zip", std::ios::binary) << zip;

    const auto extracted = extract(folder / "all.zip", folder / "out");
    ASSERT_TRUE(extracted) << extracted.error().message;
    EXPECT_EQ(extracted->files.size(), 4U);
    EXPECT_EQ(content_of(folder / "out/account.json"), "{}");
    EXPECT_EQ(content_of(folder / "out/pictures/avatar.webp"), binary);
    EXPECT_EQ(content_of(folder / "out/empty.txt"), "");
    EXPECT_EQ(content_of(folder / "out/Grüße.json"), "[1]");
    fs::remove_all(folder);
}

TEST(ZipWriter, NoFilesAreAnEmptyZip) {
    EXPECT_TRUE(zip_of({}, Time{}).starts_with("PK"));
}

}  // namespace
}  // namespace platform::archive
