#include "services/course-service/contract/media_links.hpp"

#include "platform/http/request.hpp"

namespace tt::course {

namespace {

constexpr std::string_view media_prefix = "/media/";
constexpr std::string_view public_prefix = "/media/public/";

std::string path_of(std::string_view prefix, std::string_view storage_key, std::string_view file_name) {
    return std::string(prefix) + std::string(storage_key) + "/" + http::percent_encode(file_name);
}

std::string escape_ampersands(std::string_view url) {
    std::string escaped;
    for (const char c : url) {
        if (c == '&') {
            escaped += "&amp;";
        } else {
            escaped += c;
        }
    }
    return escaped;
}

}  // namespace

std::string MediaLinks::link(std::string_view url) const {
    if (!url.starts_with(media_prefix) || url.starts_with(public_prefix)) return std::string(url);
    return signer_.sign(url, now_);
}

std::string MediaLinks::file(std::string_view storage_key, std::string_view file_name) const {
    return link(path_of(media_prefix, storage_key, file_name));
}

std::string MediaLinks::public_file(std::string_view storage_key, std::string_view file_name) {
    return path_of(public_prefix, storage_key, file_name);
}

std::string MediaLinks::html(std::string_view html) const {
    constexpr std::string_view start = "=\"/media/";
    std::string linked;
    while (true) {
        const auto at = html.find(start);
        if (at == std::string_view::npos) break;
        const auto begin = at + 2;
        const auto end = html.find('"', begin);
        if (end == std::string_view::npos) break;
        linked += html.substr(0, begin);
        linked += escape_ampersands(link(html.substr(begin, end - begin)));
        html.remove_prefix(end);
    }
    return linked += html;
}

}  // namespace tt::course
