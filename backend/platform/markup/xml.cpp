#include "platform/markup/xml.hpp"

#include "platform/core/text.hpp"
#include "platform/markup/text.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <limits>

namespace platform::markup {
namespace {

struct FreeContext {
    void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};
struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

/// Stops at the first sign of a DTD, before one entity is declared, whatever the encoding of the document.
void refuse_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    auto* parser = static_cast<xmlParserCtxt*>(context);
    *static_cast<bool*>(parser->_private) = true;
    xmlStopParser(parser);
}

std::string attribute_value(const xmlAttr& attribute) {
    std::string value;
    for (const xmlNode* part = attribute.children; part != nullptr; part = part->next) value += view(part->content);
    return value;
}

void append_text(XmlElement& element, std::string_view text) {
    if (text.empty()) return;
    if (!element.children.empty() && std::holds_alternative<std::string>(element.children.back())) {
        std::get<std::string>(element.children.back()) += text;
    } else {
        element.children.emplace_back(std::string(text));
    }
}

/// Recursive; the parser has limited the depth to 256.
XmlElement convert(const xmlNode& node) {
    XmlElement element;
    if (node.ns != nullptr && node.ns->prefix != nullptr) element.name = std::string(view(node.ns->prefix)) + ":";
    element.name += view(node.name);
    for (const xmlAttr* attribute = node.properties; attribute != nullptr; attribute = attribute->next) {
        element.attributes.emplace_back(view(attribute->name), attribute_value(*attribute));
    }
    for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            element.children.emplace_back(std::make_unique<XmlElement>(convert(*child)));
        } else if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            append_text(element, view(child->content));
        }
    }
    return element;
}

Error invalid(const xmlParserCtxt& context) {
    const xmlError* error = xmlCtxtGetLastError(const_cast<xmlParserCtxt*>(&context));
    std::string message = "The XML is not well formed";
    if (error != nullptr && error->message != nullptr) {
        message += " (line " + std::to_string(error->line) + ": " + collapse_space(error->message) + ")";
    }
    return Error{Code::unprocessable, "xml_invalid", message + "."};
}

void collect_text(const XmlElement& element, std::string& text) {
    for (const auto& child : element.children) {
        if (const auto* part = std::get_if<std::string>(&child)) {
            text += *part;
        } else {
            collect_text(*std::get<std::unique_ptr<XmlElement>>(child), text);
        }
    }
}

void write_element(const XmlElement& element, const XmlReplacement& replacement, std::string& out);

void write_children(const XmlElement& element, const XmlReplacement& replacement, std::string& out) {
    for (const auto& child : element.children) {
        if (const auto* text = std::get_if<std::string>(&child)) {
            out += escape_html(*text);
        } else {
            const auto& inner = *std::get<std::unique_ptr<XmlElement>>(child);
            if (!replacement || !replacement(inner, out)) write_element(inner, replacement, out);
        }
    }
}

void write_element(const XmlElement& element, const XmlReplacement& replacement, std::string& out) {
    out += "<" + element.name;
    for (const auto& [name, value] : element.attributes) out += " " + name + "=\"" + escape_html(value) + "\"";
    out += ">";
    if (is_void_element(element.name)) return;
    write_children(element, replacement, out);
    out += "</" + element.name + ">";
}

}  // namespace

std::optional<std::string> XmlElement::attribute(std::string_view attribute_name) const {
    const auto found =
        std::ranges::find(attributes, attribute_name, [](const auto& pair) -> std::string_view { return pair.first; });
    return found == attributes.end() ? std::nullopt : std::optional(found->second);
}

std::string XmlElement::attribute_or(std::string_view attribute_name, std::string fallback) const {
    return attribute(attribute_name).value_or(std::move(fallback));
}

std::vector<const XmlElement*> XmlElement::elements() const {
    std::vector<const XmlElement*> found;
    for (const auto& node : children) {
        if (const auto* element = std::get_if<std::unique_ptr<XmlElement>>(&node)) found.push_back(element->get());
    }
    return found;
}

std::vector<const XmlElement*> XmlElement::elements(std::string_view child_name) const {
    auto found = elements();
    std::erase_if(found, [&](const XmlElement* element) { return element->name != child_name; });
    return found;
}

const XmlElement* XmlElement::child(std::string_view child_name) const {
    const auto found = elements(child_name);
    return found.empty() ? nullptr : found.front();
}

std::vector<const XmlElement*> XmlElement::find_all(const std::function<bool(const XmlElement&)>& matches) const {
    std::vector<const XmlElement*> found;
    for (const XmlElement* element : elements()) {
        if (matches(*element)) {
            found.push_back(element);
        } else {
            std::ranges::copy(element->find_all(matches), std::back_inserter(found));
        }
    }
    return found;
}

std::string XmlElement::text() const {
    std::string text;
    collect_text(*this, text);
    return text;
}

Result<XmlElement> parse_xml(std::string_view bytes) {
    const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
    if (!context) throw std::bad_alloc();
    bool has_doctype = false;
    context->_private = &has_doctype;
    context->sax->internalSubset = refuse_doctype;
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        return Error{Code::unprocessable, "xml_invalid", "The XML is too large."};
    }
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    const std::unique_ptr<xmlDoc, FreeDocument> document(
        xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, options));
    if (has_doctype) {
        return Error{Code::unprocessable, "xml_doctype_refused", "The XML has a DOCTYPE, which is not accepted."};
    }
    const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr || context->wellFormed == 0) return invalid(*context);
    return convert(*root);
}

std::string inner_html(const XmlElement& element, const XmlReplacement& replacement) {
    std::string html;
    write_children(element, replacement, html);
    return html;
}

std::string outer_html(const XmlElement& element) {
    std::string html;
    write_element(element, {}, html);
    return html;
}

}  // namespace platform::markup
