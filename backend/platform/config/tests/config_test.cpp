#include "platform/config/config.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace platform::config {
namespace {

struct HttpSection {
    std::string listen = "127.0.0.1:80";
    unsigned threads = 2;
    bool is_public = false;
    std::vector<std::string> hosts;
    Secret key;
};
BOOST_DESCRIBE_STRUCT(HttpSection, (), (listen, threads, is_public, hosts, key))

std::filesystem::path file_with(const std::string& name, std::string_view text) {
    const auto path = std::filesystem::temp_directory_path() / ("config_test_" + std::to_string(::getpid()) + name);
    std::ofstream(path) << text;
    return path;
}

HttpSection load(Loader::Sources sources) {
    Loader loader(std::move(sources));
    HttpSection http;
    loader.section("http", http);
    loader.finish();
    return http;
}

TEST(Config, DefaultsThenFileThenEnvironmentThenFlags) {
    const auto file =
        file_with("order.toml", "[http]\nlisten = \"a:1\"\nthreads = 3\nis_public = true\nhosts = [\"x\", \"y\"]\n");
    const auto http = load({.file = file,
                            .environment = {{"TT_HTTP_THREADS", "4"}, {"TT_HTTP_LISTEN", "b:2"}},
                            .flags = {"--http.listen=c:3"}});
    EXPECT_EQ(http.listen, "c:3");
    EXPECT_EQ(http.threads, 4U);
    EXPECT_TRUE(http.is_public);
    EXPECT_EQ(http.hosts, (std::vector<std::string>{"x", "y"}));
}

TEST(Config, UnknownKeyStopsTheStart) {
    EXPECT_THROW(load({.file = file_with("unknown.toml", "[http]\nlisen = \"a\"\n")}), ConfigError);
    EXPECT_THROW(load({.environment = {{"TT_HTTP_LISEN", "a"}}}), ConfigError);
    EXPECT_THROW(load({.flags = {"--htp.listen=a"}}), ConfigError);
    EXPECT_NO_THROW(load({.environment = {{"TT_PORT_BASE", "8000"}, {"HOME", "/root"}}}));
}

TEST(Config, WrongTypesNameTheKey) {
    try {
        load({.flags = {"--http.threads=-1"}});
        FAIL();
    } catch (const ConfigError& error) {
        EXPECT_STREQ(error.what(), "http.threads: '-1' is not a whole number in range");
    }
    EXPECT_THROW(load({.flags = {"--http.is_public=yes"}}), ConfigError);
    EXPECT_THROW(load({.file = file_with("broken.toml", "[http\n")}), ConfigError);
}

TEST(Config, SecretsComeFromFilesAndAreNeverPrinted) {
    const auto secret = file_with("key", "s3cret\n");
    Loader loader({.flags = {"--http.key=file:" + secret.string()}});
    HttpSection http;
    loader.section("http", http);
    EXPECT_EQ(http.key.reveal(), "s3cret");
    EXPECT_EQ(loader.print().find("s3cret"), std::string::npos);
    EXPECT_NE(loader.print().find("key = \"***\""), std::string::npos);
}

}  // namespace
}  // namespace platform::config
