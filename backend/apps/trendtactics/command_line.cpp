#include "apps/trendtactics/command_line.hpp"

#include "services/auth-service/src/host_config.hpp"

#include <algorithm>
#include <array>

namespace tt::composition {
namespace {

constexpr std::array<std::string_view, 5> roles{"all", "site", "academy", "site-gateway", "academy-gateway"};

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

}  // namespace

CommandLine read_command_line(int argc, char** argv) {
    Split parts = split(argc, argv);
    CommandLine line;
    line.command = std::move(parts.command);
    line.words = std::move(parts.words);
    line.role = std::move(parts.role);
    if (std::ranges::find(roles, line.role) == roles.end()) {
        throw config::ConfigError("--role: must be all, site, academy, site-gateway or academy-gateway");
    }
    config::Loader loader(std::move(parts.sources));
    bind(loader, line.settings);
    auth::bind_auth(loader, line.settings, line.auth);
    loader.finish();
    check(line.settings);
    line.printed_config = loader.print();
    auto& name = line.settings.tracing.service_name;
    if (line.role != "all" && name == TracingSettings{}.service_name) name = line.role;
    return line;
}

}  // namespace tt::composition
