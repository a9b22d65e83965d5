#include "platform/markup/sanitizer.hpp"

#include "platform/core/text.hpp"
#include "platform/markup/html_policy.hpp"
#include "platform/markup/text.hpp"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <set>
#include <span>

namespace platform::markup {
namespace {

struct FreeTree {
    void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};
using Tree = std::unique_ptr<GumboOutput, FreeTree>;

Tree parse_fragment(std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_BODY;
    options.max_errors = 0;
    return Tree(gumbo_parse_with_options(&options, html.data(), html.size()));
}

std::string tag_name(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece piece = element.original_tag;
    gumbo_tag_from_original_text(&piece);
    return piece.data == nullptr ? std::string("unknown") : std::string(piece.data, piece.length);
}

std::span<GumboNode*> nodes_of(const GumboVector& vector) {
    return {reinterpret_cast<GumboNode**>(vector.data), vector.length};
}

std::span<GumboAttribute*> attributes_of(const GumboElement& element) {
    return {reinterpret_cast<GumboAttribute**>(element.attributes.data), element.attributes.length};
}

std::string attribute_value(const GumboElement& element, const char* name) {
    const GumboAttribute* attribute = gumbo_get_attribute(&element.attributes, name);
    return attribute == nullptr ? std::string() : attribute->value;
}

bool is_container(const GumboNode& node) {
    return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

bool is_text(const GumboNode& node) {
    return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA;
}

/// Names that a link of the same source points at; the only ids worth keeping.
void collect_fragments(const GumboNode& node, std::set<std::string, std::less<>>& fragments) {
    if (!is_container(node)) return;
    const std::string href = attribute_value(node.v.element, "href");
    if (href.size() > 1 && href.front() == '#') fragments.insert(href.substr(1));
    for (const GumboNode* child : nodes_of(node.v.element.children)) collect_fragments(*child, fragments);
}

bool ends_a_line(std::string_view tag) {
    static const std::set<std::string_view> inline_tags{
        "a",    "abbr", "b", "bdi",  "bdo",   "cite", "code",   "del", "dfn", "em",   "i", "ins", "kbd",
        "mark", "q",    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"};
    return !inline_tags.contains(tag);
}

class Writer {
public:
    explicit Writer(const SanitizeOptions& options) : options_(options) {}

    Sanitized run(const GumboNode& root) {
        collect_fragments(root, fragments_);
        write_children(root.v.element);
        result_.text = collapse_space(result_.text);
        return std::move(result_);
    }

private:
    void write_children(const GumboElement& element) {
        for (const GumboNode* child : nodes_of(element.children)) write_node(*child);
    }

    void write_node(const GumboNode& node) {
        if (is_text(node)) return write_text(node.v.text.text);
        if (!is_container(node)) return;
        const GumboElement& element = node.v.element;
        const std::string tag = tag_name(element);
        count_handlers(element);
        const bool is_foreign = element.tag_namespace != GUMBO_NAMESPACE_HTML;
        if (is_foreign && element.tag_namespace == GUMBO_NAMESPACE_SVG) return drop(Treatment::drop_foreign);
        if (has_dropped_class(element)) return drop(Treatment::drop_other);
        const Treatment treatment = is_foreign ? Treatment::text_only : treatment_of(tag);
        switch (treatment) {
            case Treatment::keep:
                return write_element(element, tag);
            case Treatment::unwrap:
                ++result_.report.other_elements;
                return write_children(element);
            case Treatment::text_only:
                ++result_.report.other_elements;
                return write_text_of(node);
            case Treatment::frame:
                return write_embed(element, attribute_value(element, "src"));
            case Treatment::object:
                return write_object(element);
            default:
                return drop(treatment);
        }
    }

    void drop(Treatment treatment) {
        auto& report = result_.report;
        if (treatment == Treatment::drop_script) {
            ++report.scripts;
        } else if (treatment == Treatment::drop_style) {
            ++report.styles;
        } else if (treatment == Treatment::drop_control) {
            ++report.controls;
        } else {
            ++report.other_elements;
        }
    }

    void write_text(std::string_view text) {
        result_.html += escape_html(text);
        result_.text += text;
    }

    void write_text_of(const GumboNode& node) {
        if (is_text(node)) return write_text(node.v.text.text);
        if (!is_container(node)) return;
        for (const GumboNode* child : nodes_of(node.v.element.children)) write_text_of(*child);
    }

    void write_element(const GumboElement& element, const std::string& tag) {
        result_.html += "<" + tag;
        write_attributes(element, tag);
        write_fixed_attributes(element, tag);
        result_.html += ">";
        static const std::set<std::string_view> media{"img", "table", "a", "audio", "video", "hr"};
        if (media.contains(tag)) result_.has_media = true;
        if (ends_a_line(tag)) result_.text += ' ';
        if (is_void_element(tag)) return;
        // A parser drops the first newline of pre; one more keeps the author's.
        if (tag == "pre") result_.html += "\n";
        write_children(element);
        result_.html += "</" + tag + ">";
        if (ends_a_line(tag)) result_.text += ' ';
    }

    void write_attributes(const GumboElement& element, const std::string& tag) {
        std::set<std::string_view> written;
        for (const GumboAttribute* attribute : attributes_of(element)) {
            if (attribute->attr_namespace != GUMBO_ATTR_NAMESPACE_NONE) continue;
            if (!written.insert(attribute->name).second) continue;
            write_attribute(tag, attribute->name, attribute->value);
        }
    }

    void write_attribute(const std::string& tag, const std::string& name, const std::string& value) {
        switch (attribute_kind(tag, name)) {
            case AttributeKind::text:
                return put(name, value);
            case AttributeKind::number:
                return is_number(value) ? put(name, value) : void();
            case AttributeKind::flag:
                result_.html += " " + name;
                return;
            case AttributeKind::word:
                return is_words(value) && name != "target" ? put(name, value) : void();
            case AttributeKind::link_url:
                return write_url(name, value, UrlUse::link);
            case AttributeKind::media_url:
                return write_url(name, value, UrlUse::media);
            case AttributeKind::id:
                return fragments_.contains(value) ? put("id", "c-" + value) : void();
            case AttributeKind::refused:
                return;
        }
    }

    void put(std::string_view name, std::string_view value) {
        result_.html += " " + std::string(name) + "=\"" + escape_html(value) + "\"";
    }

    void write_url(const std::string& name, const std::string& value, UrlUse use) {
        if (const auto url = accepted_url(value, use)) put(name, *url);
    }

    std::optional<std::string> accepted_url(const std::string& value, UrlUse use) {
        std::string url;
        if (!is_safe_url(value, use, url)) {
            ++result_.report.unsafe_urls;
            return std::nullopt;
        }
        if (url.size() > 1 && url.front() == '#') return "#c-" + url.substr(1);
        if (!options_.rewrite_url) return url;
        const auto rewritten = options_.rewrite_url(use, url);
        std::string normalized;
        return rewritten && is_safe_url(*rewritten, use, normalized) ? std::optional(normalized) : std::nullopt;
    }

    /// What an element gets whatever the source says.
    void write_fixed_attributes(const GumboElement& element, const std::string& tag) {
        std::string classes = code_language(element, tag);
        if (const GumboAttribute* style = gumbo_get_attribute(&element.attributes, "style"); style != nullptr) {
            ++result_.report.styles;
            const std::string alignment = alignment_class(style->value);
            if (!alignment.empty()) classes += (classes.empty() ? "" : " ") + alignment;
        }
        if (!classes.empty()) put("class", classes);
        if (tag == "a" && !attribute_value(element, "target").empty())
            result_.html += R"( target="_blank" rel="noopener noreferrer")";
        if (tag == "audio" || tag == "video") result_.html += R"( controls preload="metadata")";
        if (tag == "img") write_image_defaults(element);
    }

    void write_image_defaults(const GumboElement& element) {
        ++result_.report.images;
        if (gumbo_get_attribute(&element.attributes, "alt") == nullptr) {
            ++result_.report.images_without_alt;
            result_.html += R"( alt="")";  // decorative: a screen reader would otherwise read the file name
        }
        result_.html += R"( loading="lazy" decoding="async")";
    }

    static std::string code_language(const GumboElement& element, const std::string& tag) {
        if (tag != "code" && tag != "pre") return {};
        const std::string classes = attribute_value(element, "class");
        const std::size_t begin = classes.find("language-");
        if (begin == std::string::npos) return {};
        const std::string language = classes.substr(begin, classes.find(' ', begin) - begin);
        return is_words(language) ? language : std::string();
    }

    void write_embed(const GumboElement& element, const std::string& source) {
        ++result_.report.embeds;
        std::string title = attribute_value(element, "title");
        const auto url = accepted_url(source, UrlUse::frame);
        if (!url || url->empty()) return;
        result_.has_media = true;
        const bool is_own = options_.keeps_own_frames && url->front() == '/' && url->ends_with(".html");
        if (title.empty()) title = is_own ? "Embedded page" : *url;
        if (is_own) {
            // Without allow-same-origin the page runs in an origin of its own: no cookies, no storage, no parent.
            result_.html += "<iframe";
            put("src", *url);
            put("title", title);
            result_.html += R"( sandbox="allow-scripts" loading="lazy" referrerpolicy="no-referrer"></iframe>)";
            return;
        }
        write_link(*url, title);
    }

    void write_object(const GumboElement& element) {
        const std::string data = attribute_value(element, "data");
        ++result_.report.embeds;
        const auto url = accepted_url(data.empty() ? attribute_value(element, "src") : data, UrlUse::link);
        if (url && !url->empty()) {
            const std::string title = attribute_value(element, "title");
            write_link(*url, title.empty() ? *url : title);
        }
        write_children(element);  // what the author shows where the object cannot be
    }

    void write_link(const std::string& url, const std::string& title) {
        result_.has_media = true;
        result_.html += R"(<a class="content-embed")";
        put("href", url);
        result_.html += R"( target="_blank" rel="noopener noreferrer">)" + escape_html(title) + "</a>";
        result_.text += " " + title + " ";
    }

    void count_handlers(const GumboElement& element) {
        for (const GumboAttribute* attribute : attributes_of(element)) {
            if (is_event_handler(attribute->name)) ++result_.report.event_handlers;
        }
    }

    bool has_dropped_class(const GumboElement& element) const {
        if (options_.dropped_classes.empty()) return false;
        const std::string classes = " " + attribute_value(element, "class") + " ";
        return std::ranges::any_of(options_.dropped_classes, [&](const std::string& name) {
            return classes.find(" " + name + " ") != std::string::npos;
        });
    }

    const SanitizeOptions& options_;
    std::set<std::string, std::less<>> fragments_;
    Sanitized result_;
};

}  // namespace

SanitizeReport& SanitizeReport::operator+=(const SanitizeReport& other) {
    scripts += other.scripts;
    event_handlers += other.event_handlers;
    styles += other.styles;
    controls += other.controls;
    embeds += other.embeds;
    unsafe_urls += other.unsafe_urls;
    other_elements += other.other_elements;
    images += other.images;
    images_without_alt += other.images_without_alt;
    is_refused = is_refused || other.is_refused;
    return *this;
}

Sanitized sanitize(std::string_view html, const SanitizeOptions& options) {
    if (is_abusive(html)) {
        Sanitized refused;
        refused.report.is_refused = true;
        return refused;
    }
    const Tree tree = parse_fragment(html);
    return Writer(options).run(*tree->root);
}

}  // namespace platform::markup
