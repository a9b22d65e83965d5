#pragma once

// Private to this module: the inbox as HTML.

#include "platform/mail/inbox_store.hpp"

#include <string>
#include <vector>

namespace platform::mail {

std::string list_page(const std::string& prefix, const std::vector<ReceivedMail>& mails, Time now);
std::string mail_page(const std::string& prefix, const ReceivedMail& mail);
/// The mail's own HTML for the sandboxed frame; its links open in a new tab.
std::string framed_html(const std::string& html);

}  // namespace platform::mail
