#include "platform/http/file_response.hpp"

#include "platform/core/time.hpp"
#include "platform/http/byte_range.hpp"
#include "platform/http/endpoint.hpp"

#include <sys/stat.h>

namespace platform::http {
namespace {

struct FileFacts {
    std::uint64_t size;
    std::time_t modified;
};

std::optional<FileFacts> facts_of(const std::filesystem::path& path) {
    struct stat info{};
    if (::lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
    return FileFacts{static_cast<std::uint64_t>(info.st_size), info.st_mtime};
}

std::string date_of(std::time_t second) {
    return to_http_date(Time(std::chrono::seconds(second)));
}

std::string default_etag(const FileFacts& facts) {
    return '"' + std::to_string(facts.size) + '-' + std::to_string(facts.modified) + '"';
}

/// If-None-Match decides alone when it is there (RFC 9110 §13.2.2). Dates compare as text: we only know our own.
bool is_not_modified(const Request& request, std::string_view etag, std::string_view last_modified) {
    if (request.headers.contains("if-none-match")) return etag_matches(request, etag);
    return request.header("if-modified-since") == last_modified;
}

/// A range of another version would be joined with the wrong bytes (RFC 9110 §13.1.5).
bool range_applies(const Request& request, std::string_view etag, std::string_view last_modified) {
    const auto condition = request.headers.find("if-range");
    return !condition || *condition == etag || *condition == last_modified;
}

Response unsatisfiable(const Request& request, std::uint64_t size) {
    const Error error{Code::invalid_argument, "range_not_satisfiable", "The file is shorter than that."};
    Response response = render_error(error, request, 416);
    response.headers.set("content-range", "bytes */" + std::to_string(size));
    return response;
}

Headers describe(const std::filesystem::path& path, const FileResponseOptions& options, std::string_view etag,
                 std::string_view last_modified) {
    Headers headers;
    headers.add("content-type", options.content_type.empty() ? content_type_of(path.filename().native())
                                                             : std::string_view(options.content_type));
    headers.add("etag", etag);
    headers.add("last-modified", last_modified);
    headers.add("accept-ranges", "bytes");
    if (!options.cache_control.empty()) headers.add("cache-control", options.cache_control);
    if (!options.download_name.empty()) {
        headers.add("content-disposition", content_disposition("attachment", options.download_name));
    }
    return headers;
}

}  // namespace

Response file_response(const Request& request, const std::filesystem::path& path, FileResponseOptions options) {
    const auto facts = facts_of(path);
    if (!facts) return render_error({Code::not_found, "not_found", "There is no such file."}, request);
    const std::string etag = options.etag.empty() ? default_etag(*facts) : options.etag;
    const std::string last_modified = date_of(facts->modified);

    Response response{200, describe(path, options, etag, last_modified)};
    if (is_not_modified(request, etag, last_modified)) {
        response.status = 304;
        return response;
    }
    FileBody body{path, 0, facts->size};
    ByteRange range{};
    const auto field = request.headers.find("range");
    if (field && request.method == Method::get && range_applies(request, etag, last_modified)) {
        const auto result = parse_range(*field, facts->size, range);
        if (result == RangeResult::unsatisfiable) return unsatisfiable(request, facts->size);
        if (result == RangeResult::part) {
            response.status = 206;
            body.offset = range.offset;
            body.length = range.length;
            response.headers.set("content-range", "bytes " + std::to_string(range.offset) + '-' +
                                                      std::to_string(range.offset + range.length - 1) + '/' +
                                                      std::to_string(facts->size));
        }
    }
    response.body = std::move(body);
    return response;
}

}  // namespace platform::http
