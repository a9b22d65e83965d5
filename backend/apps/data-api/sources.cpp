#include "apps/data-api/sources.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <cctype>

namespace data_api {
namespace {

constexpr std::string_view app_prefix = "app.settings.";

/// Without the blanks of one line.
std::string_view trimmed(std::string_view text) {
    return platform::trimmed(text, " \t\r");
}

std::string setting_name(std::string_view variable) {
    std::string name;
    for (const char c : variable)
        name += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
}

[[noreturn]] void bad_line(std::size_t line, std::string_view why) {
    throw SettingError("configuration file, line " + std::to_string(line) + ": " + std::string(why));
}

/// One line's value.
class Value {
public:
    Value(std::string_view text, std::size_t line, const std::map<std::string, std::string>& variables)
        : text_(text), line_(line), variables_(variables) {}

    std::string read() {
        if (!text_.starts_with('"')) return std::string(trimmed(text_.substr(0, text_.find('#'))));
        std::string out;
        for (at_ = 1; at_ < text_.size() && text_[at_] != '"'; ++at_) append_one(out);
        if (at_ >= text_.size()) bad_line(line_, "the text has no closing quote");
        const auto rest = trimmed(text_.substr(at_ + 1));
        if (!rest.empty() && !rest.starts_with('#')) bad_line(line_, "nothing may follow the closing quote");
        return out;
    }

private:
    void append_one(std::string& out) {
        const char c = text_[at_];
        const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
        if (c == '\\') {
            if (next == '\0') bad_line(line_, "a backslash at the end");
            out += next == 'n' ? '\n' : next == 't' ? '\t' : next;
            ++at_;
        } else if (c == '$' && next == '$') {
            out += '$';
            ++at_;
        } else if (c == '$' && next == '(') {
            append_variable(out);
        } else {
            out += c;
        }
    }

    void append_variable(std::string& out) {
        const auto end = text_.find(')', at_);
        if (end == std::string_view::npos) bad_line(line_, "$( without )");
        const std::string name(text_.substr(at_ + 2, end - at_ - 2));
        const auto found = variables_.find(name);
        if (found == variables_.end()) bad_line(line_, "the environment has no " + name);
        out += found->second;
        at_ = end;
    }

    std::string_view text_;
    std::size_t line_;
    const std::map<std::string, std::string>& variables_;
    std::size_t at_ = 0;
};

/// Flags that stand alone.
bool take_switch(CommandLine& line, std::string_view word) {
    if (word == "--help" || word == "-h") return line.shows_help = true;
    if (word == "--version" || word == "-v") return line.shows_version = true;
    if (word == "--dump-config") return line.dumps_config = true;
    return false;
}

void put_flag(CommandLine& line, std::string name, std::string value) {
    if (name != "app-setting") {
        line.flags[std::move(name)] = std::move(value);
        return;
    }
    const auto equals = value.find('=');
    if (equals == std::string::npos) throw SettingError("--app-setting needs NAME=VALUE, got '" + value + "'");
    const std::size_t begin = value.starts_with(app_prefix) ? app_prefix.size() : 0;
    line.app_settings.emplace_back(value.substr(begin, equals - begin), value.substr(equals + 1));
}

}  // namespace

CommandLine read_command_line(int argc, char** argv) {
    CommandLine line;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (take_switch(line, word)) continue;
        if (!word.starts_with("--")) {
            if (line.file) throw SettingError("one configuration file is enough: '" + std::string(word) + "'");
            line.file = word;
            continue;
        }
        const auto equals = word.find('=');
        std::string name(word.substr(2, equals == std::string_view::npos ? word.npos : equals - 2));
        if (equals != std::string_view::npos) {
            put_flag(line, std::move(name), std::string(word.substr(equals + 1)));
        } else if (i + 1 < argc) {
            put_flag(line, std::move(name), argv[++i]);
        } else {
            throw SettingError("--" + name + " needs a value");
        }
    }
    return line;
}

Texts read_environment(char** environment) {
    constexpr std::string_view prefix = "PGRST_";
    constexpr std::string_view app = "APP_SETTINGS_";
    Texts texts;
    for (char** entry = environment; *entry; ++entry) {
        std::string_view text = *entry;
        if (!text.starts_with(prefix)) continue;
        text.remove_prefix(prefix.size());
        const auto equals = text.find('=');
        const auto name = text.substr(0, equals);
        const bool is_app = name.starts_with(app);
        auto key = is_app ? std::string(app_prefix) + std::string(name.substr(app.size())) : setting_name(name);
        texts[std::move(key)] = std::string(text.substr(equals + 1));
    }
    return texts;
}

Texts parse_config_file(std::string_view text, const std::map<std::string, std::string>& variables) {
    Texts texts;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#')) continue;
        const auto equals = line.find('=');
        const auto name = trimmed(line.substr(0, equals));
        if (equals == std::string_view::npos || name.empty()) bad_line(number, "needs NAME = VALUE");
        texts[std::string(name)] = Value(trimmed(line.substr(equals + 1)), number, variables).read();
    }
    return texts;
}

Sources::Sources(Texts file, Texts environment, Texts flags)
    : file_(std::move(file)), environment_(std::move(environment)), flags_(std::move(flags)) {}

std::optional<std::string> Sources::find(std::string_view name, std::string_view older_name) const {
    for (const auto key : {name, older_name}) {
        if (key.empty()) continue;
        for (const auto* source : {&flags_, &database_, &environment_, &file_}) {
            const auto found = source->find(std::string(key));
            if (found != source->end()) return found->second;
        }
    }
    return std::nullopt;
}

Texts Sources::app_settings() const {
    Texts all;
    for (const auto* source : {&file_, &environment_, &database_}) {
        for (const auto& [name, value] : *source) {
            if (name.starts_with(app_prefix)) all[name.substr(app_prefix.size())] = value;
        }
    }
    return all;
}

std::vector<std::string> Sources::unknown(const std::vector<std::string_view>& known) const {
    std::vector<std::string> names;
    for (const auto& [name, value] : flags_) {
        if (std::find(known.begin(), known.end(), name) == known.end()) names.push_back(name);
    }
    return names;
}

}  // namespace data_api
