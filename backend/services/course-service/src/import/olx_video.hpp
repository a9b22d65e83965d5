#pragma once

#include "services/course-service/src/import/asset_library.hpp"
#include "services/course-service/src/import/content_cleaner.hpp"
#include "services/course-service/src/import/olx_tree.hpp"

namespace tt::course::import {

/// Reads <video> and <videoalpha>: file sources in their order, the YouTube film as an embed, SubRip and sjson captions
/// as WebVTT, start and end, downloads beside it.
///
/// Every film gets an asset, because captions hang on one; that of a film elsewhere is a text/uri-list with its
/// address.
class VideoReader {
public:
    VideoReader(AssetLibrary& assets, ContentCleaner& cleaner, Findings& findings, std::string course_language);

    /// Without import_key; `length_ms` receives what is known of the playing time.
    BlockDraft read(const OlxNode& video, int& length_ms);

private:
    struct Source {
        std::string url;
        std::string type;
        std::string asset_key;  ///< empty when the film lies elsewhere
    };

    std::vector<Source> file_sources(const OlxNode& video) const;
    Source source_of(const std::string& url) const;
    std::string film_asset(const OlxNode& video, const std::vector<Source>& sources, const std::string& youtube);
    std::vector<std::pair<std::string, std::string>> transcript_files(const OlxNode& video) const;
    int attach_captions(const OlxNode& video, const std::string& asset_key);
    std::string downloads_html(const OlxNode& video);

    AssetLibrary& assets_;
    ContentCleaner& cleaner_;
    Findings& findings_;
    std::string course_language_;
};

}  // namespace tt::course::import
