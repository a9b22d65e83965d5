#include "services/course-service/src/domain/check_draft.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace tt::course {

namespace {

constexpr std::size_t max_faults = 50;  // enough to see what is wrong; more would be the same fault again

bool is_slug(std::string_view text) {
    const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (text.empty() || !is_word(text.front()) || !is_word(text.back())) return false;
    if (text.find("--") != std::string_view::npos) return false;
    return std::ranges::all_of(text, [&](char c) { return is_word(c) || c == '-'; });
}

bool has_items(const boost::json::object& object, std::string_view name) {
    const auto* array = object.if_contains(name) ? object.at(name).if_array() : nullptr;
    return array != nullptr && !array->empty();
}

bool is_option(const QuestionDraft& question, const boost::json::value& id) {
    return id.is_string() &&
           std::ranges::any_of(question.options, [&](const auto& o) { return o.id == id.get_string(); });
}

/// Empty when the key fits the question; else what is wrong with it.
std::string_view key_fault(const QuestionDraft& question) {
    const auto parsed = json::parse_value(question.answer_key.text);
    if (!parsed || !parsed->is_object()) return "answer_key is not a JSON object";
    const auto& key = parsed->get_object();
    const auto& type = question.type;
    if (type == "single_choice" || type == "true_false" || type == "dropdown") {
        const auto* option = key.if_contains("option");
        return option && is_option(question, *option) ? "" : "answer_key.option is none of the options";
    }
    if (type == "multiple_choice") {
        const auto* options = key.if_contains("options") ? key.at("options").if_array() : nullptr;
        if (!options) return "answer_key.options is missing";
        const bool all_known = std::ranges::all_of(*options, [&](const auto& id) { return is_option(question, id); });
        return all_known ? "" : "answer_key.options names an unknown option";
    }
    if (type == "numeric") return has_items(key, "answers") ? "" : "answer_key.answers is empty";
    if (type == "short_text") {
        return has_items(key, "accept") || has_items(key, "regex") ? "" : "answer_key accepts nothing";
    }
    return "a question of this type cannot be graded";
}

class Checker {
public:
    explicit Checker(const CourseDraft& draft) : draft_(draft) {}

    Result<void> run() {
        require(!draft_.import_source.empty() && !draft_.import_key.empty(), "/import_key", "is missing");
        require(!draft_.title.empty(), "/title", "is missing");
        require(is_slug(draft_.slug), "/slug", "must be lower-case words joined by hyphens");
        for (const auto& category : draft_.grade_categories) {
            unique(categories_, category.name, "/grade_categories/" + category.name);
        }
        for (const auto& asset : draft_.assets) unique(assets_, asset.key, "/assets/" + asset.key);
        for (const auto& asset : draft_.assets) check_captions(asset);
        known_asset(draft_.thumbnail_asset_key, "/thumbnail_asset_key");
        for (const auto& module : draft_.modules) check_module(module, true);
        if (faults_.empty()) return {};
        return Error{Code::unprocessable, "course_invalid", "The course cannot be stored.", std::move(faults_)};
    }

private:
    void require(bool holds, const std::string& pointer, std::string_view detail) {
        if (!holds && faults_.size() < max_faults) faults_.push_back({pointer, std::string(detail)});
    }

    void unique(std::set<std::string>& seen, const std::string& key, const std::string& pointer) {
        require(!key.empty(), pointer, "has no key");
        require(seen.insert(key).second, pointer, "occurs twice");
    }

    void known_asset(const std::optional<std::string>& key, const std::string& pointer) {
        require(!key || assets_.contains(*key), pointer, "names an unknown asset");
    }

    void known_category(const std::optional<std::string>& name, const std::string& pointer) {
        require(!name || categories_.contains(*name), pointer, "names an unknown grade category");
    }

    void check_captions(const AssetDraft& asset) {
        for (const auto& caption : asset.captions) {
            known_asset(caption.track_asset_key, "/assets/" + asset.key + "/captions/" + caption.language);
        }
    }

    void check_module(const ModuleDraft& module, bool may_have_sections) {
        const std::string pointer = "/modules/" + module.import_key;
        unique(modules_, module.import_key, pointer);
        require(!module.title.empty(), pointer + "/title", "is missing");
        require(may_have_sections || module.sections.empty(), pointer, "is nested too deeply");
        known_category(module.grade_category, pointer + "/grade_category");
        for (const auto& lesson : module.lessons) check_lesson(lesson);
        for (const auto& section : module.sections) check_module(section, false);
    }

    void check_lesson(const LessonDraft& lesson) {
        const std::string pointer = "/lessons/" + lesson.import_key;
        unique(lessons_, lesson.import_key, pointer);
        unique(lesson_slugs_, lesson.slug, pointer + "/slug");
        require(!lesson.title.empty(), pointer + "/title", "is missing");
        for (const auto& block : lesson.blocks) check_block(block);
    }

    void check_block(const BlockDraft& block) {
        const std::string pointer = "/blocks/" + block.import_key;
        unique(blocks_, block.import_key, pointer);
        known_asset(block.asset_key, pointer + "/asset_key");
        require((block.kind == "quiz") == block.quiz.has_value(), pointer, "a quiz block, and only that, has a quiz");
        if (block.quiz) check_quiz(*block.quiz);
        for (const auto& child : block.children) check_block(child);
    }

    void check_quiz(const QuizDraft& quiz) {
        const std::string pointer = "/quizzes/" + quiz.import_key;
        unique(quizzes_, quiz.import_key, pointer);
        known_category(quiz.grade_category, pointer + "/grade_category");
        require(!quiz.questions.empty(), pointer, "has no question");
        std::set<std::string> keys;
        for (const auto& question : quiz.questions) {
            unique(keys, question.import_key, pointer + "/questions/" + question.import_key);
            check_question(question, pointer + "/questions/" + question.import_key);
        }
    }

    void check_question(const QuestionDraft& question, const std::string& pointer) {
        std::set<std::string> ids;
        for (const auto& option : question.options) unique(ids, option.id, pointer + "/options/" + option.id);
        const auto fault = key_fault(question);
        require(fault.empty(), pointer, fault);
    }

    const CourseDraft& draft_;
    std::vector<FieldError> faults_;
    std::set<std::string> categories_, assets_, modules_, lessons_, lesson_slugs_, blocks_, quizzes_;
};

}  // namespace

Result<void> check_draft(const CourseDraft& draft) {
    return Checker(draft).run();
}

}  // namespace tt::course
