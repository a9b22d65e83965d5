#pragma once

#include "services/auth-service/src/config.hpp"
#include "shared/host/settings.hpp"

#include <string>
#include <vector>

namespace tt::composition {

/// `trendtactics COMMAND [WORD...] [--config FILE] [--role NAME] [--section.key=value...]`
struct CommandLine {
    std::string command;
    std::vector<std::string> words;  ///< a file, --all, …: the command's own
    std::string role = "all";        ///< serve: all, site, academy, site-gateway, academy-gateway
    Settings settings;
    auth::AuthConfig auth;
    std::string printed_config;  ///< all settings as TOML, secrets masked
};

/// Throws config::ConfigError with a sentence for the person at the keyboard.
CommandLine read_command_line(int argc, char** argv);

}  // namespace tt::composition
