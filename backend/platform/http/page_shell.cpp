#include "platform/http/page_shell.hpp"

#include "platform/core/text.hpp"

namespace platform::http {
namespace {

void add_meta(std::string& head, std::string_view key, std::string_view name, std::string_view content) {
    if (content.empty()) return;
    head += "<meta ";
    head += key;
    head += "=\"";
    head += name;
    head += "\" content=\"" + escape_html(content) + "\">\n";
}

/// JSON-LD stands inside a script element, which only "</" can end; "<" as an escape is the same JSON.
std::string script_safe(std::string_view json) {
    std::string safe;
    for (const char c : json) {
        if (c == '<') {
            safe += "\\u003c";
        } else {
            safe += c;
        }
    }
    return safe;
}

std::string head_of(const PageMeta& meta) {
    std::string head;
    if (!meta.title.empty()) head += "<title>" + escape_html(meta.title) + "</title>\n";
    add_meta(head, "name", "description", meta.description);
    if (!meta.is_indexable || meta.status != 200) add_meta(head, "name", "robots", "noindex");
    if (!meta.canonical_url.empty()) {
        head += "<link rel=\"canonical\" href=\"" + escape_html(meta.canonical_url) + "\">\n";
    }
    for (const auto& [type, href] : meta.alternate_links) {
        head += "<link rel=\"alternate\" type=\"" + escape_html(type) + "\" href=\"" + escape_html(href) + "\">\n";
    }
    if (!meta.title.empty()) add_meta(head, "property", "og:type", meta.og_type);
    add_meta(head, "property", "og:title", meta.title);
    add_meta(head, "property", "og:description", meta.description);
    add_meta(head, "property", "og:url", meta.canonical_url);
    add_meta(head, "property", "og:image", meta.image_url);
    add_meta(head, "property", "og:locale", meta.locale);
    if (!meta.title.empty()) {
        add_meta(head, "name", "twitter:card", meta.image_url.empty() ? "summary" : "summary_large_image");
    }
    if (!meta.json_ld.empty()) {
        head += "<script type=\"application/ld+json\">" + script_safe(meta.json_ld) + "</script>\n";
    }
    return head;
}

void replace_once(std::string& text, std::string_view mark, std::string_view with) {
    const auto at = text.find(mark);
    if (at != std::string::npos) text.replace(at, mark.size(), with);
}

/// The shell's own title stands for pages without meta only.
void remove_title(std::string& html) {
    const auto begin = html.find("<title>");
    const auto end = html.find("</title>");
    if (begin != std::string::npos && end != std::string::npos && begin < end) html.erase(begin, end + 8 - begin);
}

}  // namespace

std::string PageShell::render(const PageMeta& meta) const {
    std::string html = html_;
    if (!meta.title.empty()) remove_title(html);
    // The body first: text of the page that happens to contain a placeholder must stay text.
    replace_once(html, "<!--app-body-->", meta.body_html);
    replace_once(html, "<!--app-head-->", head_of(meta));
    return html;
}

}  // namespace platform::http
