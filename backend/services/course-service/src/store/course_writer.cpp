#include "services/course-service/src/store/course_writer.hpp"

#include "platform/json/json.hpp"
#include "services/course-service/src/domain/slug.hpp"
#include "services/course-service/src/store/course_writer_sql.hpp"
#include "services/course-service/src/store/draft_rows.hpp"

#include <set>

namespace tt::course::store {

namespace {

struct KeyedId {
    std::string import_key;
    Uuid id;
};
BOOST_DESCRIBE_STRUCT(KeyedId, (), (import_key, id))

struct KnownQuestionRow {
    std::string quiz_key;
    std::string import_key;
    Uuid id;
    int revision = 0;
    std::string content_sha256;
    std::string key_sha256;
};
BOOST_DESCRIBE_STRUCT(KnownQuestionRow, (), (quiz_key, import_key, id, revision, content_sha256, key_sha256))

struct ReservedCourse {
    CourseId id;
    bool is_new = false;
};

/// The row everything hangs on, locked until the transaction ends.
Task<ReservedCourse> reserve(db::Tx& tx, const CourseDraft& draft, Time now) {
    const auto known = co_await tx.maybe_one<CourseId>(sql::find_draft_course, draft.import_source, draft.import_key);
    if (known) co_return ReservedCourse{*known, false};
    const auto taken = co_await tx.many<std::string>(sql::taken_slugs, draft.slug);
    const std::string slug = free_slug(draft.slug, std::set<std::string>(taken.begin(), taken.end()));
    const CourseId wanted = CourseId::make();
    const auto id = co_await tx.one<CourseId>(sql::reserve_course, wanted, slug, draft.title, draft.import_source,
                                              draft.import_key, now);
    co_return ReservedCourse{id, id == wanted};
}

Task<IdsByKey> ids_of(db::Tx& tx, db::Query query, CourseId course) {
    const auto rows = co_await tx.many<KeyedId>(query, course);
    IdsByKey ids;
    for (const auto& row : rows) ids.emplace(row.import_key, row.id);
    co_return ids;
}

Task<IdsByKey> asset_ids(db::Tx& tx, const CourseDraft& draft) {
    std::vector<std::string> keys;
    for (const auto& asset : draft.assets) keys.push_back(asset.key);
    const auto rows = co_await tx.many<KeyedId>(sql::asset_ids, keys);
    IdsByKey ids;
    for (const auto& row : rows) ids.emplace(row.import_key, row.id);
    co_return ids;
}

Task<KnownRows> load_known(db::Tx& tx, CourseId course, const CourseDraft& draft) {
    KnownRows known;
    known.assets = co_await asset_ids(tx, draft);
    known.grade_categories = co_await ids_of(tx, sql::grade_category_ids, course);
    known.modules = co_await ids_of(tx, sql::module_ids, course);
    known.lessons = co_await ids_of(tx, sql::lesson_ids, course);
    known.quizzes = co_await ids_of(tx, sql::quiz_ids, course);
    known.blocks = co_await ids_of(tx, sql::block_ids, course);
    const auto questions = co_await tx.many<KnownQuestionRow>(sql::known_questions, course);
    for (const auto& row : questions) {
        known.questions[{row.quiz_key, row.import_key}] = {row.id, row.revision, row.content_sha256, row.key_sha256};
    }
    co_return known;
}

RowCounts count(std::size_t total, const db::Rows& changed) {
    RowCounts counts;
    for (std::size_t row = 0; row < changed.size(); ++row) {
        if (changed.get<bool>(row, "created")) {
            ++counts.created;
        } else {
            ++counts.updated;
        }
    }
    counts.unchanged = static_cast<int>(total) - counts.created - counts.updated;
    return counts;
}

template <class Row>
std::vector<Uuid> ids(const std::vector<Row>& rows) {
    std::vector<Uuid> ids;
    ids.reserve(rows.size());
    for (const auto& row : rows) ids.push_back(row.id);
    return ids;
}

struct TableQueries {
    db::Query retire;
    std::optional<db::Query> park;
    db::Query upsert;
};

template <class Row>
Task<RowCounts> save_rows(db::Tx& tx, TableQueries queries, CourseId course, const std::vector<Row>& rows, Time now) {
    const std::string document = json::write(rows);
    const auto kept = ids(rows);
    const auto removed = co_await tx.execute(queries.retire, course, kept, now);
    if (queries.park) co_await tx.execute(*queries.park, course, document);
    db::Params params = db::make_params(course, document);
    const db::Rows changed = co_await tx.query(queries.upsert, std::move(params));
    RowCounts counts = count(rows.size(), changed);
    counts.removed = static_cast<int>(removed);
    co_return counts;
}

Task<void> save_assets(db::Tx& tx, const DraftRows& rows, SaveReport& report) {
    db::Params assets = db::make_params(json::write(rows.assets));
    const db::Rows changed_assets = co_await tx.query(sql::upsert_assets, std::move(assets));
    report.assets = count(rows.assets.size(), changed_assets);
    const std::string captions = json::write(rows.captions);
    const auto asset_ids = ids(rows.assets);
    const auto removed = co_await tx.execute(sql::remove_captions, asset_ids, captions);
    db::Params params = db::make_params(captions);
    const db::Rows changed_captions = co_await tx.query(sql::upsert_captions, std::move(params));
    report.captions = count(rows.captions.size(), changed_captions);
    report.captions.removed = static_cast<int>(removed);
}

Task<void> save_questions(db::Tx& tx, CourseId course, const DraftRows& rows, SaveReport& report, Time now) {
    const std::string questions = json::write(rows.questions);
    const auto kept = ids(rows.questions);
    const auto removed = co_await tx.execute(sql::retire_questions, course, kept, now);
    co_await tx.execute(sql::park_questions, questions);
    db::Params params = db::make_params(questions);
    const db::Rows changed = co_await tx.query(sql::upsert_questions, std::move(params));
    report.questions = count(rows.questions.size(), changed);
    report.questions.removed = static_cast<int>(removed);
    const std::string revisions = json::write(rows.new_revisions);
    co_await tx.execute(sql::insert_revisions, revisions);
    const std::string keys = json::write(rows.new_keys);
    co_await tx.execute(sql::insert_keys, keys);
}

Task<void> save_price(db::Tx& tx, CourseId course, std::optional<PriceDraft> price, Time now) {
    std::optional<std::int64_t> amount_minor;
    std::optional<std::string> currency;
    if (price) {
        amount_minor = price->amount_minor;
        currency = price->currency;
    }
    co_await tx.execute(sql::close_price, course, amount_minor, currency, now);
    if (!price) co_return;
    co_await tx.execute(sql::open_price, uuid_v7(), course, amount_minor, currency, now);
}

Task<RowCounts> save_course_row(db::Tx& tx, ReservedCourse course, const CourseRow& row, Time now) {
    const std::string document = json::write(row);
    const auto updated = co_await tx.execute(sql::update_course, course.id, document, now);
    RowCounts counts;
    counts.created = course.is_new ? 1 : 0;
    counts.updated = !course.is_new && updated > 0 ? 1 : 0;
    counts.unchanged = 1 - counts.created - counts.updated;
    co_return counts;
}

Task<void> save_outline(db::Tx& tx, CourseId course, const DraftRows& rows, SaveReport& report, Time now) {
    constexpr TableQueries modules{sql::retire_modules, sql::park_modules, sql::upsert_modules};
    report.modules = co_await save_rows(tx, modules, course, rows.modules, now);
    constexpr TableQueries lessons{sql::retire_lessons, sql::park_lessons, sql::upsert_lessons};
    report.lessons = co_await save_rows(tx, lessons, course, rows.lessons, now);
    constexpr TableQueries quizzes{sql::retire_quizzes, std::nullopt, sql::upsert_quizzes};
    report.quizzes = co_await save_rows(tx, quizzes, course, rows.quizzes, now);
    constexpr TableQueries blocks{sql::retire_blocks, sql::park_blocks, sql::upsert_blocks};
    report.blocks = co_await save_rows(tx, blocks, course, rows.blocks, now);
}

Task<void> save_grade_categories(db::Tx& tx, CourseId course, const DraftRows& rows, SaveReport& report) {
    const std::string document = json::write(rows.grade_categories);
    db::Params params = db::make_params(course, document);
    const db::Rows changed = co_await tx.query(sql::upsert_grade_categories, std::move(params));
    report.grade_categories = count(rows.grade_categories.size(), changed);
}

/// Last, when no live row points at a category any more that the draft does not have.
Task<void> remove_grade_categories(db::Tx& tx, CourseId course, const DraftRows& rows, SaveReport& report) {
    const auto kept = ids(rows.grade_categories);
    co_await tx.execute(sql::release_grade_categories, course, kept);
    const auto removed = co_await tx.execute(sql::remove_grade_categories, course, kept);
    report.grade_categories.removed = static_cast<int>(removed);
}

bool differs(const RowCounts& counts) {
    return counts.created + counts.updated + counts.removed > 0;
}

}  // namespace

bool SaveReport::changed() const {
    return differs(courses) || differs(grade_categories) || differs(modules) || differs(lessons) || differs(blocks) ||
           differs(quizzes) || differs(questions) || differs(assets) || differs(captions);
}

Task<SaveReport> save_course(db::Tx& tx, CourseDraft draft, Time now) {
    const auto course = co_await reserve(tx, draft, now);
    KnownRows known = co_await load_known(tx, course.id, draft);
    const DraftRows rows = flatten(draft, std::move(known));

    SaveReport report;
    report.course_id = course.id;
    co_await save_assets(tx, rows, report);
    co_await save_grade_categories(tx, course.id, rows, report);
    co_await save_outline(tx, course.id, rows, report, now);
    co_await save_questions(tx, course.id, rows, report, now);
    co_await remove_grade_categories(tx, course.id, rows, report);
    report.courses = co_await save_course_row(tx, course, rows.course, now);
    co_await save_price(tx, course.id, draft.price, now);
    co_return report;
}

}  // namespace tt::course::store
