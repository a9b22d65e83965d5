#include "platform/http/file_response.hpp"
#include "platform/http/request.hpp"

#include <algorithm>
#include <array>

namespace platform::http {
namespace {

struct Type {
    std::string_view extension;
    std::string_view content_type;
};

constexpr std::array<Type, 40> types{{
    {"html", "text/html; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"json", "application/json; charset=utf-8"},
    {"map", "application/json; charset=utf-8"},
    {"webmanifest", "application/manifest+json"},
    {"txt", "text/plain; charset=utf-8"},
    {"md", "text/markdown; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"xml", "application/xml; charset=utf-8"},
    {"rss", "application/rss+xml; charset=utf-8"},
    {"yaml", "application/yaml; charset=utf-8"},
    {"vtt", "text/vtt; charset=utf-8"},
    {"srt", "application/x-subrip; charset=utf-8"},
    {"svg", "image/svg+xml; charset=utf-8"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"avif", "image/avif"},
    {"ico", "image/vnd.microsoft.icon"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"ttf", "font/ttf"},
    {"otf", "font/otf"},
    {"wasm", "application/wasm"},
    {"pdf", "application/pdf"},
    {"zip", "application/zip"},
    {"gz", "application/gzip"},
    {"tgz", "application/gzip"},
    {"mp4", "video/mp4"},
    {"m4v", "video/mp4"},
    {"webm", "video/webm"},
    {"mp3", "audio/mpeg"},
    {"m4a", "audio/mp4"},
    {"ogg", "audio/ogg"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
}};

}  // namespace

std::string_view content_type_of(std::string_view file_name) {
    const auto dot = file_name.rfind('.');
    if (dot != std::string_view::npos) {
        for (const auto& type : types) {
            if (iequals(type.extension, file_name.substr(dot + 1))) return type.content_type;
        }
    }
    return "application/octet-stream";
}

std::string content_disposition(std::string_view kind, std::string_view file_name) {
    std::string fallback;
    for (const char c : file_name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%';
        fallback += is_plain ? c : '_';
    }
    std::string value(kind);
    value += "; filename=\"" + fallback + '"';
    if (fallback != file_name) value += "; filename*=UTF-8''" + percent_encode(file_name);
    return value;
}

}  // namespace platform::http
