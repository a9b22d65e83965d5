#include "services/content-service/src/domain/post.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/markup/sanitizer.hpp"

#include <md4c-html.h>

#include <algorithm>
#include <map>

namespace tt::content {
namespace {

// Raise it when render_markdown's output changes: cached HTML of the old renderer is then made anew.
constexpr std::string_view renderer_version = "md4c-1";
constexpr int words_per_minute = 220;

using Header = std::map<std::string, std::string, std::less<>>;

std::string_view value_of(const Header& header, std::string_view key) {
    const auto found = header.find(key);
    return found == header.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::string> optional_value(const Header& header, std::string_view key) {
    const auto value = value_of(header, key);
    return value.empty() ? std::nullopt : std::optional(std::string(value));
}

std::vector<std::string> split_tags(std::string_view text) {
    std::vector<std::string> tags;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (const auto tag = trimmed(text.substr(0, comma)); !tag.empty()) tags.emplace_back(tag);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return tags;
}

/// The header's lines; `text` is left at the body. Nothing when the file does not start with a header.
std::optional<Header> read_header(std::string_view& text) {
    if (!text.starts_with("---\n")) return std::nullopt;
    text.remove_prefix(4);
    Header header;
    for (;;) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return std::nullopt;
        const auto line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (trimmed(line) == "---") return header;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        header.emplace(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    }
}

}  // namespace

std::string write_cursor(const PostCursor& cursor) {
    return crypto::base64url_encode(to_rfc3339(cursor.published_at) + ' ' + to_string(cursor.id));
}

std::optional<PostCursor> read_cursor(std::string_view text) {
    const auto plain = crypto::base64url_decode(text);
    if (!plain) return std::nullopt;
    const auto space = plain->find(' ');
    if (space == std::string::npos) return std::nullopt;
    const auto time = parse_rfc3339(plain->substr(0, space));
    const auto id = parse_uuid(plain->substr(space + 1));
    if (!time || !id) return std::nullopt;
    return PostCursor{*time, *id};
}

int reading_minutes_of(std::string_view markdown) {
    int words = 0;
    bool in_word = false;
    for (const char c : markdown) {
        const bool is_space = c == ' ' || c == '\n' || c == '\t';
        words += !is_space && !in_word ? 1 : 0;
        in_word = !is_space;
    }
    return std::max(1, (words + words_per_minute / 2) / words_per_minute);
}

Result<PostDraft> read_post_file(std::string_view file_stem, std::string_view text) {
    const auto header = read_header(text);
    if (!header) return Error{Code::invalid_argument, "post_invalid", std::string(file_stem) + ": no --- header"};
    const auto date = parse_rfc3339(std::string(value_of(*header, "date")) + "T09:00:00Z");
    if (value_of(*header, "title").empty() || !date) {
        return Error{Code::invalid_argument, "post_invalid", std::string(file_stem) + ": title and date are required"};
    }
    PostDraft draft;
    draft.import_key = draft.slug = file_stem;
    draft.title = value_of(*header, "title");
    draft.excerpt = value_of(*header, "excerpt");
    draft.content = text;
    draft.status = optional_value(*header, "status").value_or("published");
    draft.author_name = value_of(*header, "author");
    draft.tags = split_tags(value_of(*header, "tags"));
    draft.reading_minutes = reading_minutes_of(text);
    draft.meta_title = optional_value(*header, "meta_title");
    draft.meta_description = optional_value(*header, "meta_description");
    if (draft.status == "published") draft.published_at = *date;
    return draft;
}

std::string render_markdown(std::string_view markdown) {
    std::string html;
    const auto append = [](const MD_CHAR* text, MD_SIZE size, void* out) {
        static_cast<std::string*>(out)->append(text, size);
    };
    constexpr unsigned flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_NOHTML;
    if (md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), append, &html, flags, 0) != 0) return {};
    return markup::sanitize(html).html;
}

std::string source_digest_of(std::string_view markdown) {
    return std::string(renderer_version) + ':' + crypto::sha256_hex(markdown);
}

}  // namespace tt::content
