#include "services/course-service/src/service.hpp"

#include "services/course-service/src/api/list_cursor.hpp"
#include "services/course-service/src/domain/resume.hpp"
#include "services/course-service/src/lesson_blocks.hpp"
#include "services/course-service/src/store/catalogue.hpp"
#include "services/course-service/src/store/enrollments.hpp"

#include <map>
#include <set>

namespace tt::course {

namespace {

void fill_card(api::CourseCard& card, const store::CardRecord& record) {
    card.id = record.id;
    card.slug = record.slug;
    card.title = record.title;
    card.subtitle = record.subtitle;
    card.language = record.language;
    card.level = record.level;
    card.duration_seconds = record.duration_seconds;
    card.lesson_count = record.lesson_count;
    card.quiz_count = record.quiz_count;
    if (record.thumbnail_key)
        card.thumbnail_url = MediaLinks::public_file(*record.thumbnail_key, *record.thumbnail_name);
    if (record.amount_minor) card.price = api::Price{*record.amount_minor, record.currency.value_or("")};
    card.enrollment_mode = record.enrollment_mode;
}

api::CourseCard to_card(const store::CardRecord& record) {
    api::CourseCard card;
    fill_card(card, record);
    return card;
}

template <class E>
std::string word(E value) {
    return boost::describe::enum_to_string(value, "");
}

store::ListRequest to_request(const api::CourseQuery& query) {
    store::ListRequest request;
    request.filter.text = query.q;
    for (const auto level : query.level) request.filter.levels.push_back(word(level));
    request.filter.languages = query.language;
    if (query.price) request.filter.price = word(*query.price);
    const auto natural = query.q.empty() ? api::Sort::newest : api::Sort::relevance;
    request.sort = word(query.sort.value_or(natural));
    request.limit = query.limit + 1;  // one more tells whether there is a next page
    return request;
}

void add_facet(api::CourseList& list, const store::FacetCount& count) {
    if (count.facet == "total") {
        list.total = count.count;
        return;
    }
    auto& facet = count.facet == "level"      ? list.facets.level
                  : count.facet == "language" ? list.facets.language
                                              : list.facets.price;
    facet.push_back({count.value, count.count});
}

api::CourseRef to_ref(const CourseStructure& structure) {
    return {structure.course_id, structure.slug, structure.title};
}

}  // namespace

CourseService::CourseService(db::Database academy, CourseCatalogue& catalogue, progress::ProgressClient& progress,
                             const storage::UrlSigner& signer, const Clock& clock)
    : academy_(academy.as("svc_course")), catalogue_(catalogue), progress_(progress), signer_(signer), clock_(clock) {}

Task<Result<api::CourseList>> CourseService::list(api::CourseQuery query) {
    store::ListRequest request = to_request(query);
    if (query.cursor) {
        const auto cursor = api::decode_cursor(*query.cursor, request.sort);
        if (!cursor) co_return cursor.error();
        request.after = store::ListPosition{cursor->number, cursor->text, cursor->id};
    }
    auto cards = co_await store::list_courses(academy_, request);
    const auto counts = co_await store::count_courses(academy_, request.filter);

    api::CourseList list;
    for (const auto& count : counts) add_facet(list, count);
    const auto wanted = static_cast<std::size_t>(query.limit);
    if (cards.size() > wanted) {
        cards.resize(wanted);
        const auto& last = cards.back();
        list.next_cursor = api::encode_cursor({request.sort, last.sort_number, last.sort_text, last.id});
    }
    for (const auto& card : cards) list.items.push_back(to_card(card));
    co_return list;
}

Task<Result<api::CoursePage>> CourseService::page(std::string slug, std::optional<UserId> user) {
    const auto course = co_await catalogue_.course_by_slug(std::move(slug));
    if (!course) co_return course.error();
    const auto structure = co_await catalogue_.shared_structure(*course);
    if (!structure) co_return structure.error();
    const auto record = co_await store::find_page(academy_, *course);
    if (!record) co_return Error{Code::not_found, "course_not_found", "There is no such course."};

    api::CoursePage page;
    fill_card(page, *record);
    page.description_html = record->description_html;
    page.outcomes = record->outcomes;
    page.pass_percent = json::Raw{record->pass_percent};
    page.updated_at = record->updated_at;
    page.syllabus = api::to_syllabus(**structure);
    if (user) {
        const auto enrollment = co_await store::find_enrollment(academy_, *user, *course);
        if (enrollment) page.my_enrollment = api::to_my_enrollment(*enrollment);
    }
    co_return page;
}

Task<api::MyCourses> CourseService::my_courses(UserId user) {
    const auto enrollments = co_await store::enrollments_of(academy_, user);
    std::vector<CourseId> ids;
    std::vector<Uuid> raw_ids;
    for (const auto& enrollment : enrollments) {
        ids.push_back(enrollment.course_id);
        raw_ids.push_back(enrollment.course_id.value);
    }
    const auto cards = co_await store::cards_by_id(academy_, raw_ids);
    const auto standings = co_await progress_.course_progress(user, ids);

    std::map<CourseId, const store::CardRecord*> card_of;
    for (const auto& card : cards) card_of.emplace(card.id, &card);
    std::map<CourseId, const progress::CourseProgress*> standing_of;
    for (const auto& standing : standings) standing_of.emplace(standing.course_id, &standing);
    api::MyCourses mine;
    for (const auto& enrollment : enrollments) {
        const auto card = card_of.find(enrollment.course_id);
        const auto standing = standing_of.find(enrollment.course_id);
        // A course that was withdrawn since is no longer shown.
        if (card == card_of.end() || standing == standing_of.end()) continue;
        mine.items.push_back({api::to_view(enrollment), to_card(*card->second), *standing->second});
    }
    co_return mine;
}

Task<Result<api::Outline>> CourseService::outline(std::string slug, UserId user) {
    const auto course = co_await catalogue_.course_by_slug(std::move(slug));
    if (!course) co_return course.error();
    const auto allowed = co_await may_open(*course, false, user);
    if (!allowed) co_return allowed.error();
    const auto structure = co_await catalogue_.shared_structure(*course);
    if (!structure) co_return structure.error();
    const auto states = co_await progress_.lesson_states(user, *course);
    std::vector<CourseId> this_course(1, *course);
    const auto standings = co_await progress_.course_progress(user, std::move(this_course));

    api::Outline outline;
    outline.course = to_ref(**structure);
    outline.modules = api::to_outline(**structure, states);
    if (!standings.empty()) outline.progress = standings.front();
    std::set<LessonId> completed;
    for (const auto& state : states) {
        if (state.state == "completed") completed.insert(state.lesson_id);
    }
    outline.resume_lesson_id = resume_lesson((*structure)->lessons, completed, outline.progress.last_lesson_id);
    co_return outline;
}

Task<Result<api::Lesson>> CourseService::lesson(LessonId id, std::optional<UserId> user) {
    const auto record = co_await store::find_lesson(academy_, id);
    if (!record) co_return Error{Code::not_found, "lesson_not_found", "There is no such lesson."};
    const auto allowed = co_await may_open(record->course_id, record->is_preview, user);
    if (!allowed) co_return allowed.error();
    const auto structure = co_await catalogue_.shared_structure(record->course_id);
    if (!structure) co_return structure.error();
    const auto content = co_await store::lesson_content(academy_, id);
    const auto rules = co_await rules_of(quizzes_of(content), user);
    auto progress = co_await progress_in(record->course_id, id, user);

    api::Lesson lesson;
    lesson.id = id;
    lesson.slug = record->slug;
    lesson.title = record->title;
    lesson.kind = record->kind;
    lesson.course = to_ref(**structure);
    lesson.module_title = record->module_title;
    lesson.est_seconds = record->est_seconds;
    lesson.is_preview = record->is_preview;
    lesson.required = record->required;
    lesson.completion_rule = record->completion_rule;
    lesson.completion_threshold_ppm = record->completion_threshold_ppm;
    lesson.blocks = render_blocks(content, rules, MediaLinks(signer_, clock_.now()));
    const auto around = neighbours((*structure)->lessons, id);
    lesson.prev_lesson_id = around.previous;
    lesson.next_lesson_id = around.next;
    lesson.progress = std::move(progress);
    co_return lesson;
}

Task<Result<void>> CourseService::may_open(CourseId course, bool is_preview, std::optional<UserId> user) {
    if (is_preview) co_return Result<void>();
    if (!user) co_return Error{Code::unauthenticated, "unauthenticated", "Sign in to open this lesson."};
    const auto enrollment = co_await store::find_enrollment(academy_, *user, course);
    if (!enrollment || !gives_access(*enrollment, clock_.now())) {
        co_return Error{Code::permission_denied, "not_enrolled", "Enroll in the course to open this."};
    }
    co_return Result<void>();
}

Task<std::vector<progress::QuizRules>> CourseService::rules_of(std::vector<QuizId> quizzes,
                                                               std::optional<UserId> user) {
    if (quizzes.empty()) co_return std::vector<progress::QuizRules>();
    if (user) co_return co_await progress_.quiz_rules_for(*user, std::move(quizzes));
    std::vector<progress::QuizRules> rules;  // a guest on a preview lesson has no attempts to count in
    for (const auto id : quizzes) {
        const auto quiz = co_await catalogue_.quiz(id);
        if (!quiz) continue;
        progress::QuizRules rule;
        rule.id = id;
        rule.title = quiz->title;
        rule.mode = quiz->mode;
        const auto available = static_cast<int>(quiz->questions.size());
        rule.question_count = std::min(quiz->draw_count.value_or(available), available);
        rule.time_limit_seconds = quiz->time_limit_seconds;
        rule.max_attempts = quiz->max_attempts;
        rule.pass_percent = json::Raw{quiz->pass_percent};
        rules.push_back(std::move(rule));
    }
    co_return rules;
}

Task<std::optional<api::LessonProgress>> CourseService::progress_in(CourseId course, LessonId lesson,
                                                                    std::optional<UserId> user) {
    if (!user) co_return std::nullopt;
    const auto states = co_await progress_.lesson_states(*user, course);
    for (const auto& state : states) {
        if (state.lesson_id == lesson) {
            co_return api::LessonProgress{state.state, state.position_ms, state.completion_ppm};
        }
    }
    co_return std::nullopt;
}

}  // namespace tt::course
