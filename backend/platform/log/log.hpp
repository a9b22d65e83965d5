#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

/// One JSON object per line with ECS names (gateway-security.md §7). An event is a noun and a verb
/// ("enrollment_created") and its facts are fields. Values that look like an e-mail address or a token are masked
/// here, so a careless call cannot leak one.
namespace platform::log {

enum class Level { debug, info, warn, error, off };

struct Field {
    using Value = std::variant<std::string, std::int64_t, double, bool>;

    Field(std::string_view name, std::string value) : name(name), value(std::move(value)) {}
    Field(std::string_view name, std::string_view value) : name(name), value(std::string(value)) {}
    Field(std::string_view name, const char* value) : name(name), value(std::string(value)) {}
    Field(std::string_view name, bool value) : name(name), value(value) {}
    Field(std::string_view name, double value) : name(name), value(value) {}
    template <class Integer>
        requires std::is_integral_v<Integer>
    Field(std::string_view name, Integer value) : name(name), value(static_cast<std::int64_t>(value)) {}

    std::string_view name;  ///< ECS name; must outlive the call (a literal)
    Value value;
};

using Fields = std::initializer_list<Field>;

struct Settings {
    Level level = Level::info;
    int fd = 1;                   ///< where the lines go: standard output
    std::string service = "app";  ///< service.name
    std::string version = "dev";  ///< service.version
};

/// Before the first line; not thread-safe.
void configure(Settings settings);
bool is_enabled(Level level);

void debug(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

/// Lines are buffered for at most flush_interval_ms; errors, and this, write at once.
void flush();
inline constexpr int flush_interval_ms = 100;

/// What a value becomes in a line: e-mail addresses keep their first character and domain, tokens become "[token]".
std::string masked(std::string_view value);

}  // namespace platform::log
