#include "services/course-service/src/store/catalogue.hpp"

#include "platform/json/json.hpp"
#include "services/course-service/src/store/catalogue_sql.hpp"

namespace tt::course::store {

namespace {

/// How alike a word of a title must be to what was typed, 0..1: "marketting" finds marketing, "marmot" does not.
constexpr const char* min_word_similarity = "0.4";

db::Context searching(const db::Database& database) {
    return {.role = database.role(),
            .settings = {{"pg_trgm.word_similarity_threshold", min_word_similarity}},
            .read_only = true};
}

}  // namespace

Task<std::vector<ListedCard>> list_courses(db::Database database, ListRequest request) {
    std::optional<std::string> number;
    std::optional<std::string> text;
    std::optional<CourseId> id;
    if (request.after) {
        number = request.after->number;
        text = request.after->text;
        id = request.after->id;
    }
    const auto& filter = request.filter;
    db::Params params = db::make_params(filter.text, filter.levels, filter.languages, filter.price, request.sort,
                                        number, text, id, request.limit);
    const db::Rows rows = co_await database.run(searching(database), sql::list_courses, std::move(params));
    co_return rows.many<ListedCard>();
}

Task<std::vector<FacetCount>> count_courses(db::Database database, CourseFilter filter) {
    db::Params params = db::make_params(filter.text, filter.levels, filter.languages, filter.price);
    const db::Rows rows = co_await database.run(searching(database), sql::count_courses, std::move(params));
    co_return rows.many<FacetCount>();
}

Task<std::optional<CourseId>> find_course_id(db::Database database, std::string slug) {
    return database.maybe_one<CourseId>(sql::course_id_by_slug, std::move(slug));
}

Task<std::optional<PageRecord>> find_page(db::Database database, CourseId course) {
    return database.maybe_one<PageRecord>(sql::course_page, course);
}

Task<std::vector<CardRecord>> cards_by_id(db::Database database, std::vector<Uuid> courses) {
    return database.many<CardRecord>(sql::cards_by_id, std::move(courses));
}

Task<std::optional<VersionRef>> published_version(db::Database database, CourseId course) {
    return database.maybe_one<VersionRef>(sql::published_version, course);
}

Task<CourseStructure> manifest(db::Database database, VersionRef version) {
    const auto text = co_await database.one<std::string>(sql::manifest, version.course_version_id);
    // publish_course wrote it from the same struct: a mismatch is a bug, and value() throws.
    co_return json::parse<CourseStructure>(text).value();
}

}  // namespace tt::course::store
