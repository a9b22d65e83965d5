#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace data_api {

/// Says which setting is wrong and what it may be.
class SettingError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Texts by setting name ("db-schemas"). app.settings.x keeps its dots.
using Texts = std::map<std::string, std::string>;

/// What the command line said.
struct CommandLine {
    Texts flags{};
    std::vector<std::pair<std::string, std::string>> app_settings{};
    std::optional<std::filesystem::path> file{};  ///< a bare word: the configuration file
    bool shows_help = false;
    bool shows_version = false;
    bool dumps_config = false;
};
/// `--name value` and `--name=value`. Error: SettingError.
CommandLine read_command_line(int argc, char** argv);

/// PGRST_DB_URI becomes db-uri, PGRST_APP_SETTINGS_x becomes app.settings.x.
Texts read_environment(char** environment);

/// `name = value` per line; values are "text" with \" and \\, numbers or booleans; $(NAME) inside a text is the
/// environment's variable and $$ a dollar sign; # begins a comment. Error: SettingError with the line.
Texts parse_config_file(std::string_view text, const std::map<std::string, std::string>& variables);

/// The settings by precedence: command line, database, environment, file.
class Sources {
public:
    Sources(Texts file, Texts environment, Texts flags);
    void set_database(Texts database) { database_ = std::move(database); }

    /// The text of `name` or of the first of its older names that is set; nothing when none is.
    std::optional<std::string> find(std::string_view name, std::string_view older_name = {}) const;
    /// Every app.settings.x by its name x.
    Texts app_settings() const;
    /// Names that nobody knows. Older versions' settings are none of them.
    std::vector<std::string> unknown(const std::vector<std::string_view>& known) const;

private:
    Texts file_, environment_, flags_, database_;
};

}  // namespace data_api
