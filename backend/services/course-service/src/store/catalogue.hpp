#pragma once

#include "platform/db/database.hpp"
#include "services/course-service/contract/course_client.hpp"

namespace tt::course::store {

struct CardRecord {
    CourseId id;
    std::string slug;
    std::string title;
    std::optional<std::string> subtitle;
    std::string language;
    std::string level;
    int duration_seconds = 0;
    int lesson_count = 0;
    int quiz_count = 0;
    std::optional<std::string> thumbnail_key;
    std::optional<std::string> thumbnail_name;
    std::optional<std::int64_t> amount_minor;
    std::optional<std::string> currency;
    std::string enrollment_mode;
};
BOOST_DESCRIBE_STRUCT(CardRecord, (),
                      (id, slug, title, subtitle, language, level, duration_seconds, lesson_count, quiz_count,
                       thumbnail_key, thumbnail_name, amount_minor, currency, enrollment_mode))

struct ListedCard : CardRecord {
    std::string sort_number;
    std::string sort_text;
};
BOOST_DESCRIBE_STRUCT(ListedCard, (CardRecord), (sort_number, sort_text))

struct PageRecord : CardRecord {
    std::string description_html;
    json::Raw outcomes;
    std::string pass_percent;
    Time updated_at{};
};
BOOST_DESCRIBE_STRUCT(PageRecord, (CardRecord), (description_html, outcomes, pass_percent, updated_at))

struct FacetCount {
    std::string facet;  ///< total | level | language | price
    std::string value;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(FacetCount, (), (facet, value, count))

/// Where a page of the list ended.
struct ListPosition {
    std::string number;
    std::string text;
    CourseId id;
};

struct CourseFilter {
    std::string text;
    std::vector<std::string> levels;
    std::vector<std::string> languages;
    std::string price;  ///< free | paid | empty
};

struct ListRequest {
    CourseFilter filter;
    std::string sort;  ///< relevance | newest | title
    std::optional<ListPosition> after;
    int limit = 0;
};

/// Published, listed courses.
Task<std::vector<ListedCard>> list_courses(db::Database database, ListRequest request);
Task<std::vector<FacetCount>> count_courses(db::Database database, CourseFilter filter);

Task<std::optional<CourseId>> find_course_id(db::Database database, std::string slug);
Task<std::optional<PageRecord>> find_page(db::Database database, CourseId course);
Task<std::vector<CardRecord>> cards_by_id(db::Database database, std::vector<Uuid> courses);

struct VersionRef {
    Uuid course_version_id;
    int version_no = 0;
};
BOOST_DESCRIBE_STRUCT(VersionRef, (), (course_version_id, version_no))

Task<std::optional<VersionRef>> published_version(db::Database database, CourseId course);
Task<CourseStructure> manifest(db::Database database, VersionRef version);

}  // namespace tt::course::store
