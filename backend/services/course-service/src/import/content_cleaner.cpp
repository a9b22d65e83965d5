#include "services/course-service/src/import/content_cleaner.hpp"

#include "services/course-service/src/import/names.hpp"

#include <utility>

namespace tt::course::import {
namespace {

constexpr std::string_view static_prefix = "/static/";

/// The file name inside a reference to an uploaded file, without query and fragment; empty for other URLs.
std::string_view file_reference(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    if (url.starts_with(static_prefix)) return url.substr(static_prefix.size());
    if (url.starts_with("static/")) return url.substr(7);
    if (url.starts_with("/asset-v1:") || url.starts_with("asset-v1:")) {
        const std::size_t name = url.find("type@asset+block@");
        return name == std::string_view::npos ? std::string_view{} : url.substr(name + 17);
    }
    if (url.starts_with("/c4x/")) {
        const std::size_t name = url.find("/asset/");
        return name == std::string_view::npos ? std::string_view{} : url.substr(name + 7);
    }
    return {};
}

/// The url_name a link to another unit of the course points at; empty for other URLs.
std::string_view unit_reference(std::string_view url) {
    for (const std::string_view prefix : {"/jump_to_id/", "/jump_to/"}) {
        const std::size_t begin = url.find(prefix);
        if (begin != 0) continue;
        std::string_view target = url.substr(prefix.size());
        target = target.substr(0, target.find_first_of("?#/"));
        const std::size_t block = target.rfind('@');  // block-v1:Org+Course+Run+type@vertical+block@name
        return block == std::string_view::npos ? target : target.substr(block + 1);
    }
    return {};
}

}  // namespace

ContentCleaner::ContentCleaner(const AssetLibrary& assets, std::map<std::string, std::string> lesson_of,
                               Findings& findings)
    : assets_(assets), lesson_of_(std::move(lesson_of)), findings_(findings) {}

markup::Sanitized ContentCleaner::clean(std::string_view html, const std::string& source) {
    markup::SanitizeOptions options;
    options.keeps_own_frames = true;
    options.dropped_classes = {"material-symbols-outlined", "material-symbols-rounded", "material-symbols-sharp",
                               "material-icons"};
    options.rewrite_url = [this, &source](markup::UrlUse, const std::string& url) { return rewrite(url, source); };
    auto result = markup::sanitize(html, options);
    findings_.removed += result.report;
    if (result.report.images_without_alt > 0) findings_.images_without_alt.push_back(source);
    if (result.report.is_refused)
        findings_.warnings.push_back({source, "The HTML is nested too deeply or too large; it was left out."});
    return result;
}

std::string ContentCleaner::clean_html(std::string_view html, const std::string& source) {
    return trimmed(clean(html, source).html);
}

void ContentCleaner::note_static_refs(std::string_view text) {
    for (std::size_t at = text.find(static_prefix); at != std::string_view::npos;
         at = text.find(static_prefix, at + 1)) {
        const std::string_view rest = text.substr(at + static_prefix.size());
        const std::string_view name = rest.substr(0, rest.find_first_of("\"'\\ \t\r\n()<>?#&"));
        if (name.empty()) continue;
        const std::string reference = reference_name(percent_decode(name));
        findings_.static_refs.insert(reference);
        if (assets_.find(name) == nullptr) findings_.unresolved_static_refs.insert(reference);
    }
}

const AssetDraft* ContentCleaner::asset_of(std::string_view reference) const {
    const std::string_view file = file_reference(reference);
    return file.empty() ? nullptr : assets_.find(file);
}

std::optional<std::string> ContentCleaner::media_url(std::string_view reference) const {
    const AssetDraft* asset = asset_of(reference);
    return asset == nullptr ? std::nullopt : std::optional(AssetLibrary::url_of(*asset));
}

std::optional<std::string> ContentCleaner::rewrite(const std::string& url, const std::string& source) {
    if (!file_reference(url).empty()) {
        const AssetDraft* asset = asset_of(url);
        if (asset == nullptr) {
            findings_.unresolved_links.push_back({source, url});
            return std::nullopt;
        }
        return AssetLibrary::url_of(*asset);
    }
    const std::string_view unit = unit_reference(url);
    if (!unit.empty()) {
        const auto lesson = lesson_of_.find(std::string(unit));
        if (lesson == lesson_of_.end()) {
            findings_.unresolved_links.push_back({source, url});
            return std::nullopt;
        }
        ++findings_.links_rewritten;
        return lesson->second;
    }
    const bool is_elsewhere =
        url.starts_with("https:") || url.starts_with("http:") || url.starts_with("mailto:") || url.starts_with("tel:");
    if (is_elsewhere) return url;
    // Relative to a site we are not: "/courses/…", "edx.org read the docs".
    findings_.unresolved_links.push_back({source, url});
    return std::nullopt;
}

}  // namespace tt::course::import
