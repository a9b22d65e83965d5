#include "platform/markup/html_policy.hpp"

#include "platform/core/text.hpp"
#include "platform/markup/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>

namespace platform::markup {
namespace {

constexpr std::size_t max_html_bytes = 4U << 20;        // the largest block of a real course seen has 0.5 MiB
constexpr std::size_t max_open_elements = 1000;         // the tree is walked and freed recursively
constexpr std::size_t max_reconstructions = 2'000'000;  // see is_abusive

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 80> kept_tags{
    "a",       "abbr",  "article", "aside",      "audio",    "b",      "bdi",     "bdo",     "blockquote", "br",
    "caption", "cite",  "code",    "col",        "colgroup", "dd",     "del",     "details", "dfn",        "div",
    "dl",      "dt",    "em",      "figcaption", "figure",   "footer", "h1",      "h2",      "h3",         "h4",
    "h5",      "h6",    "header",  "hr",         "i",        "img",    "ins",     "kbd",     "li",         "main",
    "mark",    "ol",    "p",       "pre",        "q",        "rp",     "rt",      "ruby",    "s",          "samp",
    "section", "small", "source",  "span",       "strong",   "sub",    "summary", "sup",     "table",      "tbody",
    "td",      "tfoot", "th",      "thead",      "time",     "tr",     "track",   "u",       "ul",         "var",
    "video",   "wbr",   "address", "hgroup",     "menu",     "nav",    "big",     "strike",  "tt",         "center"};

const std::unordered_map<std::string_view, Treatment>& special_tags() {
    static const std::unordered_map<std::string_view, Treatment> table{
        {"script", Treatment::drop_script},    {"noscript", Treatment::drop_other},
        {"style", Treatment::drop_style},      {"link", Treatment::drop_style},
        {"meta", Treatment::drop_other},       {"base", Treatment::drop_other},
        {"title", Treatment::drop_other},      {"template", Treatment::drop_other},
        {"noframes", Treatment::drop_other},   {"noembed", Treatment::drop_other},
        {"param", Treatment::drop_other},      {"area", Treatment::drop_other},
        {"input", Treatment::drop_control},    {"button", Treatment::drop_control},
        {"select", Treatment::drop_control},   {"textarea", Treatment::drop_control},
        {"datalist", Treatment::drop_control}, {"keygen", Treatment::drop_control},
        {"svg", Treatment::drop_foreign},      {"math", Treatment::text_only},
        {"plaintext", Treatment::text_only},   {"xmp", Treatment::text_only},
        {"listing", Treatment::text_only},     {"iframe", Treatment::frame},
        {"frame", Treatment::frame},           {"object", Treatment::object},
        {"embed", Treatment::object},          {"applet", Treatment::object}};
    return table;
}

using AttributeTable = std::unordered_map<std::string_view, std::unordered_map<std::string_view, AttributeKind>>;

const AttributeTable& attribute_table() {
    using enum AttributeKind;
    static const AttributeTable table{
        {"a", {{"href", link_url}, {"target", word}, {"download", flag}}},
        {"img", {{"src", media_url}, {"alt", text}, {"width", number}, {"height", number}}},
        {"audio", {{"src", media_url}, {"loop", flag}}},
        {"video", {{"src", media_url}, {"poster", media_url}, {"width", number}, {"height", number}, {"loop", flag}}},
        {"source", {{"src", media_url}, {"type", text}}},
        {"track", {{"src", media_url}, {"kind", word}, {"srclang", word}, {"label", text}, {"default", flag}}},
        {"td", {{"colspan", number}, {"rowspan", number}, {"headers", word}}},
        {"th", {{"colspan", number}, {"rowspan", number}, {"headers", word}, {"scope", word}, {"abbr", text}}},
        {"col", {{"span", number}}},
        {"colgroup", {{"span", number}}},
        {"ol", {{"start", number}, {"type", word}, {"reversed", flag}}},
        {"li", {{"value", number}}},
        {"time", {{"datetime", text}}},
        {"details", {{"open", flag}}}};
    return table;
}

}  // namespace

Treatment treatment_of(std::string_view tag) {
    if (is_one_of(tag, kept_tags)) return Treatment::keep;
    const auto special = special_tags().find(tag);
    return special == special_tags().end() ? Treatment::unwrap : special->second;
}

AttributeKind attribute_kind(std::string_view tag, std::string_view attribute) {
    if (attribute == "id") return AttributeKind::id;
    if (attribute == "title" || attribute == "aria-label") return AttributeKind::text;
    if (attribute == "lang" || attribute == "dir") return AttributeKind::word;
    const auto row = attribute_table().find(tag);
    if (row == attribute_table().end()) return AttributeKind::refused;
    const auto cell = row->second.find(attribute);
    return cell == row->second.end() ? AttributeKind::refused : cell->second;
}

bool is_event_handler(std::string_view attribute) {
    return attribute.size() > 2 && lower_ascii(attribute[0]) == 'o' && lower_ascii(attribute[1]) == 'n';
}

bool is_number(std::string_view value) {
    return !value.empty() && value.size() <= 4 &&
           std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_words(std::string_view value) {
    const auto is_plain = [](char c) {
        return (c >= '0' && c <= '9') || (lower_ascii(c) >= 'a' && lower_ascii(c) <= 'z') || c == '-' || c == '_' ||
               c == ':' || c == ' ';
    };
    return value.size() <= 200 && std::ranges::all_of(value, is_plain);
}

std::string alignment_class(std::string_view style) {
    std::string compact = lower_ascii(style);
    std::erase_if(compact, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
    compact = ";" + compact + ";";
    for (const std::string_view side : {"left", "right", "center", "justify"}) {
        if (compact.find(";text-align:" + std::string(side) + ";") != std::string::npos)
            return "content-align-" + std::string(side);
    }
    for (const std::string_view side : {"left", "right"}) {
        if (compact.find(";float:" + std::string(side) + ";") != std::string::npos)
            return "content-float-" + std::string(side);
    }
    return {};
}

// An HTML parser repairs misnesting by opening the unclosed formatting elements (b, i, font, a …) again in every new
// block: n unclosed ones and m blocks give n*m nodes. And a tree is freed recursively. Both are bounded here by
// counting tags in one pass; attributes and comments are not told apart from content, which only makes the count
// larger.
bool is_abusive(std::string_view html) {
    static constexpr std::array<std::string_view, 16> formatting{"a",  "b",    "big",  "code",  "em",     "font",
                                                                 "i",  "nobr", "s",    "small", "strike", "strong",
                                                                 "tt", "u",    "span", "mark"};
    static constexpr std::array<std::string_view, 11> self_closing{"p",  "li",     "td", "th", "tr",   "dd",
                                                                   "dt", "option", "rt", "rp", "tbody"};
    if (html.size() > max_html_bytes) return true;
    std::size_t tags = 0;
    std::ptrdiff_t open = 0;
    std::ptrdiff_t deepest = 0;
    std::ptrdiff_t open_formatting = 0;
    std::ptrdiff_t most_formatting = 0;
    for (std::size_t at = html.find('<'); at != std::string_view::npos && at + 1 < html.size();
         at = html.find('<', at + 1)) {
        const bool is_end = html[at + 1] == '/';
        const std::size_t begin = at + (is_end ? 2 : 1);
        std::size_t end = begin;
        while (end < html.size() && end - begin < 32 && std::isalnum(static_cast<unsigned char>(html[end])) != 0) ++end;
        if (end == begin) continue;
        const std::string name = lower_ascii(html.substr(begin, end - begin));
        ++tags;
        if (is_void_element(name) || is_one_of(name, self_closing)) continue;
        const std::ptrdiff_t step = is_end ? -1 : 1;
        deepest = std::max(deepest, open = std::max<std::ptrdiff_t>(0, open + step));
        if (is_one_of(name, formatting))
            most_formatting =
                std::max(most_formatting, open_formatting = std::max<std::ptrdiff_t>(0, open_formatting + step));
    }
    return deepest > static_cast<std::ptrdiff_t>(max_open_elements) ||
           static_cast<std::size_t>(most_formatting) * tags > max_reconstructions;
}

bool is_safe_url(std::string_view url, UrlUse use, std::string& normalized) {
    // WHATWG URL §4.4: browsers strip C0 controls and blanks at the ends and tabs and newlines anywhere.
    normalized.clear();
    for (const char c : url) {
        if (c != '\t' && c != '\n' && c != '\r') normalized += c;
    }
    const auto is_edge = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!normalized.empty() && is_edge(normalized.back())) normalized.pop_back();
    normalized.erase(normalized.begin(), std::ranges::find_if_not(normalized, is_edge));
    const auto is_refused = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\'; };
    if (std::ranges::any_of(normalized, is_refused)) return false;

    const std::size_t colon = normalized.find_first_of(":/?#");
    if (colon == std::string::npos || normalized[colon] != ':') {
        if (normalized.starts_with("//")) normalized.insert(0, "https:");
        return true;
    }
    const std::string scheme = lower_ascii(std::string_view(normalized).substr(0, colon));
    if (scheme == "http" || scheme == "https") return true;
    return use == UrlUse::link && (scheme == "mailto" || scheme == "tel");
}

}  // namespace platform::markup
