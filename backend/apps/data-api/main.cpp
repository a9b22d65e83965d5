#include "apps/data-api/server.hpp"
#include "platform/restql/error.hpp"

#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>

extern char** environ;

namespace {

using namespace data_api;

constexpr const char* usage =
    "usage: data-api [FILE] [--listen HOST:PORT] [--db-uri URI] [--db-schemas a,b] [--db-anon-role ROLE]\n"
    "                [--jwt-secret SECRET] [--setting VALUE ...] [--dump-config] [--version]\n"
    "Every setting of docs/api/data-api.md is a flag, an environment variable (PGRST_DB_URI) and a line of FILE.\n";

std::map<std::string, std::string> variables() {
    std::map<std::string, std::string> all;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) all.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return all;
}

Texts read_file(const CommandLine& line) {
    if (!line.file) return {};
    std::ifstream file(*line.file);
    if (!file) throw SettingError("cannot read the configuration file '" + line.file->string() + "'");
    std::ostringstream text;
    text << file.rdbuf();
    return parse_config_file(text.str(), variables());
}

Sources gather(const CommandLine& line) {
    Sources sources(read_file(line), read_environment(environ), line.flags);
    const auto unknown = sources.unknown(setting_names());
    if (!unknown.empty()) throw SettingError("unknown setting --" + unknown.front());
    return sources;
}

int run(const CommandLine& line) {
    if (line.shows_help) {
        std::cout << usage;
        return 0;
    }
    if (line.shows_version) {
        std::cout << "data-api, speaks the wire of PostgREST " << platform::restql::wire_version << '\n';
        return 0;
    }
    auto settings = read_settings(gather(line), line.app_settings);
    if (line.dumps_config) {
        std::cout << dump(settings);
        return 0;
    }
    return Server(std::move(settings), [line] { return gather(line); }, line.app_settings).run();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(data_api::read_command_line(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << "data-api: " << error.what() << '\n';
        return 1;
    }
}
