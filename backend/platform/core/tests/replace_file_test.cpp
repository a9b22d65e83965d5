#include "platform/core/replace_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <fstream>
#include <iterator>

namespace platform {
namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ReplaceFile, MakesTheDirectoryAndReplacesWhatIsThere) {
    const auto folder = std::filesystem::temp_directory_path() / ("tt-replace-" + std::to_string(::getpid()));
    const auto path = folder / "deep" / "file.json";
    EXPECT_TRUE(replace_file(path, "first and longer"));
    EXPECT_TRUE(replace_file(path, std::string_view("se\0cond", 7)));
    EXPECT_EQ(content_of(path), std::string("se\0cond", 7));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}), 1) << "nothing beside it";
    std::filesystem::remove_all(folder);
}

TEST(ReplaceFile, LeavesTheOldOneWhenItFails) {
    const auto folder = std::filesystem::temp_directory_path() / ("tt-replace-old-" + std::to_string(::getpid()));
    EXPECT_TRUE(replace_file(folder / "file", "old"));
    std::filesystem::create_directory(folder / "file.new");  // where the fresh one would be written
    EXPECT_FALSE(replace_file(folder / "file", "new"));
    EXPECT_EQ(content_of(folder / "file"), "old");
    EXPECT_FALSE(replace_file("/proc/nowhere/file", "x"));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace platform
