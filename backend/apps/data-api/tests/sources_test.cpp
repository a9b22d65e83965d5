#include "apps/data-api/sources.hpp"

#include <gtest/gtest.h>

namespace data_api {
namespace {

CommandLine command_line(std::vector<std::string> words) {
    words.insert(words.begin(), "data-api");
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    return read_command_line(static_cast<int>(pointers.size()), pointers.data());
}

Texts environment(std::vector<std::string> entries) {
    std::vector<char*> pointers;
    for (auto& entry : entries) pointers.push_back(entry.data());
    pointers.push_back(nullptr);
    return read_environment(pointers.data());
}

Texts file(std::string_view text) {
    return parse_config_file(text, {{"USER", "ada"}, {"EMPTY", ""}});
}

template <class F>
std::string refusal(F work) {
    try {
        work();
    } catch (const SettingError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(CommandLine, FlagsInBothForms) {
    const auto line =
        command_line({"--db-uri", "postgres://x?a=b", "--db-schemas=a,b", "--jwt-secret=", "/etc/api.conf"});
    EXPECT_EQ(line.flags, (Texts{{"db-uri", "postgres://x?a=b"}, {"db-schemas", "a,b"}, {"jwt-secret", ""}}));
    EXPECT_EQ(line.file, "/etc/api.conf");
    EXPECT_FALSE(line.shows_help || line.shows_version || line.dumps_config);
}

TEST(CommandLine, Switches) {
    EXPECT_TRUE(command_line({"-h"}).shows_help);
    EXPECT_TRUE(command_line({"--help"}).shows_help);
    EXPECT_TRUE(command_line({"-v"}).shows_version);
    EXPECT_TRUE(command_line({"--version"}).shows_version);
    EXPECT_TRUE(command_line({"--dump-config", "a.conf"}).dumps_config);
}

TEST(CommandLine, ApplicationSettings) {
    const auto line = command_line({"--app-setting", "one=1", "--app-setting=app.settings.two=2=2"});
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(line.app_settings, (Pairs{{"one", "1"}, {"two", "2=2"}}));
}

TEST(CommandLine, Refusals) {
    EXPECT_EQ(refusal([] { command_line({"--db-uri"}); }), "--db-uri needs a value");
    EXPECT_EQ(refusal([] { command_line({"a.conf", "b.conf"}); }), "one configuration file is enough: 'b.conf'");
    EXPECT_EQ(refusal([] { command_line({"--app-setting", "x"}); }), "--app-setting needs NAME=VALUE, got 'x'");
}

TEST(Environment, OnlyOurVariables) {
    EXPECT_EQ(environment({"PATH=/bin", "PGRST_DB_URI=postgres://x=y",
                           "PGRST_JWT_SECRET=", "PGRST_APP_SETTINGS_Max_Rows=7", "XPGRST_DB_POOL=1"}),
              (Texts{{"db-uri", "postgres://x=y"}, {"jwt-secret", ""}, {"app.settings.Max_Rows", "7"}}));
}

TEST(ConfigFile, Grammar) {
    EXPECT_EQ(file("# a comment\n"
                   "\n"
                   "db-uri = \"postgres://x\" # behind\r\n"
                   "  db-pool=5   # five\n"
                   "\tdb-config\t=\tfalse\n"
                   "app.settings.text = \"a \\\"b\\\" \\\\ # c = d\"\n"
                   "lines = \"a\\nb\\tc\"\n"
                   "empty = \"\"\n"
                   "db-pool = 6"),
              (Texts{{"db-uri", "postgres://x"},
                     {"db-pool", "6"},
                     {"db-config", "false"},
                     {"app.settings.text", "a \"b\" \\ # c = d"},
                     {"lines", "a\nb\tc"},
                     {"empty", ""}}));
    EXPECT_TRUE(file("").empty());
}

TEST(ConfigFile, Variables) {
    EXPECT_EQ(file("a = \"$(USER) and $(USER)$(EMPTY), $$(USER) $x $\"").at("a"), "ada and ada, $(USER) $x $");
}

TEST(ConfigFile, RefusalsSayTheLine) {
    const auto refused = [](std::string_view text) { return refusal([&] { file(text); }); };
    EXPECT_EQ(refused("a = 1\nnonsense"), "configuration file, line 2: needs NAME = VALUE");
    EXPECT_EQ(refused("= 1"), "configuration file, line 1: needs NAME = VALUE");
    EXPECT_EQ(refused("a = \"1"), "configuration file, line 1: the text has no closing quote");
    EXPECT_EQ(refused("a = \"1\\"), "configuration file, line 1: a backslash at the end");
    EXPECT_EQ(refused("\n\na = \"1\" 2"), "configuration file, line 3: nothing may follow the closing quote");
    EXPECT_EQ(refused("a = \"$(HOME\""), "configuration file, line 1: $( without )");
    EXPECT_EQ(refused("a = \"$(NOBODY)\""), "configuration file, line 1: the environment has no NOBODY");
}

TEST(Sources, Precedence) {
    Sources sources({{"a", "file"}, {"b", "file"}, {"c", "file"}, {"d", "file"}},
                    {{"a", "environment"}, {"b", "environment"}, {"c", "environment"}}, {{"a", "flag"}});
    sources.set_database({{"a", "database"}, {"b", "database"}});
    EXPECT_EQ(sources.find("a"), "flag");
    EXPECT_EQ(sources.find("b"), "database");
    EXPECT_EQ(sources.find("c"), "environment");
    EXPECT_EQ(sources.find("d"), "file");
    EXPECT_EQ(sources.find("e"), std::nullopt);
    EXPECT_EQ(sources.find("e", "d"), "file");
    EXPECT_EQ(sources.find("d", "a"), "file");  // an older name counts only where the new one is not set anywhere
    sources.set_database({});
    EXPECT_EQ(sources.find("b"), "environment");
}

TEST(Sources, ApplicationSettings) {
    Sources sources({{"app.settings.a", "file"}, {"app.settings.b", "file"}, {"db-pool", "1"}},
                    {{"app.settings.b", "environment"}}, {});
    EXPECT_EQ(sources.app_settings(), (Texts{{"a", "file"}, {"b", "environment"}}));
    sources.set_database({{"app.settings.b", "database"}});
    EXPECT_EQ(sources.app_settings().at("b"), "database");
}

TEST(Sources, OnlyTheCommandLineIsCheckedForUnknownNames) {
    const Sources sources({{"from-a-newer-version", "1"}}, {{"db-tx", "1"}}, {{"db-uri", "x"}, {"db-url", "x"}});
    EXPECT_EQ(sources.unknown({"db-uri"}), std::vector<std::string>{"db-url"});
}

}  // namespace
}  // namespace data_api
