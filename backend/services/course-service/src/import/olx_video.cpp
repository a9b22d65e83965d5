#include "services/course-service/src/import/olx_video.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/import/captions.hpp"
#include "services/course-service/src/import/names.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace tt::course::import {
namespace {

namespace bj = boost::json;

constexpr FileType vtt_type{"text/vtt", "caption"};
constexpr FileType address_type{"text/uri-list", "video"};  // RFC 2483

bj::value parse_or_null(const std::optional<std::string>& text) {
    boost::system::error_code error;
    return text ? bj::parse(*text, error) : bj::value();
}

/// YouTube ids are 11 characters of base64url; nothing else goes into an embed address.
bool is_youtube_id(std::string_view id) {
    const auto is_plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    };
    return id.size() == 11 && std::ranges::all_of(id, is_plain);
}

/// youtube_id_1_0, or the film of normal speed in youtube="0.75:x,1.00:y".
std::string youtube_id(const markup::XmlElement& video) {
    const std::string direct = trimmed(video.attribute_or("youtube_id_1_0", ""));
    if (is_youtube_id(direct)) return direct;
    const std::string by_speed = video.attribute_or("youtube", "");
    for (const std::string_view speed : {"1.00:", "1.0:", "1:"}) {
        const std::size_t at = by_speed.find(speed);
        if (at == std::string::npos || (at > 0 && by_speed[at - 1] != ',')) continue;
        const std::string id = trimmed(by_speed.substr(at + speed.size(), by_speed.find(',', at) - at - speed.size()));
        if (is_youtube_id(id)) return id;
    }
    return {};
}

/// "00:11:39", "11:39", "699" or "699.0s" → ms; 0 when absent.
int clock_ms(std::string text) {
    text = trimmed(text);
    if (text.ends_with('s')) text.pop_back();
    double seconds = 0;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(':', begin), text.size());
        double part = 0;
        if (std::from_chars(text.data() + begin, text.data() + end, part).ec != std::errc{}) return 0;
        seconds = seconds * 60 + part;
        begin = end + 1;
    }
    return seconds > 0 && seconds < 1e6 ? static_cast<int>(seconds * 1000) : 0;
}

/// How speakers of the language write its name; the tag itself for others.
std::string language_name(const std::string& tag) {
    static const std::map<std::string, std::string, std::less<>> names{
        {"ar", "العربية"},    {"de", "Deutsch"},    {"en", "English"},   {"es", "Español"}, {"fr", "Français"},
        {"he", "עברית"},      {"hi", "हिन्दी"},      {"it", "Italiano"},  {"ja", "日本語"},  {"ko", "한국어"},
        {"nl", "Nederlands"}, {"pl", "Polski"},     {"pt", "Português"}, {"ru", "Русский"}, {"tr", "Türkçe"},
        {"uk", "Українська"}, {"vi", "Tiếng Việt"}, {"zh", "中文"}};
    const auto found = names.find(tag.substr(0, tag.find_first_of("-_")));
    if (found == names.end()) return tag;
    return tag.size() == found->first.size() ? found->second : found->second + " (" + tag + ")";
}

std::string_view last_part(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    return url.substr(url.rfind('/') + 1);
}

}  // namespace

VideoReader::VideoReader(AssetLibrary& assets, ContentCleaner& cleaner, Findings& findings, std::string course_language)
    : assets_(assets), cleaner_(cleaner), findings_(findings), course_language_(std::move(course_language)) {}

VideoReader::Source VideoReader::source_of(const std::string& url) const {
    if (const AssetDraft* asset = cleaner_.asset_of(url))
        return {AssetLibrary::url_of(*asset), asset->content_type, asset->key};
    const auto type = std::string(file_type_of(last_part(url)).content_type);
    return {url, type.starts_with("video/") || type.starts_with("audio/") ? type : "", {}};
}

std::vector<VideoReader::Source> VideoReader::file_sources(const OlxNode& video) const {
    std::vector<std::string> urls;
    for (const auto* element : video.element.elements("source"))
        urls.push_back(trimmed(element->attribute_or("src", "")));
    const auto listed = parse_or_null(video.element.attribute("html5_sources"));
    for (const auto& url : listed.is_array() ? listed.get_array() : bj::array{}) {
        if (url.is_string()) urls.push_back(trimmed(url.get_string()));
    }
    std::vector<Source> sources;
    for (const std::string& url : urls) {
        std::string normalized;
        const bool is_seen = std::ranges::any_of(sources, [&](const Source& source) { return source.url == url; });
        if (url.empty() || is_seen || !markup::is_safe_url(url, markup::UrlUse::media, normalized)) continue;
        // The archive's own copy of a film plays without the other server; it goes before the address.
        const AssetDraft* copy = assets_.find(last_part(url));
        if (copy != nullptr && copy->kind == "video" && cleaner_.asset_of(url) == nullptr)
            sources.push_back({AssetLibrary::url_of(*copy), copy->content_type, copy->key});
        sources.push_back(source_of(url));
    }
    return sources;
}

std::string VideoReader::film_asset(const OlxNode& video, const std::vector<Source>& sources,
                                    const std::string& youtube) {
    for (const Source& source : sources) {
        // A film used twice with different captions must not share them.
        if (!source.asset_key.empty() && assets_.at(source.asset_key).captions.empty()) return source.asset_key;
    }
    const std::string address = sources.empty() ? "https://www.youtube.com/watch?v=" + youtube : sources.front().url;
    return assets_.add_bytes("video/" + video.url_name + ".uri", address + "\r\n", address_type);
}

std::vector<std::pair<std::string, std::string>> VideoReader::transcript_files(const OlxNode& video) const {
    std::vector<std::pair<std::string, std::string>> files;
    const auto add = [&](std::string language, std::string file) {
        const bool is_known = std::ranges::any_of(files, [&](const auto& known) { return known.first == language; });
        if (!language.empty() && !file.empty() && !is_known) files.emplace_back(std::move(language), std::move(file));
    };
    for (const auto* element : video.element.elements("transcript"))
        add(element->attribute_or("language", ""), element->attribute_or("src", ""));
    const auto listed = parse_or_null(video.element.attribute("transcripts"));
    if (listed.is_object()) {
        for (const auto& [language, file] : listed.get_object()) {
            if (file.is_string()) add(language, std::string(file.get_string()));
        }
    }
    const std::string sub = trimmed(video.element.attribute_or("sub", ""));
    if (!sub.empty()) add(course_language_, "subs_" + sub + ".srt.sjson");
    return files;
}

int VideoReader::attach_captions(const OlxNode& video, const std::string& asset_key) {
    int last_ms = 0;
    for (const auto& [language, file] : transcript_files(video)) {
        const AssetDraft* source = assets_.find(file);
        const auto text = source == nullptr ? std::nullopt : assets_.read_text(*source);
        const auto captions = !text                      ? std::nullopt
                              : file.ends_with(".sjson") ? captions_from_sjson(*text)
                                                         : captions_from_srt(*text);
        if (!captions) {
            findings_.warnings.push_back(
                {video.source, "The captions " + file + " (" + language + ") are missing or cannot be read."});
            continue;
        }
        const std::string track = assets_.add_bytes("captions/" + file + ".vtt", captions->vtt, vtt_type);
        assets_.at(asset_key).captions.push_back({language, "captions", language_name(language), track, "imported"});
        ++findings_.caption_languages[language];
        findings_.caption_cues += captions->cues;
        last_ms = std::max(last_ms, captions->last_ms);
    }
    return last_ms;
}

std::string VideoReader::downloads_html(const OlxNode& video) {
    std::string html;
    const auto add = [&](const char* attribute, const char* label) {
        const std::string reference = video.element.attribute_or(attribute, "");
        if (reference.empty()) return;
        if (const auto url = cleaner_.media_url(reference)) {
            html += "<p><a href=\"" + escape_html(*url) + "\" download>" + label + "</a></p>";
        } else {
            findings_.unresolved_links.push_back({video.source, reference});
        }
    };
    add("handout", "Download the handout");
    add("track", "Download the transcript");
    return html;
}

BlockDraft VideoReader::read(const OlxNode& video, int& length_ms) {
    BlockDraft block;
    block.kind = "video";
    block.source_type = video.tag;
    const auto sources = file_sources(video);
    const std::string youtube = youtube_id(video.element);
    bj::object content{{"title", video.title()}};
    if (!youtube.empty()) content["youtube_id"] = youtube;
    bj::array listed;
    for (const Source& source : sources) listed.emplace_back(bj::object{{"url", source.url}, {"type", source.type}});
    content["sources"] = listed;
    const int start_ms = clock_ms(video.element.attribute_or("start_time", ""));
    const int end_ms = clock_ms(video.element.attribute_or("end_time", ""));
    if (start_ms > 0) content["start_ms"] = start_ms;
    if (end_ms > start_ms) content["end_ms"] = end_ms;
    if (sources.empty() && youtube.empty()) {
        findings_.warnings.push_back({video.source, "The video has neither a file nor a YouTube film."});
    } else {
        block.asset_key = film_asset(video, sources, youtube);
        length_ms = attach_captions(video, *block.asset_key);
    }
    if (end_ms > start_ms) length_ms = end_ms - start_ms;
    const std::string downloads = downloads_html(video);
    if (!downloads.empty()) block.content_html = downloads;
    block.content = json::Raw{bj::serialize(content)};
    return block;
}

}  // namespace tt::course::import
