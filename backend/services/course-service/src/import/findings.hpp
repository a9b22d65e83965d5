#pragma once

#include "platform/markup/sanitizer.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tt::course::import {

/// Something of the source that has no counterpart here. It stays visible as an `unsupported` block and in the report.
struct UnsupportedItem {
    std::string type;  ///< element name in the source
    std::string title;
    std::string path;    ///< titles from the chapter down, joined with " › "
    std::string source;  ///< file in the archive
    std::string reason;  ///< stable word
    std::string detail;  ///< sentence for people
};
BOOST_DESCRIBE_STRUCT(UnsupportedItem, (), (type, title, path, source, reason, detail))

struct SourceNote {
    std::string source;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(SourceNote, (), (source, message))

/// What the reader saw and did besides the draft itself.
struct Findings {
    std::vector<UnsupportedItem> unsupported;
    std::map<std::string, int> unsupported_responses;  ///< by kind: custom, formula, image, schematic, …
    std::vector<SourceNote> warnings;

    std::set<std::string> static_refs;
    std::set<std::string> unresolved_static_refs;
    int links_rewritten = 0;
    std::vector<SourceNote> unresolved_links;

    int images = 0;  ///< in html components
    int html_files_with_scripts = 0;
    markup::SanitizeReport removed;
    std::vector<std::string> images_without_alt;  ///< source files

    std::map<std::string, int> caption_languages;
    int caption_cues = 0;

    int problems = 0;  ///< also those inside pools
    int problems_with_hints = 0;
    int problems_with_solutions = 0;
    int problems_without_attempt_limit = 0;  ///< outside pools

    int static_files = 0;
    std::uint64_t static_bytes = 0;
};

}  // namespace tt::course::import
