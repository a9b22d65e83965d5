#include "services/course-service/src/import/captions.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <vector>

namespace tt::course::import {
namespace {

struct Cue {
    int start_ms = 0;
    int end_ms = 0;
    std::string text;
};

std::string vtt_time(int ms) {
    char text[24];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d.%03d", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60,
                  ms % 1000);
    return text;
}

/// WebVTT §3.3: & and < start something, "-->" may not occur; <i>, <b> and <u> mean the same as in SubRip.
std::string vtt_text(std::string_view text) {
    std::string safe;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<') {
            const std::size_t end = text.find('>', i);
            if (end != std::string_view::npos) {
                const std::string tag = platform::lower_ascii(text.substr(i, end - i + 1));
                const bool is_known =
                    tag == "<i>" || tag == "</i>" || tag == "<b>" || tag == "</b>" || tag == "<u>" || tag == "</u>";
                if (is_known) safe += tag;
                i = end;
                continue;
            }
            safe += "&lt;";
        } else if (text[i] == '>') {
            safe += "&gt;";
        } else if (text[i] == '&') {
            const bool is_reference = text.substr(i).starts_with("&amp;") || text.substr(i).starts_with("&lt;") ||
                                      text.substr(i).starts_with("&gt;");
            safe += is_reference ? "&" : "&amp;";
        } else {
            safe += text[i];
        }
    }
    return safe;
}

std::optional<Captions> write_vtt(const std::vector<Cue>& cues) {
    if (cues.empty()) return std::nullopt;
    Captions captions;
    captions.vtt = "WEBVTT\n";
    for (const Cue& cue : cues) {
        captions.vtt +=
            "\n" + vtt_time(cue.start_ms) + " --> " + vtt_time(cue.end_ms) + "\n" + vtt_text(cue.text) + "\n";
        captions.last_ms = std::max(captions.last_ms, cue.end_ms);
        ++captions.cues;
    }
    return captions;
}

/// "00:01:02,345" → ms; also "1:02.3" and without hours.
std::optional<int> parse_time(std::string_view text) {
    const std::string clean = trimmed(text);
    std::vector<long> parts;
    long fraction_ms = 0;
    const char* at = clean.data();
    const char* end = at + clean.size();
    while (at < end) {
        long value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc{} || value < 0 || value > 1'000'000) return std::nullopt;
        parts.push_back(value);
        at = next;
        if (at < end && (*at == ',' || *at == '.')) {
            const std::string digits = (std::string(at + 1, end) + "000").substr(0, 3);
            if (std::from_chars(digits.data(), digits.data() + 3, fraction_ms).ptr != digits.data() + 3)
                return std::nullopt;
            break;
        }
        if (at < end && *at++ != ':') return std::nullopt;
    }
    if (parts.empty() || parts.size() > 3) return std::nullopt;
    long seconds = 0;
    for (const long part : parts) seconds = seconds * 60 + part;
    if (seconds > 1'000'000) return std::nullopt;
    return static_cast<int>(seconds * 1000 + fraction_ms);
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        lines.push_back(line);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

bool is_cue_number(std::string_view line) {
    const std::string text = trimmed(line);
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Cue> parse_timing(std::string_view line) {
    const std::size_t arrow = line.find("-->");
    if (arrow == std::string_view::npos) return std::nullopt;
    const std::string after = trimmed(line.substr(arrow + 3));
    const auto start = parse_time(line.substr(0, arrow));
    const auto end = parse_time(std::string_view(after).substr(0, after.find(' ')));  // positions may follow
    if (!start || !end) return std::nullopt;
    return Cue{*start, std::max(*start, *end), {}};
}

}  // namespace

std::optional<Captions> captions_from_srt(std::string_view srt) {
    if (srt.starts_with("\xef\xbb\xbf")) srt.remove_prefix(3);
    const auto lines = lines_of(srt);
    std::vector<Cue> cues;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (auto cue = parse_timing(lines[i])) {
            cues.push_back(std::move(*cue));
            continue;
        }
        // The number of the next cue is not text of this one.
        const bool is_number_line = is_cue_number(lines[i]) && i + 1 < lines.size() && parse_timing(lines[i + 1]);
        const std::string text = trimmed(lines[i]);
        if (cues.empty() || is_number_line || text.empty()) continue;
        cues.back().text += (cues.back().text.empty() ? "" : "\n") + text;
    }
    return write_vtt(cues);
}

std::optional<Captions> captions_from_sjson(std::string_view sjson) {
    boost::system::error_code error;
    const auto document = boost::json::parse(sjson, error);
    if (error || !document.is_object()) return std::nullopt;
    const auto list = [&](const char* name) -> const boost::json::array* {
        const auto* value = document.as_object().if_contains(name);
        return value == nullptr ? nullptr : value->if_array();
    };
    const auto* start = list("start");
    const auto* end = list("end");
    const auto* text = list("text");
    if (start == nullptr || end == nullptr || text == nullptr) return std::nullopt;
    const auto ms_of = [](const boost::json::value& value) {
        boost::system::error_code not_a_number;
        const double ms = value.to_number<double>(not_a_number);
        return not_a_number || !(ms >= 0 && ms < 1e9) ? 0 : static_cast<int>(ms);
    };
    std::vector<Cue> cues;
    for (std::size_t i = 0; i < std::min({start->size(), end->size(), text->size()}); ++i) {
        if (!(*text)[i].is_string() || trimmed((*text)[i].as_string()).empty()) continue;
        const int start_ms = ms_of((*start)[i]);
        cues.push_back({start_ms, std::max(start_ms, ms_of((*end)[i])), trimmed((*text)[i].as_string())});
    }
    return write_vtt(cues);
}

}  // namespace tt::course::import
