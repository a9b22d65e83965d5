#include "platform/mail/inbox_html.hpp"

#include "platform/core/text.hpp"

#include <string_view>

namespace platform::mail {
namespace {

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--ink:#16181d;--soft:#5b6270;--line:#e3e6ec;--paper:#fff;--ground:#f5f6f9;--accent:#3346d3}
@media(prefers-color-scheme:dark){:root{--ink:#eceef4;--soft:#a3abbc;--line:#2b3140;--paper:#171b24;--ground:#0f1219;--accent:#9aa8ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:860px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:20px;margin:0 0 4px}
p{margin:0 0 16px;color:var(--soft)}
a{color:var(--accent)}
ul{list-style:none;margin:0;padding:0;background:var(--paper);border:1px solid var(--line);border-radius:12px;overflow:hidden}
li+li{border-top:1px solid var(--line)}
li>a{display:grid;grid-template-columns:1fr auto;gap:0 16px;padding:12px 16px;color:inherit;text-decoration:none}
li>a:hover,li>a:focus-visible{background:var(--ground)}
.subject{font-weight:600;overflow-wrap:anywhere}
.meta{color:var(--soft);font-size:13px;overflow-wrap:anywhere}
time{color:var(--soft);font-size:13px;white-space:nowrap}
section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:16px;margin-top:16px}
h2{font-size:13px;color:var(--soft);margin:0 0 8px;font-weight:600}
iframe{display:block;width:100%;height:520px;border:0;border-radius:8px;background:#fff}
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.55 ui-monospace,monospace}
.empty{padding:48px 16px;text-align:center;color:var(--soft)}
)css";

std::string page(const std::string& title, const std::string& head, const std::string& body) {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
           "content=\"width=device-width, initial-scale=1\"><title>" +
           escape_html(title) + "</title>" + head + "<style>" + std::string(style) + "</style></head><body><main>" +
           body + "</main></body></html>";
}

std::string age(Time then, Time now) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - then).count();
    if (seconds < 60) return "just now";
    if (seconds < 3600) return std::to_string(seconds / 60) + " min ago";
    if (seconds < 86400) return std::to_string(seconds / 3600) + " h ago";
    return std::to_string(seconds / 86400) + " d ago";
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& one : parts) out += (out.empty() ? "" : ", ") + one;
    return out;
}

std::string subject_of(const ReceivedMail& mail) {
    return mail.subject.empty() ? "(no subject)" : mail.subject;
}

std::string list_item(const std::string& prefix, const ReceivedMail& mail, Time now) {
    return "<li><a href=\"" + prefix + "/messages/" + mail.id + "\"><span class=\"subject\">" +
           escape_html(subject_of(mail)) + "</span><time datetime=\"" + to_rfc3339(mail.received_at) + "\">" +
           age(mail.received_at, now) + "</time><span class=\"meta\">To " + escape_html(joined(mail.to)) +
           "</span></a></li>";
}

std::string links_section(const ReceivedMail& mail) {
    if (mail.links.empty()) return "";
    std::string items;
    for (const std::string& link : mail.links) {
        items += "<div><a rel=\"noreferrer\" href=\"" + escape_html(link) + "\">" + escape_html(link) + "</a></div>";
    }
    return "<section><h2>Links</h2>" + items + "</section>";
}

}  // namespace

std::string list_page(const std::string& prefix, const std::vector<ReceivedMail>& mails, Time now) {
    std::string items;
    for (const ReceivedMail& mail : mails) items += list_item(prefix, mail, now);
    const std::string list =
        mails.empty() ? "<ul><li class=\"empty\">No mail yet. What the platform sends appears here.</li></ul>"
                      : "<ul>" + items + "</ul>";
    const std::string body =
        "<h1>Development inbox</h1><p>Every mail the platform sends on this machine; nothing leaves it. "
        "JSON: <a href=\"" +
        prefix + "/api/v1/messages\">" + prefix + "/api/v1/messages</a></p>" + list;
    return page("Development inbox", "<meta http-equiv=\"refresh\" content=\"10\">", body);
}

std::string mail_page(const std::string& prefix, const ReceivedMail& mail) {
    std::string body = "<p><a href=\"" + prefix + "/\">All mail</a></p><h1>" + escape_html(subject_of(mail)) +
                       "</h1><p>From " + escape_html(mail.from) + " to " + escape_html(joined(mail.to)) + ", " +
                       to_rfc3339(mail.received_at) + "</p>";
    if (!mail.html.empty()) {
        body +=
            "<section><h2>HTML</h2><iframe title=\"HTML part of the mail\" sandbox=\"allow-popups "
            "allow-popups-to-escape-sandbox\" src=\"" +
            prefix + "/messages/" + mail.id + "/html\"></iframe></section>";
    }
    body += "<section><h2>Text</h2><pre>" + escape_html(mail.text) + "</pre></section>" + links_section(mail);
    return page(subject_of(mail), "", body);
}

std::string framed_html(const std::string& html) {
    return "<base target=\"_blank\">" + html;
}

}  // namespace platform::mail
