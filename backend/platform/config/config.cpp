#include "platform/config/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>

extern char** environ;

namespace platform::config {
namespace {

std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return std::toupper(c); });
    return result;
}

[[noreturn]] void refuse(const std::string& key, std::string_view value, std::string_view expected) {
    throw ConfigError(key + ": '" + std::string(value) + "' is not " + std::string(expected));
}

template <class Number>
void parse_number(const std::string& key, std::string_view text, Number& out) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) {
        refuse(key, text, std::is_floating_point_v<Number> ? "a number" : "a whole number in range");
    }
}

std::string read_secret(const std::string& key, std::string_view text) {
    if (!text.starts_with("file:")) return std::string(text);
    std::ifstream file{std::string(text.substr(5))};
    std::string line;
    if (!std::getline(file, line))
        throw ConfigError(key + ": cannot read the secret from " + std::string(text.substr(5)));
    return line;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (comma > 0) items.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return items;
}

struct Assign {
    const std::string& key;
    std::string_view text;

    void operator()(std::string* out) const { *out = std::string(text); }
    void operator()(Secret* out) const { *out = Secret(read_secret(key, text)); }
    void operator()(std::filesystem::path* out) const { *out = std::string(text); }
    void operator()(std::vector<std::string>* out) const { *out = split(text); }
    void operator()(bool* out) const {
        if (text != "true" && text != "false") refuse(key, text, "true or false");
        *out = text == "true";
    }
    template <class Number>
    void operator()(Number* out) const {
        parse_number(key, text, *out);
    }
};

struct Print {
    std::string operator()(const std::string* value) const { return quoted(*value); }
    std::string operator()(const Secret* value) const { return value->empty() ? "\"\"" : "\"***\""; }
    std::string operator()(const std::filesystem::path* value) const { return quoted(value->string()); }
    std::string operator()(const bool* value) const { return *value ? "true" : "false"; }
    std::string operator()(const std::vector<std::string>* value) const {
        std::string list = "[";
        for (const auto& item : *value) list += (list.size() > 1 ? ", " : "") + quoted(item);
        return list + "]";
    }
    template <class Number>
    std::string operator()(const Number* value) const {
        return std::to_string(*value);
    }
    static std::string quoted(const std::string& text) {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        return out + '"';
    }
};

/// One TOML value as the text a flag would carry.
std::string scalar_text(const std::string& key, const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* real = node.as_floating_point()) return std::to_string(real->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    if (const auto* list = node.as_array()) {
        std::string joined;
        for (const auto& item : *list) joined += (joined.empty() ? "" : ",") + scalar_text(key, item);
        return joined;
    }
    throw ConfigError(key + ": must be a text, number, boolean or list");
}

}  // namespace

struct Loader::State {
    std::map<std::string, std::string> file, flags;  // "section.key" → text
    Environment environment;
    std::string env_prefix;
    std::set<std::string> sections, used_env;
    std::vector<std::pair<std::string, Target>> bound;
    std::set<std::string> keys;

    void read_file(const std::filesystem::path& path) {
        try {
            for (const auto& [section, table] : toml::parse_file(path.string())) {
                const std::string name(section.str());
                if (!table.is_table()) throw ConfigError(name + ": must stand in a [section]");
                for (const auto& [key, node] : *table.as_table()) {
                    const std::string full = name + '.' + std::string(key.str());
                    file[full] = scalar_text(full, node);
                }
            }
        } catch (const toml::parse_error& error) {
            throw ConfigError(path.string() + ": " + std::string(error.description()) + " (line " +
                              std::to_string(error.source().begin.line) + ")");
        }
    }
};

Environment process_environment() {
    Environment result;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) result.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return result;
}

Loader::Loader(Sources sources) : state_(std::make_unique<State>()) {
    state_->environment = std::move(sources.environment);
    state_->env_prefix = std::move(sources.env_prefix);
    if (sources.file) state_->read_file(*sources.file);
    for (const auto& flag : sources.flags) {
        const auto equals = flag.find('=');
        if (!flag.starts_with("--") || equals == std::string::npos) {
            throw ConfigError("'" + flag + "': a setting is written --section.key=value");
        }
        state_->flags[flag.substr(2, equals - 2)] = flag.substr(equals + 1);
    }
}

Loader::~Loader() = default;

void Loader::bind(std::string_view section, std::string_view key, Target target) {
    const std::string full = std::string(section) + '.' + std::string(key);
    const std::string variable = state_->env_prefix + '_' + upper(section) + '_' + upper(key);
    state_->sections.insert(state_->env_prefix + '_' + upper(section) + '_');
    state_->keys.insert(full);
    state_->used_env.insert(variable);
    state_->bound.emplace_back(full, target);

    if (const auto value = state_->file.find(full); value != state_->file.end())
        std::visit(Assign{full, value->second}, target);
    if (const auto value = state_->environment.find(variable); value != state_->environment.end()) {
        std::visit(Assign{variable, value->second}, target);
    }
    if (const auto value = state_->flags.find(full); value != state_->flags.end())
        std::visit(Assign{full, value->second}, target);
}

void Loader::finish() const {
    std::string unknown;
    const auto note = [&](const std::string& key) { unknown += (unknown.empty() ? "" : ", ") + key; };
    for (const auto* source : {&state_->file, &state_->flags}) {
        for (const auto& [key, value] : *source) {
            if (!state_->keys.contains(key)) note(key);
        }
    }
    for (const auto& [name, value] : state_->environment) {
        const bool is_ours = std::any_of(state_->sections.begin(), state_->sections.end(),
                                         [&](const std::string& prefix) { return name.starts_with(prefix); });
        if (is_ours && !state_->used_env.contains(name)) note(name);
    }
    if (!unknown.empty()) throw ConfigError("unknown settings: " + unknown + " (--print-config lists all)");
}

std::string Loader::print() const {
    std::string text, current;
    for (const auto& [full, target] : state_->bound) {
        const auto dot = full.find('.');
        if (const auto section = full.substr(0, dot); section != current) {
            text += (text.empty() ? "[" : "\n[") + section + "]\n";
            current = section;
        }
        text += full.substr(dot + 1) + " = " + std::visit(Print{}, target) + '\n';
    }
    return text;
}

}  // namespace platform::config
