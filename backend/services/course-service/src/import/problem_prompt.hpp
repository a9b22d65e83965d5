#pragma once

#include "platform/markup/xml.hpp"
#include "shared/types/prelude.hpp"

#include <string>
#include <vector>

namespace tt::course::import {

/// The words of each question of a problem as HTML source (not yet clean), one per response, in order.
///
/// A problem is one page with inputs in it; a question of ours stands alone. With one response the page without the
/// input is the prompt. Responses that follow each other get the part of the page up to themselves. Responses inside a
/// common table or sentence all get the whole page, with numbered gaps and the own gap marked.
std::vector<std::string> split_prompts(const markup::XmlElement& problem,
                                       const std::vector<const markup::XmlElement*>& responses);

}  // namespace tt::course::import
