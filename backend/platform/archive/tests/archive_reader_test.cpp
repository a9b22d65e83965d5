#include "platform/archive/archive_reader.hpp"

#include "platform/archive/tests/archive_builder.hpp"
#include "platform/core/uuid.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace platform::archive {
namespace {

namespace fs = std::filesystem;
using testing::ArchiveBuilder;
using testing::Format;

class ExtractTest : public ::testing::Test {
protected:
    ExtractTest()
        : folder_(fs::temp_directory_path() / ("tt-archive-" + to_string(uuid_v4()))),
          file_(folder_ / "in"),
          target_(folder_ / "out") {
        fs::create_directories(target_);
    }
    ~ExtractTest() override { fs::remove_all(folder_); }

    std::string outcome(const Limits& limits = {}) const {
        const auto result = extract(file_, target_, limits);
        return result ? "ok" : result.error().reason;
    }
    std::string message() const { return extract(file_, target_).error().message; }
    static std::string read(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write_raw(std::string_view bytes) const { std::ofstream(file_, std::ios::binary) << bytes; }
    bool is_outside_untouched() const {
        return std::distance(fs::directory_iterator(folder_), {}) == 2;  // "in" and "out"
    }

    fs::path folder_, file_, target_;
};

class ExtractFormats : public ExtractTest, public ::testing::WithParamInterface<Format> {};

TEST_P(ExtractFormats, UnpacksFilesAndFolders) {
    ArchiveBuilder(file_, GetParam())
        .folder("a/")
        .file("a/b/c.txt", "hello")
        .file("empty", "")
        .file("./d/é ü.txt", "x")
        .close();
    const auto result = extract(file_, target_);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->files.size(), 3U);
    EXPECT_EQ(result->total_bytes, 6U);
    EXPECT_EQ(read(target_ / "a/b/c.txt"), "hello");
    EXPECT_EQ(read(target_ / "d/é ü.txt"), "x");
    EXPECT_EQ(fs::status(target_ / "a/b/c.txt").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_P(ExtractFormats, RefusesNamesThatLeadElsewhere) {
    for (const std::string name : {"/etc/cron.d/x", "../x", "a/../../x", "a/b/..", "C:/x", "a\\..\\..\\x", "a\nb",
                                   "x\x7f", "\xe2\x80\xaegpj.exe"}) {
        fs::remove(file_);
        ArchiveBuilder(file_, GetParam()).file("ok.txt", "fine").file(name, "evil").close();
        fs::remove_all(target_);
        fs::create_directory(target_);
        EXPECT_EQ(outcome(), "archive_unsafe_entry") << name;
        EXPECT_TRUE(is_outside_untouched()) << name;
    }
}

TEST_P(ExtractFormats, RefusesTheSameNameTwice) {
    ArchiveBuilder(file_, GetParam()).file("a/x", "1").file("a//./x", "2").close();
    EXPECT_EQ(outcome(), "archive_unsafe_entry");
}

TEST_P(ExtractFormats, RefusesMoreThanItsLimits) {
    ArchiveBuilder(file_, GetParam())
        .file("1", std::string(1000, 'x'))
        .file("2", std::string(1000, 'x'))
        .file("3", "")
        .close();
    const auto reset = [&] {
        fs::remove_all(target_);
        fs::create_directory(target_);
    };
    EXPECT_EQ(outcome({.max_entries = 2}), "archive_too_large");
    reset();
    EXPECT_EQ(outcome({.max_total_bytes = 1999}), "archive_too_large");
    reset();
    EXPECT_EQ(outcome({.max_file_bytes = 999}), "archive_too_large");
    reset();
    EXPECT_EQ(outcome({.max_entries = 3, .max_total_bytes = 2000, .max_file_bytes = 1000}), "ok");
}

TEST_P(ExtractFormats, RefusesABombBeforeItFillsTheDisk) {
    if (GetParam() == Format::tar) GTEST_SKIP() << "a plain tar is as large as its content";
    ArchiveBuilder bomb(file_, GetParam());
    const std::string zeros(16 << 20, '\0');
    for (int i = 0; i < 8; ++i) bomb.file("zeros-" + std::to_string(i), zeros);
    bomb.close();
    EXPECT_EQ(outcome(), "archive_too_large");
    std::uintmax_t written = 0;
    for (const auto& entry : fs::directory_iterator(target_)) written += entry.file_size();
    EXPECT_LE(written, std::uintmax_t{33} << 20);
}

std::string format_name(const ::testing::TestParamInfo<Format>& info) {
    if (info.param == Format::tar_gz) return "TarGz";
    return info.param == Format::tar ? "Tar" : "Zip";
}

INSTANTIATE_TEST_SUITE_P(All, ExtractFormats, ::testing::Values(Format::tar_gz, Format::tar, Format::zip), format_name);

TEST_F(ExtractTest, RefusesLinksAndDevices) {
    const auto refuses = [&](auto add) {
        fs::remove(file_);
        ArchiveBuilder builder(file_);
        add(builder);
        builder.close();
        fs::remove_all(target_);
        fs::create_directory(target_);
        EXPECT_EQ(outcome(), "archive_unsafe_entry");
    };
    refuses([](ArchiveBuilder& b) { b.symlink("a", "/etc/passwd"); });
    refuses([](ArchiveBuilder& b) { b.symlink("a", "b").file("a/x", "through the link"); });
    refuses([](ArchiveBuilder& b) { b.file("x", "1").hardlink("y", "x"); });
    refuses([](ArchiveBuilder& b) { b.hardlink("y", "/etc/passwd"); });
    refuses([](ArchiveBuilder& b) { b.special("fifo", AE_IFIFO); });
    refuses([](ArchiveBuilder& b) { b.special("null", AE_IFCHR); });
    refuses([](ArchiveBuilder& b) { b.special("disk", AE_IFBLK); });
}

TEST_F(ExtractTest, RefusesAFileThatIsAlsoAFolder) {
    ArchiveBuilder(file_).file("a", "1").file("a/b", "2").close();
    EXPECT_EQ(outcome(), "archive_unsafe_entry");
}

TEST_F(ExtractTest, RefusesASymbolicLinkInsideAZip) {
    ArchiveBuilder(file_, Format::zip).symlink("a", "/etc/passwd").close();
    EXPECT_EQ(outcome(), "archive_unsafe_entry");
}

TEST_F(ExtractTest, RefusesWhatIsNoArchive) {
    for (const std::string_view bytes :
         {std::string_view(""), std::string_view("hello"), std::string_view("<html></html>"),
          std::string_view("\x1f\x8b\x08\x00\x00\x00\x00\x00", 8), std::string_view("PK\x03\x04")}) {
        write_raw(bytes);
        EXPECT_EQ(outcome(), "archive_unreadable") << bytes;
    }
}

TEST_F(ExtractTest, RefusesACutOffArchiveWithAClearMessage) {
    std::string noise(200'000, ' ');
    unsigned state = 1;
    for (char& c : noise) c = static_cast<char>((state = state * 1103515245 + 12345) >> 16);
    ArchiveBuilder(file_).file("noise", noise).close();
    const std::string whole = read(file_);
    for (const std::size_t keep : {whole.size() / 2, whole.size() - 20, std::size_t{30}}) {
        write_raw(std::string_view(whole).substr(0, keep));
        fs::remove_all(target_);
        fs::create_directory(target_);
        EXPECT_EQ(outcome(), "archive_unreadable") << keep;
    }
    fs::remove_all(target_);
    fs::create_directory(target_);
    EXPECT_NE(message().find("damaged"), std::string::npos);
}

TEST_F(ExtractTest, ReportsProgressUpToTheEnd) {
    ArchiveBuilder(file_).file("a", "1").file("b", "2").close();
    double last = 0;
    ASSERT_TRUE(extract(file_, target_, {}, [&](double share) { last = share; }));
    EXPECT_GT(last, 0.5);
    EXPECT_LE(last, 1.0);
}

TEST(SafeEntryName, NormalisesAndKeepsOrdinaryNames) {
    EXPECT_EQ(*safe_entry_name("./a//b/./c"), "a/b/c");
    EXPECT_EQ(*safe_entry_name("a/..b/c.."), "a/..b/c..");
    EXPECT_EQ(*safe_entry_name("./"), "");
    EXPECT_EQ(*safe_entry_name("static/Brain green.png"), "static/Brain green.png");
}

TEST(SafeEntryName, RefusesBrokenUtf8AndLongOrDeepNames) {
    for (const std::string name : {"\xff", "a\xc3", "\xc0\xae\xc0\xae/x", "\xed\xa0\x80", "\xf4\x90\x80\x80"})
        EXPECT_FALSE(safe_entry_name(name)) << name;
    EXPECT_FALSE(safe_entry_name(std::string(241, 'x')));
    EXPECT_TRUE(safe_entry_name(std::string(240, 'x')));
    std::string deep;
    for (int i = 0; i < 25; ++i) deep += "a/";
    EXPECT_FALSE(safe_entry_name(deep));
}

}  // namespace
}  // namespace platform::archive
