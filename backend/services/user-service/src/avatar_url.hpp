#pragma once

#include <optional>
#include <string>

namespace tt::user {

/// Where everybody can fetch an avatar: on the main site, whichever gateway answers.
inline std::optional<std::string> avatar_url(const std::string& site_url, const std::optional<std::string>& key) {
    if (!key) return std::nullopt;
    return site_url + "/media/avatars/" + *key + ".webp";
}

}  // namespace tt::user
