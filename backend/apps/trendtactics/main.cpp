#include "apps/trendtactics/commands.hpp"

#include <exception>
#include <iostream>
#include <map>
#include <string>

namespace {

using Command = int (*)(const tt::composition::CommandLine&);

int print_config(const tt::composition::CommandLine& line) {
    std::cout << line.printed_config;
    return 0;
}

const std::map<std::string, Command> commands{
    {"serve", tt::composition::serve},
    {"migrate", tt::composition::migrate},
    {"seed", tt::composition::seed},
    {"import", tt::composition::import_course},
    {"keys", tt::composition::print_keys},
    {"rotate-keys", tt::composition::rotate_keys},
    {"migrate-users", tt::composition::migrate_users},
    {"rebuild-progress", tt::composition::rebuild_progress},
    {"openapi", tt::composition::print_openapi},
    {"print-config", print_config},
};

}  // namespace

int main(int argc, char** argv) {
    try {
        const auto line = tt::composition::read_command_line(argc, argv);
        const auto command = commands.find(line.command);
        if (command == commands.end()) {
            std::cerr
                << "usage: trendtactics "
                   "serve|migrate|seed|import|migrate-users|rebuild-progress|keys|rotate-keys|openapi|print-config "
                   "[--config FILE] [--role all|site|academy|site-gateway|academy-gateway] [--section.key=value ...]\n";
            return 2;
        }
        return command->second(line);
    } catch (const std::exception& error) {
        std::cerr << "trendtactics: " << error.what() << '\n';
        return 1;
    }
}
