#include "apps/trendtactics/command_line.hpp"

namespace tt::composition {
namespace {

struct Split {
    config::Loader::Sources sources;
    std::string command;
    std::string role = "all";
    std::vector<std::string> words;
};

bool is_setting(const std::string& word) {
    const auto equals = word.find('=');
    return word.starts_with("--") && equals != std::string::npos && word.find('.') < equals;
}

Split split(int argc, char** argv) {
    Split result;
    result.sources.environment = config::process_environment();
    const std::vector<std::string> words(argv + 1, argv + argc);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool takes_value = words[i] == "--config" || words[i] == "--role";
        if (takes_value && i + 1 == words.size()) throw config::ConfigError(words[i] + " needs a value");
        if (words[i] == "--config") {
            result.sources.file = words[++i];
        } else if (words[i] == "--role") {
            result.role = words[++i];
        } else if (is_setting(words[i])) {
            result.sources.flags.push_back(words[i]);
        } else if (result.command.empty()) {
            result.command = words[i];
        } else {
            result.words.push_back(words[i]);
        }
    }
    return result;
}

/// Development signs people up at once; production confirms by mail first.
auth::AuthConfig auth_defaults(const Settings& settings) {
    auth::AuthConfig auth;
    auth.autoconfirm = !settings.is_production();
    auth.site_url = settings.server.site_url;
    auth.redirect_origins = {settings.server.academy_url};
    return auth;
}

}  // namespace

CommandLine read_command_line(int argc, char** argv) {
    Split parts = split(argc, argv);
    CommandLine line;
    line.command = std::move(parts.command);
    line.words = std::move(parts.words);
    line.role = std::move(parts.role);
    if (line.role != "all" && line.role != "site" && line.role != "academy") {
        throw config::ConfigError("--role: must be all, site or academy");
    }
    config::Loader loader(std::move(parts.sources));
    bind(loader, line.settings);
    line.auth = auth_defaults(line.settings);
    loader.section("auth", line.auth);
    loader.finish();
    check(line.settings);
    line.printed_config = loader.print();
    return line;
}

}  // namespace tt::composition
