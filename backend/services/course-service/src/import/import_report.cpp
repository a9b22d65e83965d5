#include "services/course-service/src/import/import_report.hpp"

#include "platform/json/json.hpp"

#include <boost/json.hpp>

#include <utility>

namespace tt::course::import {
namespace {

namespace bj = boost::json;

bj::object object_of(const std::map<std::string, int>& counts) {
    bj::object object;
    for (const auto& [name, count] : counts) object[name] = count;
    return object;
}

bj::array array_of(const std::set<std::string>& names) {
    return bj::array(names.begin(), names.end());
}

bj::array array_of(const std::vector<SourceNote>& notes) {
    bj::array array;
    for (const auto& note : notes) array.emplace_back(bj::object{{"source", note.source}, {"message", note.message}});
    return array;
}

bj::array array_of(const std::vector<UnsupportedItem>& items) {
    bj::array array;
    for (const auto& item : items) {
        array.emplace_back(bj::object{{"type", item.type},
                                      {"title", item.title},
                                      {"path", item.path},
                                      {"source", item.source},
                                      {"reason", item.reason},
                                      {"detail", item.detail}});
    }
    return array;
}

struct Counter {
    int modules = 0;
    int sections = 0;
    int lessons = 0;
    int empty_lessons = 0;
    std::map<std::string, int> blocks;
    std::map<std::string, int> questions;
    int quizzes = 0;
    int options = 0;

    void add(const ModuleDraft& module, bool is_section) {
        ++(is_section ? sections : modules);
        for (const auto& section : module.sections) add(section, true);
        for (const auto& lesson : module.lessons) {
            ++lessons;
            if (lesson.blocks.empty()) ++empty_lessons;
            for (const auto& block : lesson.blocks) add(block);
        }
    }

    void add(const BlockDraft& block) {
        ++blocks[block.kind];
        for (const auto& child : block.children) add(child);
        if (!block.quiz) return;
        ++quizzes;
        for (const auto& question : block.quiz->questions) {
            ++questions[question.type];
            options += static_cast<int>(question.options.size());
        }
    }
};

/// {"created": {"lessons": 58, …}, "updated": …}: the rows of the writer turned by what happened to them.
bj::object counts_of(const store::SaveReport& saved) {
    const std::pair<std::string_view, const store::RowCounts*> kinds[] = {
        {"courses", &saved.courses},     {"grade_categories", &saved.grade_categories},
        {"modules", &saved.modules},     {"lessons", &saved.lessons},
        {"blocks", &saved.blocks},       {"quizzes", &saved.quizzes},
        {"questions", &saved.questions}, {"assets", &saved.assets},
        {"captions", &saved.captions}};
    bj::object created;
    bj::object updated;
    bj::object unchanged;
    bj::object removed;
    for (const auto& [name, rows] : kinds) {
        created[name] = rows->created;
        updated[name] = rows->updated;
        unchanged[name] = rows->unchanged;
        removed[name] = rows->removed;
    }
    return {{"created", created}, {"updated", updated}, {"unchanged", unchanged}, {"removed", removed}};
}

bj::object captions_of(const Findings& findings) {
    int tracks = 0;
    for (const auto& [language, count] : findings.caption_languages) tracks += count;
    return {{"tracks", tracks}, {"cues", findings.caption_cues}, {"languages", object_of(findings.caption_languages)}};
}

}  // namespace

bj::object count_contents(const CourseDraft& draft, const Findings& findings) {
    Counter counter;
    for (const auto& module : draft.modules) counter.add(module, false);
    return {{"modules", counter.modules},
            {"sections", counter.sections},
            {"lessons", counter.lessons},
            {"empty_lessons", counter.empty_lessons},
            {"blocks", object_of(counter.blocks)},
            {"quizzes", counter.quizzes},
            {"questions", object_of(counter.questions)},
            {"options", counter.options},
            {"problems_with_hints", findings.problems_with_hints},
            {"problems_with_solutions", findings.problems_with_solutions},
            {"unsupported_responses", object_of(findings.unsupported_responses)}};
}

std::string write_report(const ImportSource& source, const store::ImportedCourse& course,
                         const store::SaveReport& saved, const CourseDraft& draft, const Findings& findings,
                         std::chrono::milliseconds duration) {
    const auto& removed = findings.removed;
    const bj::object report{
        {"source_name", source.name},
        {"source_sha256", source.sha256},
        {"source_bytes", source.bytes},
        {"course", bj::object{{"id", to_string(course.id)}, {"slug", course.slug}, {"title", course.title}}},
        {"changed", saved.changed()},
        {"counts", counts_of(saved)},
        {"yield", count_contents(draft, findings)},
        {"unsupported", array_of(findings.unsupported)},
        {"links",
         bj::object{{"rewritten", findings.links_rewritten}, {"unresolved", array_of(findings.unresolved_links)}}},
        {"static_refs", bj::object{{"distinct", findings.static_refs.size()},
                                   {"unresolved", array_of(findings.unresolved_static_refs)}}},
        {"scripts_removed", removed.scripts},
        {"event_handlers_removed", removed.event_handlers},
        {"html_files_with_scripts", findings.html_files_with_scripts},
        {"removed", bj::object{{"styles", removed.styles},
                               {"controls", removed.controls},
                               {"embeds_replaced", removed.embeds},
                               {"unsafe_urls", removed.unsafe_urls}}},
        {"captions", captions_of(findings)},
        {"assets", bj::object{{"files", findings.static_files}, {"bytes", findings.static_bytes}}},
        {"images", bj::object{{"total", findings.images},
                              {"without_alt",
                               bj::array(findings.images_without_alt.begin(), findings.images_without_alt.end())}}},
        {"warnings", array_of(findings.warnings)},
        {"duration_ms", duration.count()}};
    return bj::serialize(report);
}

}  // namespace tt::course::import
