#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace platform::http {

struct FileResponseOptions {
    std::string content_type{};   ///< default: by the extension of the path
    std::string etag{};           ///< with quotes; default: from size and modification time
    std::string cache_control{};  ///< default: none
    std::string download_name{};  ///< sends Content-Disposition: attachment with this name (RFC 6266)
};

/// GET/HEAD of a regular file: validators, If-None-Match / If-Modified-Since → 304, one Range with If-Range → 206,
/// unsatisfiable → 416, several ranges → the whole file. 404 when it is missing, a link or not a regular file.
Response file_response(const Request& request, const std::filesystem::path& path, FileResponseOptions options = {});

/// By extension, "application/octet-stream" when unknown; text types carry charset=utf-8.
std::string_view content_type_of(std::string_view file_name);

/// Content-Disposition value with an ASCII fallback and filename* (RFC 6266).
std::string content_disposition(std::string_view kind, std::string_view file_name);

}  // namespace platform::http
