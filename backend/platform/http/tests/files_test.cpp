#include "platform/http/byte_range.hpp"
#include "platform/http/file_response.hpp"
#include "platform/http/security_headers.hpp"
#include "platform/http/static_files.hpp"
#include "platform/http/tests/edge_kit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>

namespace platform::http {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class Folder {
public:
    Folder() : path_(fs::temp_directory_path() / ("tt-http-files-" + std::to_string(::getpid()))) {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    const fs::path& path() const { return path_; }
    fs::path write(const std::string& name, std::string_view content) const {
        const fs::path file = path_ / name;
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << content;
        return file;
    }

private:
    fs::path path_;
};

Request get_request(std::string target, std::initializer_list<Headers::Field> fields = {}) {
    Request request;
    request.target = std::move(target);
    for (const auto& [name, value] : fields) request.headers.add(name, value);
    return request;
}

TEST(ByteRange, FollowsRfc9110) {
    struct Row {
        std::string_view field;
        RangeResult result;
        std::uint64_t offset, length;
    };
    for (const Row& row :
         {Row{"bytes=0-4", RangeResult::part, 0, 5}, Row{"bytes=5-", RangeResult::part, 5, 5},
          Row{"bytes=-3", RangeResult::part, 7, 3}, Row{"bytes=-30", RangeResult::part, 0, 10},
          Row{"bytes=9-100", RangeResult::part, 9, 1}, Row{"bytes=10-", RangeResult::unsatisfiable, 0, 0},
          Row{"bytes=-0", RangeResult::unsatisfiable, 0, 0}, Row{"bytes=4-2", RangeResult::whole, 0, 0},
          Row{"bytes=0-1,3-4", RangeResult::whole, 0, 0}, Row{"items=0-1", RangeResult::whole, 0, 0},
          Row{"bytes=x-1", RangeResult::whole, 0, 0}, Row{"bytes=-", RangeResult::whole, 0, 0},
          Row{"bytes=99999999999999999999-", RangeResult::whole, 0, 0}}) {
        ByteRange range{};
        EXPECT_EQ(parse_range(row.field, 10, range), row.result) << row.field;
        if (row.result != RangeResult::part) continue;
        EXPECT_EQ(range.offset, row.offset) << row.field;
        EXPECT_EQ(range.length, row.length) << row.field;
    }
}

TEST(FileResponse, ValidatorsRangesAndTypes) {
    const Folder folder;
    const auto path = folder.write("film.mp4", "0123456789");
    Request plain = get_request("/");
    const Response whole = file_response(plain, path);
    EXPECT_EQ(whole.status, 200U);
    EXPECT_EQ(whole.headers.find("content-type"), "video/mp4");
    EXPECT_EQ(whole.headers.find("accept-ranges"), "bytes");
    const std::string etag(*whole.headers.find("etag"));
    const std::string modified(*whole.headers.find("last-modified"));

    const Response part = file_response(get_request("/", {{"range", "bytes=2-4"}, {"if-range", etag}}), path);
    EXPECT_EQ(part.status, 206U);
    EXPECT_EQ(part.headers.find("content-range"), "bytes 2-4/10");
    EXPECT_EQ(std::get<FileBody>(part.body).offset, 2U);
    EXPECT_EQ(std::get<FileBody>(part.body).length, 3U);
    EXPECT_EQ(file_response(get_request("/", {{"range", "bytes=2-4"}, {"if-range", "\"old\""}}), path).status, 200U);
    const Response beyond = file_response(get_request("/", {{"range", "bytes=10-"}}), path);
    EXPECT_EQ(beyond.status, 416U);
    EXPECT_EQ(beyond.headers.find("content-range"), "bytes */10");
    EXPECT_EQ(file_response(get_request("/", {{"if-none-match", etag}}), path).status, 304U);
    EXPECT_EQ(file_response(get_request("/", {{"if-modified-since", modified}}), path).status, 304U);
    EXPECT_EQ(
        file_response(get_request("/", {{"if-none-match", "\"x\""}, {"if-modified-since", modified}}), path).status,
        200U);
}

TEST(FileResponse, MissingFilesLinksAndFoldersAre404) {
    const Folder folder;
    const auto path = folder.write("a.txt", "a");
    fs::create_symlink(path, folder.path() / "link.txt");
    EXPECT_EQ(file_response(get_request("/"), folder.path() / "none").status, 404U);
    EXPECT_EQ(file_response(get_request("/"), folder.path() / "link.txt").status, 404U);
    EXPECT_EQ(file_response(get_request("/"), folder.path()).status, 404U);
}

TEST(FileResponse, DownloadNamesAreEncoded) {
    EXPECT_EQ(content_disposition("attachment", "plan.pdf"), "attachment; filename=\"plan.pdf\"");
    EXPECT_EQ(content_disposition("attachment", "Pl\xc3\xa4n\r\n\".pdf"),
              "attachment; filename=\"Pl__n___.pdf\"; filename*=UTF-8''Pl%C3%A4n%0D%0A%22.pdf");
}

TEST(FileResponse, IsSentOverTheWire) {
    const Folder folder;
    const std::string content(3'000'000, 'v');
    const auto path = folder.write("film.mp4", content);
    Runtime runtime(1);
    Router router;
    router.route(Method::get, "/film",
                 [path](Request& request) -> Task<Response> { co_return file_response(request, path); });
    Server server(runtime, {}, router);
    server.listen();
    const auto port = server.port();
    std::thread thread([&] { runtime.run(); });
    RawSocket socket(port);
    socket.send("GET /film HTTP/1.1\r\nHost: t\r\nRange: bytes=10-19\r\n\r\n");
    EXPECT_THAT(socket.read_until("vvvvvvvvvv"), HasSubstr("content-length: 10\r\n"));
    socket.send("HEAD /film HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_THAT(socket.read_until("\r\n\r\n"), HasSubstr("content-length: 3000000\r\n"));
    socket.send("GET /film HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
    const std::string answer = socket.read_all();
    EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, content.size());
    runtime.stop();
    thread.join();
}

class StaticFilesTest : public testing::Test {
protected:
    StaticFilesTest() {
        folder.write("index.html",
                     "<html><head><title>Shell</title><!--app-head--></head><body><!--app-body--></body></html>");
        folder.write("assets/app-1a2b.js", "console.log(1)");
        folder.write("assets/app-1a2b.js.br", "BROTLI");
        folder.write("assets/app-1a2b.js.gz", "GZIP");
        folder.write("favicon.ico", "icon");
        folder.write(".env", "SECRET=1");
        folder.write(".git/config", "secret");
        folder.write("report.tar.gz", "archive");
        fs::create_symlink("/etc/passwd", folder.path() / "passwd");
        router.fallback(static_files({.root = folder.path(), .page = &page_meta}));
        router.on_response(
            security_headers({.connect_sources = {"http://other:1"}, .image_sources = {"http://other:1"}}));
    }

    static Task<std::optional<PageMeta>> page_meta(const Request& request) {
        if (request.path() != "/" && !request.path().starts_with("/courses/")) co_return std::nullopt;
        PageMeta meta;
        meta.title = "A <b> & \"c\"";
        meta.description = "Text";
        meta.canonical_url = "https://x/y";
        meta.json_ld = R"({"name":"</script><script>"})";
        meta.body_html = "<h1>Hello</h1><!--app-head-->";
        co_return meta;
    }

    Response ask(Request request) { return dispatch(router, request); }

    Folder folder;
    Router router;
};

TEST_F(StaticFilesTest, AssetsAreImmutableAndPrecompressed) {
    Response plain = ask(get_request("/assets/app-1a2b.js"));
    EXPECT_EQ(plain.status, 200U);
    EXPECT_EQ(plain.headers.find("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(plain.headers.find("content-type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(plain.headers.find("vary"), "accept-encoding");
    EXPECT_EQ(body_of(plain), "console.log(1)");
    EXPECT_EQ(body_of(ask(get_request("/assets/app-1a2b.js", {{"accept-encoding", "gzip, deflate, br"}}))), "BROTLI");
    EXPECT_EQ(body_of(ask(get_request("/assets/app-1a2b.js", {{"accept-encoding", "gzip, br;q=0"}}))), "GZIP");
    EXPECT_EQ(body_of(ask(get_request("/assets/app-1a2b.js", {{"accept-encoding", "br;q=0.0, gzip;q=0"}}))),
              "console.log(1)");
    EXPECT_EQ(ask(get_request("/assets/app-1a2b.js", {{"if-none-match", *plain.headers.find("etag")}})).status, 304U);
    EXPECT_EQ(ask(get_request("/assets/app-1a2b.js.br")).status, 404U);
    EXPECT_EQ(ask(get_request("/report.tar.gz")).headers.find("content-type"), "application/gzip");
}

TEST_F(StaticFilesTest, NothingButTheFilesIsServed) {
    for (const auto* path : {"/.env", "/.git/config", "/passwd", "/assets", "/assets/", "/assets/none.js", "/x.js",
                             "/assets/../.env", "/assets/%2e%2e/.env", "/%2e%2e/etc/passwd", "/assets//app-1a2b.js"}) {
        const auto status = ask(get_request(path)).status;
        EXPECT_TRUE(status == 404 || status == 400) << path << ' ' << status;
    }
}

TEST_F(StaticFilesTest, NavigationsGetTheShellWithMeta) {
    const Response page = ask(get_request("/courses/growth", {{"accept", "text/html,*/*"}}));
    EXPECT_EQ(page.status, 200U);
    EXPECT_EQ(page.headers.find("cache-control"), "no-cache");
    const std::string html = body_of(page);
    EXPECT_THAT(html, HasSubstr("<title>A &lt;b&gt; &amp; &quot;c&quot;</title>"));
    EXPECT_THAT(html, Not(HasSubstr("Shell")));
    EXPECT_THAT(html, HasSubstr("<link rel=\"canonical\" href=\"https://x/y\">"));
    EXPECT_THAT(html, HasSubstr("og:description"));
    EXPECT_THAT(html, HasSubstr(R"({"name":"\u003c/script>\u003cscript>"})"));
    EXPECT_THAT(html, HasSubstr("<h1>Hello</h1><!--app-head--></body>")) << "text of a page is not a placeholder";
    EXPECT_EQ(ask(get_request("/", {{"sec-fetch-mode", "navigate"}})).status, 200U);
    EXPECT_EQ(
        ask(get_request("/courses/growth", {{"accept", "text/html"}, {"if-none-match", *page.headers.find("etag")}}))
            .status,
        304U);
}

TEST_F(StaticFilesTest, ClientsThatTakeAnythingGetKnownPagesOnly) {
    EXPECT_EQ(ask(get_request("/courses/growth", {{"accept", "*/*"}})).status, 200U);
    EXPECT_EQ(ask(get_request("/courses/growth", {})).status, 200U);
    EXPECT_EQ(ask(get_request("/courses/growth", {{"accept", "*/*"}, {"sec-fetch-mode", "cors"}})).status, 404U);
    const Response unknown = ask(get_request("/unknown", {{"accept", "*/*"}}));
    EXPECT_EQ(unknown.status, 404U);
    EXPECT_THAT(body_of(unknown), Not(HasSubstr("<title>")));
}

TEST_F(StaticFilesTest, OthersGet404AndUnknownPagesTheShellWith404) {
    EXPECT_EQ(ask(get_request("/courses/growth", {{"accept", "application/json"}})).status, 404U);
    EXPECT_EQ(ask(get_request("/courses/growth", {{"accept", "text/html"}, {"sec-fetch-mode", "cors"}})).status, 404U);
    Request post = get_request("/courses/growth", {{"accept", "text/html"}});
    post.method = Method::post;
    EXPECT_EQ(ask(std::move(post)).status, 404U);
    const Response unknown = ask(get_request("/unknown", {{"accept", "text/html"}}));
    EXPECT_EQ(unknown.status, 404U);
    EXPECT_THAT(body_of(unknown), HasSubstr("<title>Shell</title>"));
    EXPECT_THAT(body_of(unknown), HasSubstr("noindex"));
}

TEST_F(StaticFilesTest, SecurityHeadersFitTheKindOfAnswer) {
    const Response page = ask(get_request("/", {{"accept", "text/html"}}));
    EXPECT_THAT(
        std::string(*page.headers.find("content-security-policy")),
        AllOf(HasSubstr("connect-src 'self' http://other:1"), HasSubstr("img-src 'self' data: https: http://other:1")));
    EXPECT_THAT(std::string(*page.headers.find("content-security-policy")), HasSubstr("script-src 'self';"));
    const Response missing = ask(get_request("/none.js"));
    EXPECT_EQ(missing.headers.find("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(missing.headers.find("x-content-type-options"), "nosniff");
}

}  // namespace
}  // namespace platform::http
