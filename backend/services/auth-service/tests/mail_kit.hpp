#pragma once

#include "services/auth-service/tests/auth_world.hpp"

#include <regex>
#include <string>

namespace tt::auth {

inline std::string first_match(const std::string& text, const char* pattern) {
    std::smatch found;
    return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : "";
}

/// The code in the text of a mail or message, or "".
inline std::string code_in(const std::string& text) {
    return first_match(text, "code(?: is|:) ([0-9]{6,10})");
}

/// Path and query of the link in the text of a mail, or "".
inline std::string link_in(const std::string& text) {
    return first_match(text, "http://site.test(/auth/v1/verify[^\\s]*)");
}

/// A parameter in the query or fragment of an address, as it stands there, or "".
inline std::string parameter_of(const std::string& address, const std::string& name) {
    const auto start = address.find(name + "=");
    if (start == std::string::npos) return "";
    const auto from = start + name.size() + 1;
    return address.substr(from, address.find_first_of("&#", from) - from);
}

inline std::string location_of(const Answer& answer) {
    return std::string(answer.headers.find("location").value_or(""));
}

}  // namespace tt::auth
