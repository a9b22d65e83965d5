#include "platform/intl/time_zones.hpp"

#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

namespace platform::intl {
namespace {

constexpr const char* database_path = "/usr/share/zoneinfo/tzdata.zi";

/// The lines that name something (zic(8)): "Z NAME …" begins a zone, "L TARGET NAME" is a link to one.
std::set<std::string, std::less<>> read_names() {
    std::ifstream file(database_path);
    if (!file) throw std::runtime_error(std::string(database_path) + " is missing: install the package tzdata");
    std::set<std::string, std::less<>> names;
    std::string line, kind, first, second;
    while (std::getline(file, line)) {
        if (!line.starts_with("Z ") && !line.starts_with("L ")) continue;
        std::istringstream(line) >> kind >> first >> second;
        names.insert(kind == "Z" ? first : second);
    }
    names.erase("Factory");  // "nobody has set this machine's zone"
    return names;
}

}  // namespace

bool is_time_zone(std::string_view name) {
    static const auto names = read_names();
    return names.contains(name);
}

}  // namespace platform::intl
