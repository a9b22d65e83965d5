#include "platform/http/static_files.hpp"

#include "platform/core/time.hpp"
#include "platform/http/endpoint.hpp"
#include "platform/http/file_response.hpp"
#include "platform/http/page_shell.hpp"
#include "platform/http/path.hpp"

#include <sys/stat.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

namespace platform::http {
namespace {

namespace fs = std::filesystem;

struct StoredFile {
    std::string content;
    std::string brotli;
    std::string gzip;
    std::string etag;
    std::string_view content_type;
    std::string last_modified;
    bool is_immutable = false;
};

using Files = std::map<std::string, StoredFile, std::less<>>;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file.good() && !file.eof()) throw std::runtime_error("static files: cannot read " + path.string());
    return content;
}

std::string read_if_there(const fs::path& path) {
    return fs::is_regular_file(fs::symlink_status(path)) ? read_file(path) : std::string();
}

std::string last_modified_of(const fs::path& path) {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) return {};
    return to_http_date(Time(std::chrono::seconds(info.st_mtime)));
}

/// Weak, because compressed forms share it. FNV-1a: tells versions of our own files apart, which need no protection
std::string etag_for(std::string_view content) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return "W/\"" + std::to_string(hash) + '"';
}

bool is_hidden(const fs::path& relative) {
    return std::ranges::any_of(relative, [](const fs::path& part) { return part.native().starts_with('.'); });
}

bool is_precompressed_copy(const fs::path& path) {
    const auto extension = path.extension();
    return (extension == ".br" || extension == ".gz") && fs::exists(fs::path(path).replace_extension());
}

StoredFile load_file(const fs::path& path, std::string_view url) {
    StoredFile file;
    file.content = read_file(path);
    file.brotli = read_if_there(path.string() + ".br");
    file.gzip = read_if_there(path.string() + ".gz");
    file.etag = etag_for(file.content);
    file.content_type = content_type_of(url);
    file.last_modified = last_modified_of(path);
    file.is_immutable = url.starts_with("/assets/");
    return file;
}

Files load_folder(const fs::path& root) {
    Files files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const auto relative = entry.path().lexically_relative(root);
        const bool is_plain = fs::is_regular_file(entry.symlink_status());
        if (!is_plain || is_hidden(relative) || is_precompressed_copy(entry.path())) continue;
        std::string url = '/' + relative.generic_string();
        StoredFile file = load_file(entry.path(), url);
        files.emplace(std::move(url), std::move(file));
    }
    return files;
}

/// Whether Accept-Encoding takes `coding`: named and not with q=0.
bool accepts(std::string_view field, std::string_view coding) {
    while (!field.empty()) {
        const auto comma = field.find(',');
        auto item = field.substr(0, comma);
        field = comma == std::string_view::npos ? std::string_view() : field.substr(comma + 1);
        while (item.starts_with(' ')) item.remove_prefix(1);
        const auto end = item.find_first_of("; ");
        if (!iequals(item.substr(0, end), coding)) continue;
        const auto quality = item.find("q=");
        return quality == std::string_view::npos ||
               item.substr(quality + 2).find_first_not_of("0. ") != std::string_view::npos;
    }
    return false;
}

Response serve_file(const Request& request, const StoredFile& file) {
    Response response;
    response.headers.add("content-type", file.content_type);
    response.headers.add("cache-control", file.is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    response.headers.add("etag", file.etag);
    if (!file.last_modified.empty()) response.headers.add("last-modified", file.last_modified);
    const bool has_copies = !file.brotli.empty() || !file.gzip.empty();
    if (has_copies) response.headers.add("vary", "accept-encoding");
    const bool is_known =
        request.headers.contains("if-none-match")
            ? etag_matches(request, file.etag)
            : request.header("if-modified-since") == file.last_modified && !file.last_modified.empty();
    if (is_known) {
        response.status = 304;
        return response;
    }
    const auto accepted = request.header("accept-encoding");
    if (!file.brotli.empty() && accepts(accepted, "br")) {
        response.headers.add("content-encoding", "br");
        response.body = file.brotli;
    } else if (!file.gzip.empty() && accepts(accepted, "gzip")) {
        response.headers.add("content-encoding", "gzip");
        response.body = file.gzip;
    } else {
        response.body = file.content;
    }
    return response;
}

/// A person opening an address, not a script, an image or an API client asking for data.
bool is_navigation(const Request& request) {
    if (request.method != Method::get && request.method != Method::head) return false;
    const auto mode = request.headers.find("sec-fetch-mode");
    if (mode) return *mode == "navigate";
    return request.header("accept").find("text/html") != std::string_view::npos;
}

/// curl and other simple clients take anything: they get a page that exists, but no page in place of an error.
bool takes_anything(const Request& request) {
    if (request.method != Method::get && request.method != Method::head) return false;
    const auto accept = request.header("accept");
    return !request.headers.contains("sec-fetch-mode") && (accept.empty() || accept == "*/*");
}

/// The decoded path below the root, or nothing for a path that no file can have.
std::optional<std::string> file_url(const Request& request) {
    const auto path = PathSegments::parse(request.path());
    if (!path) return std::nullopt;
    std::string url = '/' + path->rest(0);
    return url.find("/.") == std::string::npos ? std::optional(std::move(url)) : std::nullopt;
}

class StaticSite {
public:
    explicit StaticSite(StaticFilesOptions options)
        : options_(std::move(options)), files_(load_folder(options_.root)), shell_(find_shell(files_)) {}

    Task<Response> handle(Request& request) const {
        const auto url = file_url(request);
        const bool is_read = request.method == Method::get || request.method == Method::head;
        if (url && is_read) {
            const auto file = files_.find(*url);
            // index.html is a template: it is only served filled in.
            if (file != files_.end() && *url != "/index.html") co_return serve_file(request, file->second);
        }
        if (url && !url->starts_with("/assets/")) {
            if (is_navigation(request)) co_return co_await page(request);
            if (options_.page && takes_anything(request)) {
                Response response = co_await page(request);
                if (response.status != 404) co_return response;
            }
        }
        co_return render_error({Code::not_found, "not_found", "There is nothing at this address."}, request);
    }

private:
    static std::string find_shell(const Files& files) {
        const auto index = files.find("/index.html");
        if (index == files.end()) throw std::runtime_error("static files: index.html is missing");
        return index->second.content;
    }

    Task<Response> page(const Request& request) const {
        PageMeta meta;
        if (options_.page) {
            auto found = co_await options_.page(request);
            if (found) {
                meta = std::move(*found);
            } else {
                meta.status = 404;
            }
        }
        Response response = text_response(meta.status, shell_.render(meta), "text/html; charset=utf-8");
        response.headers.add("cache-control", options_.page_cache_control);
        response.headers.add("vary", "accept, sec-fetch-mode");
        if (meta.status == 200) {
            const std::string etag = etag_for(std::get<std::string>(response.body));
            response.headers.add("etag", etag);
            if (etag_matches(request, etag)) response.status = 304;
        }
        co_return response;
    }

    StaticFilesOptions options_;
    Files files_;
    PageShell shell_;
};

}  // namespace

Handler static_files(StaticFilesOptions options) {
    auto site = std::make_shared<const StaticSite>(std::move(options));
    return [site](Request& request) { return site->handle(request); };
}

}  // namespace platform::http
