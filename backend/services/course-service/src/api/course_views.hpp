#pragma once

#include "platform/json/json.hpp"
#include "services/course-service/contract/course_client.hpp"
#include "services/progress-service/contract/progress_client.hpp"

/// The JSON of the catalogue, the course page and the learner's own courses.
namespace tt::course::api {

enum class Level { beginner, intermediate, advanced, all };
BOOST_DESCRIBE_ENUM(Level, beginner, intermediate, advanced, all)
enum class PriceKind { free, paid };
BOOST_DESCRIBE_ENUM(PriceKind, free, paid)
enum class Sort { relevance, newest, title };
BOOST_DESCRIBE_ENUM(Sort, relevance, newest, title)

inline constexpr int default_page_size = 24;  // divides by 2, 3 and 4 columns
inline constexpr int max_page_size = 100;

struct CourseQuery {
    std::string q;
    std::vector<Level> level;
    std::vector<std::string> language;
    std::optional<PriceKind> price;
    std::optional<Sort> sort;  ///< default: relevance when something is searched for, else newest
    int limit = default_page_size;
    std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(CourseQuery, (), (q, level, language, price, sort, limit, cursor))

struct Price {
    std::int64_t amount_minor = 0;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(Price, (), (amount_minor, currency))

struct CourseCard {
    CourseId id;
    std::string slug;
    std::string title;
    std::optional<std::string> subtitle;
    std::string language;
    std::string level;
    int duration_seconds = 0;
    int lesson_count = 0;
    int quiz_count = 0;
    std::optional<std::string> thumbnail_url;
    std::optional<Price> price;
    std::string enrollment_mode;
};
BOOST_DESCRIBE_STRUCT(CourseCard, (),
                      (id, slug, title, subtitle, language, level, duration_seconds, lesson_count, quiz_count,
                       thumbnail_url, price, enrollment_mode))

struct FacetValue {
    std::string value;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(FacetValue, (), (value, count))

struct Facets {
    std::vector<FacetValue> level;
    std::vector<FacetValue> language;
    std::vector<FacetValue> price;
};
BOOST_DESCRIBE_STRUCT(Facets, (), (level, language, price))

struct CourseList {
    std::vector<CourseCard> items;
    std::optional<std::string> next_cursor;
    std::int64_t total = 0;
    Facets facets;
};
BOOST_DESCRIBE_STRUCT(CourseList, (), (items, next_cursor, total, facets))

struct SyllabusLesson {
    LessonId id;
    std::string slug;
    std::string title;
    std::string kind;
    int est_seconds = 0;
    bool is_preview = false;
    bool required = true;
};
BOOST_DESCRIBE_STRUCT(SyllabusLesson, (), (id, slug, title, kind, est_seconds, is_preview, required))

struct SyllabusModule {
    ModuleId id;
    std::string title;
    std::vector<SyllabusModule> children;
    std::vector<SyllabusLesson> lessons;
};
BOOST_DESCRIBE_STRUCT(SyllabusModule, (), (id, title, children, lessons))

struct MyEnrollment {
    EnrollmentId id;
    std::string status;
    Time enrolled_at{};
    std::optional<Time> completed_at;
};
BOOST_DESCRIBE_STRUCT(MyEnrollment, (), (id, status, enrolled_at, completed_at))

struct CoursePage : CourseCard {
    std::string description_html;
    json::Raw outcomes{"[]"};
    json::Raw pass_percent{"0"};
    Time updated_at{};
    std::vector<SyllabusModule> syllabus;
    std::optional<MyEnrollment> my_enrollment;
};
BOOST_DESCRIBE_STRUCT(CoursePage, (CourseCard),
                      (description_html, outcomes, pass_percent, updated_at, syllabus, my_enrollment))

struct EnrollRequest {
    CourseId course_id;
};
BOOST_DESCRIBE_STRUCT(EnrollRequest, (), (course_id))

/// The body of the Supabase function, spelled as its callers spell it.
struct EnrollFunctionRequest {
    CourseId courseId;
};
BOOST_DESCRIBE_STRUCT(EnrollFunctionRequest, (), (courseId))

struct EnrollmentView {
    EnrollmentId id;
    UserId user_id;
    CourseId course_id;
    std::string status;
    Time enrolled_at{};
    std::optional<Time> expires_at;
    std::optional<Time> completed_at;
};
BOOST_DESCRIBE_STRUCT(EnrollmentView, (), (id, user_id, course_id, status, enrolled_at, expires_at, completed_at))

struct MyCourse {
    EnrollmentView enrollment;
    CourseCard course;
    progress::CourseProgress progress;
};
BOOST_DESCRIBE_STRUCT(MyCourse, (), (enrollment, course, progress))

struct MyCourses {
    std::vector<MyCourse> items;
};
BOOST_DESCRIBE_STRUCT(MyCourses, (), (items))

struct CourseRef {
    CourseId id;
    std::string slug;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(CourseRef, (), (id, slug, title))

struct OutlineLesson {
    LessonId id;
    std::string slug;
    std::string title;
    std::string kind;
    int est_seconds = 0;
    bool required = true;
    std::string state;  ///< not_started | started | completed
};
BOOST_DESCRIBE_STRUCT(OutlineLesson, (), (id, slug, title, kind, est_seconds, required, state))

struct OutlineModule {
    ModuleId id;
    std::string title;
    std::vector<OutlineModule> children;
    std::vector<OutlineLesson> lessons;
};
BOOST_DESCRIBE_STRUCT(OutlineModule, (), (id, title, children, lessons))

struct Outline {
    CourseRef course;
    std::vector<OutlineModule> modules;
    progress::CourseProgress progress;
    std::optional<LessonId> resume_lesson_id;
};
BOOST_DESCRIBE_STRUCT(Outline, (), (course, modules, progress, resume_lesson_id))

EnrollmentView to_view(const Enrollment& enrollment);
MyEnrollment to_my_enrollment(const Enrollment& enrollment);
std::vector<SyllabusModule> to_syllabus(const CourseStructure& structure);
/// `states` of lessons never opened may be missing.
std::vector<OutlineModule> to_outline(const CourseStructure& structure,
                                      const std::vector<progress::LessonState>& states);

}  // namespace tt::course::api

template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::CourseQuery::q>{
    .max_length = 200, .description = "Words to look for; typing errors in titles are forgiven", .may_be_absent = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::CourseQuery::level>{.max_items = 4,
                                                                                                 .may_be_absent = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::CourseQuery::language>{
    .max_items = 20, .may_be_absent = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::CourseQuery::limit>{
    .minimum = 1, .maximum = tt::course::api::max_page_size, .may_be_absent = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::CourseQuery::cursor>{.max_length = 1000};
