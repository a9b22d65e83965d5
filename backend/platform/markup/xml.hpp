#pragma once

#include "platform/core/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace platform::markup {

struct XmlElement;

/// Text (CDATA included, entities resolved) or an element. Comments and processing instructions are left out.
using XmlNode = std::variant<std::string, std::unique_ptr<XmlElement>>;

/// An element with its content as plain values: nothing of the parser lives on.
struct XmlElement {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<XmlNode> children;

    std::optional<std::string> attribute(std::string_view attribute_name) const;
    /// The value, or `fallback` when there is no such attribute.
    std::string attribute_or(std::string_view attribute_name, std::string fallback) const;
    /// First child element of that name, or null.
    const XmlElement* child(std::string_view child_name) const;
    std::vector<const XmlElement*> elements() const;
    std::vector<const XmlElement*> elements(std::string_view child_name) const;
    /// Elements below this one for which `matches` holds, in document order; not below a match.
    std::vector<const XmlElement*> find_all(const std::function<bool(const XmlElement&)>& matches) const;
    /// All text below, joined.
    std::string text() const;
};

/// Reads a document without network, DTD or entities of its own; depth and sizes are libxml2's limits (256 levels,
/// 10 MB per text).
/// Errors (unprocessable): xml_doctype_refused (any DOCTYPE: the home of entity bombs and file inclusion), xml_invalid.
Result<XmlElement> parse_xml(std::string_view bytes);

/// Called for every element while writing; true when it wrote the replacement itself.
using XmlReplacement = std::function<bool(const XmlElement&, std::string& out)>;

/// The content of `element` as HTML source: void elements without an end, all others with one, so that an HTML parser
/// sees the same tree. It is not safe to show before sanitize().
std::string inner_html(const XmlElement& element, const XmlReplacement& replacement = {});
/// The same with the element itself.
std::string outer_html(const XmlElement& element);

}  // namespace platform::markup
