#include "services/auth-service/src/domain/link_scanner.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tt::auth {

bool is_link_scanner(const LinkVisit& visit) {
    // Parts of the names that mail filters and link previews call themselves by; lower case.
    static constexpr std::array<std::string_view, 21> names{"bot",
                                                            "crawler",
                                                            "spider",
                                                            "preview",
                                                            "scanner",
                                                            "safelinks",
                                                            "barracuda",
                                                            "mimecast",
                                                            "proofpoint",
                                                            "symantec",
                                                            "forcepoint",
                                                            "trendmicro",
                                                            "messagelabs",
                                                            "slack",
                                                            "whatsapp",
                                                            "telegram",
                                                            "facebookexternalhit",
                                                            "skypeuripreview",
                                                            "microsoft office",
                                                            "ms-office",

                                                            "urldefense"};
    const std::string agent = platform::lower_ascii(visit.user_agent);
    const auto is_named = [&agent](std::string_view name) { return agent.find(name) != std::string::npos; };
    if (agent.empty() || std::any_of(names.begin(), names.end(), is_named)) return true;
    const std::string purpose = platform::lower_ascii(visit.purpose);
    if (purpose.find("prefetch") != std::string::npos || purpose.find("preview") != std::string::npos) return true;
    // A person's click loads a document; images, frames and scripts that name the link do not.
    return !visit.fetch_dest.empty() && visit.fetch_dest != "document";
}

}  // namespace tt::auth
