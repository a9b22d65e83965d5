#pragma once

#include <string_view>

namespace tt::auth {

/// What a visit of a mailed link says about itself.
struct LinkVisit {
    std::string_view user_agent;
    std::string_view purpose;     // Sec-Purpose, Purpose or X-Moz
    std::string_view fetch_dest;  // Sec-Fetch-Dest; browsers only
};

/// Whether a program, not a person, looks at the link: a mail filter that opens it first, a preview of a chat, a
/// browser that loads ahead. It must find a page with a button, which it does not press (supabase/auth#368).
bool is_link_scanner(const LinkVisit& visit);

}  // namespace tt::auth
