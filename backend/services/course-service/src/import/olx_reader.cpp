#include "services/course-service/src/import/olx_reader.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/domain/slug.hpp"
#include "services/course-service/src/import/course_policy.hpp"
#include "services/course-service/src/import/names.hpp"
#include "services/course-service/src/import/olx_blocks.hpp"
#include "services/course-service/src/import/olx_tree.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tt::course::import {
namespace {

constexpr double files_share = 0.6;  // of the reading time goes into copying and hashing files (measured)

bool is_true(const std::optional<std::string>& word) {
    return word && lower_ascii(*word) == "true";
}

bool is_section(const OlxNode& node) {
    return node.tag == "sequential" || node.tag == "videosequence" || node.tag == "section" || node.tag == "problemset";
}

std::string title_or(const OlxNode& node, std::string fallback) {
    const std::string title = trimmed(node.title());
    return title.empty() ? std::move(fallback) : title;
}

/// Gives every unit its slug before any content is read, so that links between units can be written at once.
class LessonNames {
public:
    explicit LessonNames(const OlxNode& course) {
        for (const OlxNode& chapter : course.children) visit_module(chapter);
    }

    const std::string& slug_of(const OlxNode& unit) const { return slug_of_unit_.at(&unit); }
    /// url_name of anything → slug of the lesson that shows it; a chapter or section leads to its first lesson.
    std::map<std::string, std::string> by_url_name() const { return by_url_name_; }

private:
    /// Returns the slug of the first lesson inside.
    std::string visit_module(const OlxNode& module) {
        std::string first;
        for (const OlxNode& child : module.children) {
            const std::string slug =
                is_section(child) && module.tag == "chapter" ? visit_module(child) : visit_unit(child);
            if (first.empty()) first = slug;
        }
        if (!first.empty()) name(module, first);
        return first;
    }

    std::string visit_unit(const OlxNode& unit) {
        std::string wanted = slugify(unit.title());
        if (wanted.empty()) wanted = "lesson-" + std::to_string(taken_.size() + 1);
        const std::string slug = free_slug(wanted, taken_);
        taken_.insert(slug);
        slug_of_unit_.emplace(&unit, slug);
        name_all(unit, slug);
        return slug;
    }

    void name_all(const OlxNode& node, const std::string& slug) {
        name(node, slug);
        for (const OlxNode& child : node.children) name_all(child, slug);
    }

    void name(const OlxNode& node, const std::string& slug) {
        if (!node.url_name.empty()) by_url_name_.emplace(node.url_name, slug);
    }

    std::set<std::string> taken_;
    std::map<const OlxNode*, std::string> slug_of_unit_;
    std::map<std::string, std::string> by_url_name_;
};

class CourseReader {
public:
    CourseReader(const CourseFolder& folder, OlxTree tree, const storage::FileDirectory& store,
                 const ReadProgress& progress)
        : folder_(folder),
          tree_(std::move(tree)),
          progress_(progress),
          settings_(folder_, tree_, course_.findings),
          names_(tree_.root),
          assets_(store, course_key()),
          cleaner_(assets_, names_.by_url_name(), course_.findings),
          videos_(assets_, cleaner_, course_.findings, language()),
          blocks_(folder_, cleaner_, videos_, course_.findings) {}

    OlxCourse run() {
        read_files();
        read_course();
        read_grading(folder_, tree_, course_.findings, course_.draft);
        const auto inherited = Inherited{}.refined_by(tree_.root);
        for (std::size_t i = 0; i < tree_.root.children.size(); ++i) {
            read_chapter(tree_.root.children[i], inherited);
            report(files_share +
                   (1 - files_share) * static_cast<double>(i + 1) / static_cast<double>(tree_.root.children.size()));
        }
        const bool has_grades = std::ranges::any_of(course_.draft.modules,
                                                    [](const ModuleDraft& module) { return has_graded_quiz(module); });
        if (!has_grades) course_.draft.certificate_rule = "completed";
        course_.draft.assets = assets_.take();
        return std::move(course_);
    }

private:
    std::string course_key() const { return tree_.org + "/" + tree_.course + "/" + tree_.run; }

    std::string language() const {
        const std::string language = settings_.text("language");
        return language.empty() ? "en" : language;
    }

    void report(double share) const {
        if (progress_) progress_(share);
    }

    void read_files() {
        const auto names = folder_.files_below("static");
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto path = folder_.path_of("static/" + names[i]);
            assets_.add_file(path, names[i]);
            ++course_.findings.static_files;
            course_.findings.static_bytes += std::filesystem::file_size(path);
            report(files_share * static_cast<double>(i + 1) / static_cast<double>(names.size()));
        }
    }

    void read_course() {
        CourseDraft& draft = course_.draft;
        draft.import_source = "olx";
        draft.import_key = course_key();
        draft.title = settings_.text("display_name");
        if (draft.title.empty()) draft.title = tree_.course.empty() ? "Untitled course" : tree_.course;
        draft.slug = slugify(draft.title);
        if (draft.slug.empty()) draft.slug = "course";
        draft.language = language();
        const std::string summary =
            cleaner_.clean(folder_.read("about/short_description.html").value_or(""), "about/short_description.html")
                .text;
        if (!summary.empty()) draft.subtitle = summary;
        draft.description_html =
            cleaner_.clean_html(folder_.read("about/overview.html").value_or(""), "about/overview.html");
        for (const auto& outcome : settings_.list("learning_info")) {
            if (outcome.is_string() && !trimmed(outcome.get_string()).empty())
                draft.outcomes.push_back(trimmed(outcome.get_string()));
        }
        const std::string catalogue = settings_.text("catalog_visibility");
        if (catalogue == "about" || catalogue == "none") draft.visibility = "unlisted";
        if (settings_.text("invitation_only") == "true") draft.enrollment_mode = "invite";
        read_cover();
    }

    /// The policy may name a picture that was not exported, and the XML the right one, or the reverse.
    void read_cover() {
        for (const std::string& name : {settings_.text("course_image"), settings_.xml_text("course_image")}) {
            const AssetDraft* cover = name.empty() ? nullptr : assets_.find(name);
            if (cover == nullptr || cover->kind != "image") continue;
            assets_.at(cover->key).is_public = true;
            course_.draft.thumbnail_asset_key = cover->key;
            return;
        }
        course_.findings.warnings.push_back({"course.xml", "The course has no cover picture."});
    }

    void read_chapter(const OlxNode& chapter, const Inherited& outer) {
        const std::string title = title_or(chapter, "Chapter " + std::to_string(course_.draft.modules.size() + 1));
        if (chapter.problem || chapter.tag != "chapter") {
            const std::string detail =
                chapter.problem ? chapter.problem->message : "Only chapters can stand at the top of a course.";
            course_.findings.unsupported.push_back(
                {chapter.tag, title, title, chapter.source,
                 chapter.problem ? chapter.problem->reason : "component_not_supported", detail});
            return;
        }
        const Inherited inherited = outer.refined_by(chapter);
        ModuleDraft module = make_module(chapter, title);
        for (const OlxNode& child : chapter.children) {
            if (is_section(child)) {
                module.sections.push_back(read_section(child, inherited, title));
            } else {
                module.lessons.push_back(read_lesson(child, inherited, title));
            }
        }
        course_.draft.modules.push_back(std::move(module));
    }

    ModuleDraft make_module(const OlxNode& node, const std::string& title) {
        ModuleDraft module;
        const std::string wanted = node.url_name.empty() ? slugify(title) : node.url_name;
        module.import_key = free_slug(wanted.empty() ? "module" : wanted, module_keys_);
        module_keys_.insert(module.import_key);
        module.title = title;
        module.published = !is_true(node.element.attribute("visible_to_staff_only"));
        module.due_at = parse_rfc3339(node.element.attribute_or("due", ""));
        return module;
    }

    ModuleDraft read_section(const OlxNode& section, const Inherited& outer, const std::string& chapter_title) {
        const std::string title = title_or(section, "Section");
        ModuleDraft module = make_module(section, title);
        Inherited inherited = outer.refined_by(section);
        const auto& categories = course_.draft.grade_categories;
        const auto is_category = [&](const GradeCategoryDraft& category) {
            return inherited.grade_category == category.name;
        };
        if (std::ranges::none_of(categories, is_category)) inherited.grade_category.reset();
        if (inherited.is_graded) module.grade_category = inherited.grade_category;
        for (const OlxNode& unit : section.children) {
            module.lessons.push_back(read_lesson(unit, inherited, chapter_title + " › " + title));
        }
        return module;
    }

    LessonDraft read_lesson(const OlxNode& unit, const Inherited& inherited, const std::string& path) {
        LessonDraft lesson;
        lesson.slug = names_.slug_of(unit);
        lesson.title = title_or(unit, "Lesson");
        lesson.import_key = free_slug(unit.url_name.empty() ? lesson.slug : unit.url_name, lesson_keys_);
        lesson_keys_.insert(lesson.import_key);
        lesson.published = !is_true(unit.element.attribute("visible_to_staff_only"));
        lesson.blocks = blocks_.read(unit, inherited, path + " › " + lesson.title);
        lesson.est_seconds = std::max(30, blocks_.take_seconds());
        const auto has = [&](std::string_view kind) {
            return std::ranges::any_of(lesson.blocks, [&](const BlockDraft& block) { return block.kind == kind; });
        };
        lesson.kind = has("quiz")         ? (has("video") ? "mixed" : "quiz")
                      : has("video")      ? "video"
                      : has("assignment") ? "assignment"
                                          : "article";
        // A graded question that was never answered leaves a hole in the grade, so seeing the page is not enough there.
        if (inherited.is_graded && has("quiz")) lesson.completion_rule = "quiz_pass";
        return lesson;
    }

    static bool has_graded_quiz(const ModuleDraft& module) {
        const auto is_graded = [](const BlockDraft& block) { return block.quiz && block.quiz->mode == "graded"; };
        const auto lesson_has = [&](const LessonDraft& lesson) {
            return std::ranges::any_of(lesson.blocks, is_graded);
        };
        return std::ranges::any_of(module.lessons, lesson_has) || std::ranges::any_of(module.sections, has_graded_quiz);
    }

    const CourseFolder& folder_;
    OlxTree tree_;
    const ReadProgress& progress_;
    OlxCourse course_;
    CourseSettings settings_;
    LessonNames names_;
    AssetLibrary assets_;
    ContentCleaner cleaner_;
    VideoReader videos_;
    BlockReader blocks_;
    std::set<std::string> module_keys_;
    std::set<std::string> lesson_keys_;
};

}  // namespace

Result<OlxCourse> read_olx(const CourseFolder& folder, const storage::FileDirectory& store,
                           const ReadProgress& progress) {
    auto tree = load_olx_tree(folder);
    if (!tree) return tree.error();
    return CourseReader(folder, std::move(*tree), store, progress).run();
}

}  // namespace tt::course::import
