#include "services/course-service/src/import/course_policy.hpp"

#include "services/course-service/src/import/decimal_text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tt::course::import {
namespace {

namespace bj = boost::json;

std::string policy_file(const OlxTree& tree, std::string_view name) {
    std::string run = tree.run;
    std::ranges::replace(run, ':', '/');
    if (run.find("..") != std::string::npos) return {};
    return "policies/" + run + "/" + std::string(name);
}

std::optional<bj::object> read_object(const CourseFolder& folder, const std::string& file, Findings& findings) {
    const auto bytes = file.empty() ? std::nullopt : folder.read(file);
    if (!bytes) return std::nullopt;
    boost::system::error_code error;
    auto document = bj::parse(*bytes, error);
    if (error || !document.is_object()) {
        findings.warnings.push_back({file, "The file is not a JSON object and was left out."});
        return std::nullopt;
    }
    return std::move(document.get_object());
}

double number_or(const bj::object& object, std::string_view name, double fallback) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) return fallback;
    boost::system::error_code error;
    const double number = value->to_number<double>(error);
    return error ? fallback : number;
}

int count_or_zero(const bj::object& object, std::string_view name) {
    return static_cast<int>(std::clamp(number_or(object, name, 0), 0.0, 1000.0));
}

GradeCategoryDraft read_category(const bj::object& grader) {
    GradeCategoryDraft category;
    const auto* type = grader.if_contains("type");
    category.name = type != nullptr && type->is_string() ? trimmed(type->get_string()) : "";
    category.weight = decimal_of(std::clamp(number_or(grader, "weight", 0), 0.0, 1.0), 6);
    category.min_count = count_or_zero(grader, "min_count");
    category.drop_lowest = count_or_zero(grader, "drop_count");
    return category;
}

/// The lowest grade that passes: "Pass", or the smallest cut-off of A, B, C, …
std::optional<double> pass_mark(const bj::object& cutoffs) {
    std::optional<double> lowest;
    for (const auto& [name, value] : cutoffs) {
        const double mark = number_or(cutoffs, name, 0);
        if (name == "Pass") return mark;
        if (mark > 0) lowest = std::min(lowest.value_or(mark), mark);
    }
    return lowest;
}

}  // namespace

CourseSettings::CourseSettings(const CourseFolder& folder, const OlxTree& tree, Findings& findings)
    : course_(tree.root.element) {
    auto document = read_object(folder, policy_file(tree, "policy.json"), findings);
    if (!document) return;
    auto* settings = document->if_contains("course/" + tree.run);
    if (settings != nullptr && settings->is_object()) policy_ = std::move(settings->get_object());
}

std::string CourseSettings::xml_text(std::string_view name) const {
    return trimmed(course_.attribute_or(name, ""));
}

std::string CourseSettings::text(std::string_view name) const {
    const auto* value = policy_.if_contains(name);
    if (value == nullptr || value->is_null()) return xml_text(name);
    if (value->is_string()) return trimmed(value->get_string());
    return bj::serialize(*value);
}

bj::array CourseSettings::list(std::string_view name) const {
    const auto* value = policy_.if_contains(name);
    if (value != nullptr && value->is_array()) return value->get_array();
    boost::system::error_code error;
    auto parsed = bj::parse(course_.attribute_or(name, "[]"), error);
    return !error && parsed.is_array() ? parsed.get_array() : bj::array{};
}

void read_grading(const CourseFolder& folder, const OlxTree& tree, Findings& findings, CourseDraft& draft) {
    auto policy = read_object(folder, policy_file(tree, "grading_policy.json"), findings);
    if (!policy) policy = read_object(folder, "grading_policy.json", findings);
    if (!policy) {
        draft.pass_percent = "0";
        return;
    }
    const auto* graders = policy->if_contains("GRADER");
    for (const auto& grader : graders != nullptr && graders->is_array() ? graders->get_array() : bj::array{}) {
        if (!grader.is_object()) continue;
        auto category = read_category(grader.get_object());
        const auto is_same = [&](const GradeCategoryDraft& known) { return known.name == category.name; };
        if (!category.name.empty() && std::ranges::none_of(draft.grade_categories, is_same))
            draft.grade_categories.push_back(std::move(category));
    }
    const auto* cutoffs = policy->if_contains("GRADE_CUTOFFS");
    const auto mark = cutoffs != nullptr && cutoffs->is_object() ? pass_mark(cutoffs->get_object()) : std::nullopt;
    draft.pass_percent = decimal_of(std::clamp(mark.value_or(0), 0.0, 1.0) * 100, 3);
}

}  // namespace tt::course::import
