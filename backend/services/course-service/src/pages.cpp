#include "services/course-service/src/pages.hpp"

#include "platform/core/text.hpp"
#include "platform/markup/sanitizer.hpp"
#include "shared/utils/account_pages.hpp"

#include <boost/json.hpp>

#include <array>

namespace tt::course {
namespace {

constexpr std::size_t description_limit = 155;  // what result pages show (growth.md §4.1)

struct FixedPage {
    std::string_view path;
    std::string_view title;
    std::string_view description;
    bool is_indexable;
};

constexpr std::array<FixedPage, 8> fixed_pages{{
    {"/", "TrendTactics Academy: learn growth marketing by doing",
     "Courses with video, graded quizzes and certificates that anyone can verify.", true},
    {"/courses", "All courses of the TrendTactics Academy",
     "Search and filter the courses of the TrendTactics Academy.", true},
    {"/verify", "Verify a certificate", "Check whether a certificate of the TrendTactics Academy is genuine.", true},
    {"/my-learning", "My learning", "", false},
    {"/certificates", "My certificates", "", false},
    {"/sign-in", "Sign in to the academy", "", false},
    {"/sign-up", "Create an account", "", false},
    {"/admin/import", "Import a course", "", false},
}};

/// Pages about one thing that search engines should not keep.
constexpr std::array<std::string_view, 2> private_prefixes{"/learn/", "/verify/"};

std::string shortened(std::string text) {
    if (text.size() <= description_limit) return text;
    const auto space = text.rfind(' ', description_limit - 3);
    return text.substr(0, space == std::string::npos ? description_limit - 3 : space) + "…";
}

std::string course_json_ld(const api::CoursePage& course, const std::string& url, const std::string& description) {
    return boost::json::serialize(boost::json::object{
        {"@context", "https://schema.org"},
        {"@type", "Course"},
        {"name", course.title},
        {"description", description},
        {"inLanguage", course.language},
        {"url", url},
        {"provider", boost::json::object{{"@type", "Organization"}, {"name", "TrendTactics Academy"}}},
    });
}

http::PageMeta course_meta(const api::CoursePage& course, const std::string& academy_url) {
    const std::string url = academy_url + "/courses/" + course.slug;
    const std::string plain = markup::sanitize(course.description_html).text;
    const std::string description = shortened(course.subtitle.value_or(plain));
    return {.title = course.title,
            .description = description,
            .canonical_url = url,
            .image_url = course.thumbnail_url ? academy_url + *course.thumbnail_url : std::string(),
            .json_ld = course_json_ld(course, url, description),
            .body_html = "<main><h1>" + escape_html(course.title) + "</h1>" + course.description_html + "</main>"};
}

Task<std::string> catalogue_html(CourseService& courses) {
    const auto list = co_await courses.list({});
    std::string html = "<main><h1>Courses</h1><ul>";
    if (list) {
        for (const auto& course : list->items) {
            html += "<li><a href=\"/courses/" + course.slug + "\">" + escape_html(course.title) + "</a> " +
                    escape_html(course.subtitle.value_or("")) + "</li>";
        }
    }
    co_return html + "</ul></main>";
}

}  // namespace

Task<std::optional<http::PageMeta>> page_meta(CourseService& courses, std::string academy_url, std::string path) {
    constexpr std::string_view course_prefix = "/courses/";
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    for (const auto& page : fixed_pages) {
        if (page.path != path) continue;
        http::PageMeta meta{.title = std::string(page.title),
                            .description = std::string(page.description),
                            .canonical_url = academy_url + path,
                            .is_indexable = page.is_indexable};
        if (path == "/courses") meta.body_html = co_await catalogue_html(courses);
        co_return meta;
    }
    for (const auto& prefix : private_prefixes) {
        if (path.starts_with(prefix)) co_return http::PageMeta{.title = "TrendTactics Academy", .is_indexable = false};
    }
    if (is_account_page(path)) co_return http::PageMeta{.title = "TrendTactics Academy", .is_indexable = false};
    if (!path.starts_with(course_prefix)) co_return std::nullopt;
    const auto course = co_await courses.page(path.substr(course_prefix.size()), std::nullopt);
    if (!course) co_return std::nullopt;
    co_return course_meta(*course, academy_url);
}

}  // namespace tt::course
