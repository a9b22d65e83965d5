#pragma once

#include "platform/markup/sanitizer.hpp"
#include "services/course-service/src/import/asset_library.hpp"
#include "services/course-service/src/import/findings.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tt::course::import {

/// Makes the HTML of a course safe and its references ours: files become /media paths, links to other units become
/// links to lessons. Everything removed or not found goes into the findings.
class ContentCleaner {
public:
    /// `lesson_of` maps the url_name of any component to the slug of the lesson that shows it.
    ContentCleaner(const AssetLibrary& assets, std::map<std::string, std::string> lesson_of, Findings& findings);

    /// `source` names the file for the report.
    markup::Sanitized clean(std::string_view html, const std::string& source);
    /// The same for a prompt, an option, a hint: surrounding white space is dropped.
    std::string clean_html(std::string_view html, const std::string& source);

    /// Notes every /static/ reference in a source text, also those that cleaning takes out (scripts, style sheets).
    void note_static_refs(std::string_view source_text);

    /// /media path of a reference ("/static/x", "/asset-v1:…@x", "/c4x/…/asset/x"); empty when it means no file of the
    /// archive.
    std::optional<std::string> media_url(std::string_view reference) const;
    /// The asset itself, for references that must become one (a film, captions).
    const AssetDraft* asset_of(std::string_view reference) const;

private:
    std::optional<std::string> rewrite(const std::string& url, const std::string& source);

    const AssetLibrary& assets_;
    std::map<std::string, std::string> lesson_of_;
    Findings& findings_;
};

}  // namespace tt::course::import
