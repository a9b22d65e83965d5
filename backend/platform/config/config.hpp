#pragma once

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Typed settings: a described struct per section, defaults in the struct, overridden by the TOML file, then by the
/// environment (PREFIX_SECTION_KEY), then by flags (--section.key=value). A key nobody declared stops the start.
namespace platform::config {

/// A value that must not be printed. `file:/path` in the source reads the file's first line instead.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }

private:
    std::string value_;
};

/// Says which key is wrong and what it may be.
class ConfigError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The member of a section, whatever its type.
using Target = std::variant<std::string*, Secret*, std::filesystem::path*, bool*, int*, std::int64_t*, unsigned*,
                            std::size_t*, double*, std::vector<std::string>*>;

using Environment = std::map<std::string, std::string>;
/// The variables of this process.
Environment process_environment();

class Loader {
public:
    struct Sources {
        std::optional<std::filesystem::path> file{};
        std::string env_prefix = "TT";
        Environment environment{};
        std::vector<std::string> flags{};  ///< "--section.key=value"
    };
    /// Throws ConfigError when the file or a flag cannot be read.
    explicit Loader(Sources sources);
    ~Loader();

    /// Fills `section` (a described struct) from the sources. Throws ConfigError for a value of the wrong type.
    template <class Section>
    void section(std::string_view name, Section& section) {
        boost::mp11::mp_for_each<boost::describe::describe_members<Section, boost::describe::mod_public>>(
            [&](auto member) { bind(name, member.name, Target(&(section.*member.pointer))); });
    }

    /// After all sections: throws ConfigError naming every key that no section declared.
    void finish() const;
    /// All bound values as TOML, secrets masked: the output of --print-config.
    std::string print() const;

private:
    struct State;
    void bind(std::string_view section, std::string_view key, Target target);

    std::unique_ptr<State> state_;
};

}  // namespace platform::config
