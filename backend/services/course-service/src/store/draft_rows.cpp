#include "services/course-service/src/store/draft_rows.hpp"

#include "platform/crypto/hash.hpp"

#include <cstdio>

namespace tt::course::store {

namespace {

struct QuestionContent {
    std::string type;
    std::string prompt_html;
    std::vector<QuestionOption> options;
    std::string points;
    std::string partial_credit;
    std::string negative_points;
    std::vector<std::string> hints;
};
BOOST_DESCRIBE_STRUCT(QuestionContent, (), (type, prompt_html, options, points, partial_credit, negative_points, hints))

struct KeyContent {
    json::Raw answer_key;
    json::Raw feedback;
    std::optional<std::string> explanation_html;
};
BOOST_DESCRIBE_STRUCT(KeyContent, (), (answer_key, feedback, explanation_html))

/// Steps leave room, so that an author can later move one row between two others by changing only its own key.
std::string sort_key(std::size_t index) {
    char text[16];
    std::snprintf(text, sizeof text, "%06zu", (index + 1) * 100);
    return text;
}

Uuid id_of(IdsByKey& ids, const std::string& key) {
    const auto [at, is_new] = ids.try_emplace(key);
    if (is_new) at->second = uuid_v7();
    return at->second;
}

std::optional<Uuid> maybe_id_of(IdsByKey& ids, const std::optional<std::string>& key) {
    if (!key) return std::nullopt;
    return id_of(ids, *key);
}

std::string_view status_of(bool is_published) {
    return is_published ? "published" : "draft";
}

class Flattener {
public:
    explicit Flattener(KnownRows known) : known_(std::move(known)) {}

    DraftRows run(const CourseDraft& draft) {
        for (const auto& category : draft.grade_categories) add_category(category);
        for (const auto& asset : draft.assets) add_asset(asset);
        for (std::size_t i = 0; i < draft.modules.size(); ++i) add_module(draft.modules[i], i, std::nullopt, true);
        add_course(draft);
        return std::move(rows_);
    }

private:
    void add_course(const CourseDraft& draft) {
        rows_.course = {
            draft.title,        draft.subtitle,         draft.description_html,
            draft.outcomes,     draft.language,         draft.level,
            draft.visibility,   draft.enrollment_mode,  draft.access_days,
            draft.pass_percent, draft.certificate_rule, maybe_id_of(known_.assets, draft.thumbnail_asset_key)};
    }

    void add_category(const GradeCategoryDraft& category) {
        rows_.grade_categories.push_back({id_of(known_.grade_categories, category.name), category.name, category.weight,
                                          category.drop_lowest, category.min_count});
    }

    void add_asset(const AssetDraft& asset) {
        const Uuid id = id_of(known_.assets, asset.key);
        rows_.assets.push_back({id, asset.key, asset.kind, asset.storage_key, asset.file_name, asset.content_type,
                                asset.bytes, asset.sha256_hex, asset.duration_ms, asset.width, asset.height,
                                asset.is_public});
        for (const auto& caption : asset.captions) {
            const Uuid track = id_of(known_.assets, caption.track_asset_key);
            rows_.captions.push_back({id, caption.language, caption.kind, caption.label, track, caption.origin});
        }
    }

    /// What is inside a draft module is a draft itself: status alone then says what may be seen.
    void add_module(const ModuleDraft& module, std::size_t index, std::optional<Uuid> parent,
                    bool parent_is_published) {
        const bool is_published = parent_is_published && module.published;
        const Uuid id = id_of(known_.modules, module.import_key);
        rows_.modules.push_back({id, parent, sort_key(index), module.title,
                                 maybe_id_of(known_.grade_categories, module.grade_category), module.due_at,
                                 std::string(status_of(is_published)), module.import_key});
        for (std::size_t i = 0; i < module.lessons.size(); ++i) add_lesson(module.lessons[i], i, id, is_published);
        for (std::size_t i = 0; i < module.sections.size(); ++i) add_module(module.sections[i], i, id, is_published);
    }

    void add_lesson(const LessonDraft& lesson, std::size_t index, Uuid module, bool module_is_published) {
        const Uuid id = id_of(known_.lessons, lesson.import_key);
        rows_.lessons.push_back({id, module, sort_key(index), lesson.slug, lesson.title, lesson.kind, lesson.is_preview,
                                 lesson.required, lesson.completion_rule, lesson.completion_threshold_ppm,
                                 lesson.est_seconds, std::string(status_of(module_is_published && lesson.published)),
                                 lesson.import_key});
        for (std::size_t i = 0; i < lesson.blocks.size(); ++i) add_block(lesson.blocks[i], i, id, std::nullopt);
    }

    void add_block(const BlockDraft& block, std::size_t index, Uuid lesson, std::optional<Uuid> parent) {
        const Uuid id = id_of(known_.blocks, block.import_key);
        std::optional<Uuid> quiz;
        if (block.quiz) quiz = add_quiz(*block.quiz, lesson);
        rows_.blocks.push_back({id, lesson, parent, sort_key(index), block.kind, block.variant_key, block.content,
                                block.content_html, maybe_id_of(known_.assets, block.asset_key), quiz,
                                block.source_type, block.import_key});
        for (std::size_t i = 0; i < block.children.size(); ++i) add_block(block.children[i], i, lesson, id);
    }

    Uuid add_quiz(const QuizDraft& quiz, Uuid lesson) {
        const Uuid id = id_of(known_.quizzes, quiz.import_key);
        rows_.quizzes.push_back({id, lesson, quiz.title, quiz.mode,
                                 maybe_id_of(known_.grade_categories, quiz.grade_category), quiz.time_limit_seconds,
                                 quiz.max_attempts, quiz.attempt_policy, quiz.retry_delay_seconds,
                                 quiz.shuffle_questions, quiz.shuffle_options, quiz.draw_count, quiz.pass_percent,
                                 quiz.review_policy, quiz.weight, quiz.import_key});
        for (std::size_t i = 0; i < quiz.questions.size(); ++i) {
            add_question(quiz.questions[i], i, id, known_.questions[{quiz.import_key, quiz.questions[i].import_key}]);
        }
        return id;
    }

    void add_question(const QuestionDraft& question, std::size_t index, Uuid quiz, const KnownQuestion& known) {
        const bool is_new = known.revision == 0;
        const QuestionContent content{question.type,   question.prompt_html,    question.options,
                                      question.points, question.partial_credit, question.negative_points,
                                      question.hints};
        const KeyContent key{question.answer_key, question.feedback, question.explanation_html};
        const std::string content_sha256 = crypto::sha256_hex(json::write(content));
        const std::string key_sha256 = crypto::sha256_hex(json::write(key));
        const bool has_changed = is_new || content_sha256 != known.content_sha256 || key_sha256 != known.key_sha256;
        const Uuid id = is_new ? uuid_v7() : known.id;
        const int revision = has_changed ? known.revision + 1 : known.revision;
        const QuestionRow row{id,
                              quiz,
                              sort_key(index),
                              question.pool_key,
                              question.type,
                              question.prompt_html,
                              question.options,
                              question.points,
                              question.partial_credit,
                              question.negative_points,
                              question.hints,
                              revision,
                              question.import_key,
                              content_sha256};
        rows_.questions.push_back(row);
        if (!has_changed) return;
        rows_.new_revisions.push_back(row);
        rows_.new_keys.push_back(
            {id, revision, question.answer_key, question.feedback, question.explanation_html, key_sha256});
    }

    KnownRows known_;
    DraftRows rows_;
};

}  // namespace

DraftRows flatten(const CourseDraft& draft, KnownRows known) {
    return Flattener(std::move(known)).run(draft);
}

}  // namespace tt::course::store
