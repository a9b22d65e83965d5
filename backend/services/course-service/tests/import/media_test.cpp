#include "services/course-service/tests/import/import_kit.hpp"

#include <fstream>

namespace tt::course {
namespace {

using import::testing::code_of;
using import::testing::ImportKit;

/// A course whose files are of every kind that is treated differently.
class MediaTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        kit_ = new ImportKit;
        auto files = import::testing::small_course(
            R"(<html url_name="h"><p>Hi</p></html><problem url_name="p"><numericalresponse answer="1"/></problem>)");
        files["course/run1.xml"] =
            R"(<course display_name="Media" course_image="cover.png"><chapter url_name="ch1"/></course>)";
        files["static/cover.png"] = "cover";
        files["static/film.mp4"] = "0123456789";
        files["static/page.html"] = "<script>1</script>";
        files["static/drawing.svg"] = "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>";
        files["static/paper.pdf"] = "%PDF-1.7";
        files["static/code.js"] = "alert(1)";
        files["static/100% odd (näme).txt"] = "text";
        ASSERT_TRUE(kit_->import_files(files));
    }
    static void TearDownTestSuite() { delete kit_; }
    static ImportKit& kit() { return *kit_; }

    static std::string path_of(const std::string& import_name) {
        return kit().database.scalar(
            "SELECT '/media/' || storage_key || '/' || file_name FROM media.assets WHERE import_key LIKE '%static/" +
            import_name + "'");
    }
    static http::Response get(const std::string& target,
                              std::initializer_list<std::pair<std::string, std::string>> headers = {}) {
        http::Request request;
        request.target = target;
        for (const auto& [name, value] : headers) request.headers.set(name, value);
        return kit().send(std::move(request));
    }
    static http::Response get_signed(const std::string& import_name,
                                     std::initializer_list<std::pair<std::string, std::string>> headers = {}) {
        return get(kit().signer.sign(path_of(import_name), kit().clock.now()), headers);
    }
    static std::string header(const http::Response& response, std::string_view name) {
        return std::string(response.headers.find(name).value_or(""));
    }

    static inline ImportKit* kit_ = nullptr;
};

TEST_F(MediaTest, ASignedLinkGivesTheFile) {
    const auto response = get_signed("film.mp4");
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(header(response, "content-type"), "video/mp4");
    EXPECT_EQ(header(response, "accept-ranges"), "bytes");
    EXPECT_EQ(header(response, "x-content-type-options"), "nosniff");
    EXPECT_EQ(header(response, "content-disposition"), "");
    EXPECT_NE(header(response, "cache-control").find("private"), std::string::npos);
}

TEST_F(MediaTest, RangesAreServedAndBounded) {
    const auto part = get_signed("film.mp4", {{"range", "bytes=2-5"}});
    EXPECT_EQ(part.status, 206U);
    EXPECT_EQ(header(part, "content-range"), "bytes 2-5/10");
    EXPECT_EQ(std::get<http::FileBody>(part.body).length, 4U);
    EXPECT_EQ(get_signed("film.mp4", {{"range", "bytes=10-"}}).status, 416U);
    EXPECT_EQ(get_signed("film.mp4", {{"range", "bytes=0-1,3-4,6-7"}}).status, 200U);
}

TEST_F(MediaTest, TheSameContentIsNotSentAgain) {
    const std::string tag = header(get_signed("film.mp4"), "etag");
    EXPECT_EQ(get_signed("film.mp4", {{"if-none-match", tag}}).status, 304U);
}

TEST_F(MediaTest, EveryOtherLinkIsRefused) {
    const std::string path = path_of("film.mp4");
    const std::string url = kit().signer.sign(path, kit().clock.now());
    const auto expect_refused = [&](const std::string& target, const std::string& code) {
        const auto response = get(target);
        EXPECT_EQ(response.status, 403U) << target;
        EXPECT_EQ(code_of(response), code) << target;
    };
    expect_refused(path, "link_invalid");
    expect_refused(url + "&x=1", "link_invalid");
    expect_refused(url + "&sig=0", "link_invalid");
    expect_refused(url.substr(0, url.size() - 1), "link_invalid");
    expect_refused(path_of("cover.png") + url.substr(path.size()), "link_invalid");
    expect_refused(kit().signer.sign(path, kit().clock.now() - std::chrono::hours{24}), "link_expired");
    const storage::UrlSigner other({std::string(32, 'o')});
    expect_refused(other.sign(path, kit().clock.now()), "link_invalid");
}

TEST_F(MediaTest, AKeyWithoutItsNameIsNotFound) {
    const std::string path = path_of("film.mp4");
    const std::string renamed = path.substr(0, path.rfind('/')) + "/film.html";
    EXPECT_EQ(get(kit().signer.sign(renamed, kit().clock.now())).status, 404U);
    EXPECT_EQ(get(kit().signer.sign("/media/" + std::string(64, 'a') + "/x.png", kit().clock.now())).status, 404U);
}

TEST_F(MediaTest, WhatCouldRunIsSandboxedOrDownloaded) {
    const auto svg = get_signed("drawing.svg");
    EXPECT_EQ(header(svg, "content-type"), "image/svg+xml");
    EXPECT_NE(header(svg, "content-security-policy").find("sandbox"), std::string::npos);
    EXPECT_EQ(header(svg, "content-security-policy").find("script-src"), std::string::npos);

    const auto page = get_signed("page.html");
    EXPECT_TRUE(header(page, "content-disposition").starts_with("attachment"));
    const auto framed = get_signed("page.html", {{"sec-fetch-dest", "iframe"}});
    EXPECT_EQ(header(framed, "content-disposition"), "");
    EXPECT_TRUE(header(framed, "content-security-policy").starts_with("sandbox allow-scripts;"));
    EXPECT_EQ(header(framed, "content-security-policy").find("allow-same-origin"), std::string::npos);

    EXPECT_TRUE(header(get_signed("paper.pdf"), "content-disposition").starts_with("attachment"));
    const auto code = get_signed("code.js");
    EXPECT_EQ(header(code, "content-type"), "application/octet-stream");
    EXPECT_TRUE(header(code, "content-disposition").starts_with("attachment"));
}

TEST_F(MediaTest, OddNamesBecomeOrdinaryOnes) {
    const auto response = get_signed("100%");
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(header(response, "content-type"), "text/plain; charset=utf-8");
}

TEST_F(MediaTest, OnlyTheCardOfAPublishedCourseIsPublic) {
    const auto public_path = [](const std::string& name) { return "/media/public" + path_of(name).substr(6); };
    const auto cover = get(public_path("cover.png"));
    EXPECT_EQ(cover.status, 200U);
    EXPECT_EQ(header(cover, "content-type"), "image/png");
    EXPECT_EQ(header(cover, "cross-origin-resource-policy"), "cross-origin");
    EXPECT_EQ(get(public_path("film.mp4")).status, 404U);
    kit().database.exec("UPDATE public.courses SET status = 'archived'");
    EXPECT_EQ(get(public_path("cover.png")).status, 404U);
    kit().database.exec("UPDATE public.courses SET status = 'published'");
}

}  // namespace
}  // namespace tt::course
