#include "platform/storage/file_store.hpp"

#include "platform/core/sha256.hpp"
#include "platform/core/uuid.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

namespace platform::storage {
namespace {

namespace fs = std::filesystem;

class FileDirectoryTest : public ::testing::Test {
protected:
    FileDirectoryTest()
        : folder_(fs::temp_directory_path() / ("tt-store-" + to_string(uuid_v4()))), store_(folder_ / "objects") {}
    ~FileDirectoryTest() override { fs::remove_all(folder_); }

    fs::path write_file(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return folder_ / name;
    }
    static std::string read(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::size_t pending_files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_ / "objects" / "tmp"), {}));
    }

    fs::path folder_;
    FileDirectory store_;
};

TEST_F(FileDirectoryTest, TheKeyIsTheHashOfTheContent) {
    const auto stored = store_.put_file(write_file("a.txt", "abc"), "text/plain");
    EXPECT_EQ(stored.key, sha256_hex("abc"));
    EXPECT_EQ(stored.bytes, 3U);
    EXPECT_TRUE(stored.created);
    const auto found = store_.open(stored.key);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->bytes, 3U);
    EXPECT_EQ(read(found->path), "abc");
    EXPECT_EQ(pending_files(), 0U);
}

TEST_F(FileDirectoryTest, TheSameContentIsStoredOnce) {
    const auto first = store_.put_bytes("same", "text/plain");
    const auto second = store_.put_file(write_file("b.txt", "same"), "text/plain");
    EXPECT_TRUE(first.created);
    EXPECT_FALSE(second.created);
    EXPECT_EQ(first.key, second.key);
    EXPECT_EQ(pending_files(), 0U);
}

TEST_F(FileDirectoryTest, EmptyAndLargeFilesKeepTheirBytes) {
    EXPECT_EQ(store_.open(store_.put_bytes("", "text/plain").key)->bytes, 0U);
    const std::string large(3'000'001, 'x');
    const auto stored = store_.put_file(write_file("large", large), "application/octet-stream");
    EXPECT_EQ(read(store_.open(stored.key)->path), large);
}

TEST_F(FileDirectoryTest, TextThatIsNoKeyOpensNothing) {
    for (const std::string key : {"", "..", "../../etc/passwd", "ABCDEF", "tmp"}) {
        EXPECT_FALSE(store_.open(key)) << key;
        EXPECT_FALSE(store_.remove(key)) << key;
    }
    EXPECT_FALSE(store_.open(std::string(64, 'A')));
    EXPECT_FALSE(store_.open(std::string(64, 'a')));
}

TEST_F(FileDirectoryTest, ALinkInPlaceOfTheSourceIsRefused) {
    fs::create_symlink("/etc/passwd", folder_ / "link");
    EXPECT_THROW(store_.put_file(folder_ / "link", "text/plain"), std::system_error);
}

TEST_F(FileDirectoryTest, RemoveIsTrueOnce) {
    const auto stored = store_.put_bytes("bye", "text/plain");
    EXPECT_TRUE(store_.remove(stored.key));
    EXPECT_FALSE(store_.remove(stored.key));
    EXPECT_FALSE(store_.open(stored.key));
}

TEST_F(FileDirectoryTest, WhatAKilledWriterLeftIsRemovedAfterAWhile) {
    std::ofstream(folder_ / "objects" / "tmp" / "half") << "half";
    EXPECT_EQ(store_.remove_abandoned(std::chrono::hours{1}), 0U);
    EXPECT_EQ(store_.remove_abandoned(std::chrono::seconds{-1}), 1U);
}

TEST_F(FileDirectoryTest, SixteenWritersOfOneContentAgree) {
    std::vector<std::thread> writers;
    for (int i = 0; i < 16; ++i) writers.emplace_back([this] { store_.put_bytes("raced", "text/plain"); });
    for (auto& writer : writers) writer.join();
    EXPECT_EQ(store_.open(sha256_hex("raced"))->bytes, 5U);
    EXPECT_EQ(pending_files(), 0U);
}

TEST(FileStore, WorksFromACoroutine) {
    const auto folder = fs::temp_directory_path() / ("tt-store-" + to_string(uuid_v4()));
    Runtime runtime(1);
    FileStore store(folder, runtime);
    std::optional<OpenObject> found;
    const auto work = [&]() -> Task<void> {
        const auto stored = co_await store.put_bytes("from a coroutine", "text/plain");
        found = co_await store.open(stored.key);
        runtime.stop();
    };
    runtime.spawn(0, work());
    runtime.run();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->bytes, 16U);
    fs::remove_all(folder);
}

}  // namespace
}  // namespace platform::storage
