#include "platform/mail/message.hpp"
#include "platform/mail/inbox_store.hpp"
#include "platform/mail/mime.hpp"

#include <gtest/gtest.h>

namespace platform::mail {
namespace {

const Address sender{"no-reply@example.com", "TrendTactics"};
const Time date{std::chrono::seconds(1793000000)};  // 2026-10-26T07:33:20Z, a Monday

Message plain() {
    Message message;
    message.to = {"ada@example.com"};
    message.subject = "Hello";
    message.text = "Hi Ada\n";
    return message;
}

std::string rendered(const Message& message) {
    const auto bytes = render(message, sender, date, "id@example.com");
    EXPECT_TRUE(bytes) << bytes.error().message;
    return bytes ? *bytes : "";
}

TEST(Render, PlainMessage) {
    EXPECT_EQ(rendered(plain()),
              "Date: Mon, 26 Oct 2026 07:33:20 +0000\r\n"
              "From: \"TrendTactics\" <no-reply@example.com>\r\n"
              "To: ada@example.com\r\n"
              "Subject: Hello\r\n"
              "Message-ID: <id@example.com>\r\n"
              "MIME-Version: 1.0\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "Hi Ada\r\n\r\n");
}

TEST(Render, ComesBackAsItWentIn) {
    Message message = plain();
    message.to.name = "Adá \"the\" Lovelace";
    message.subject = "Grüße aus 東京 – a subject that is long enough to need several encoded words 🎓🎓🎓";
    message.text =
        "Zeile mit Umlauten: äöü\n.\nFrom the start\ntrailing blank \n" + std::string(300, 'x') + "\n=3D\n東京";
    message.html = "<p>Grüße <a href=\"https://example.com/?a=1&amp;b=2\">link</a></p>";
    message.unsubscribe_url = "https://example.com/u/token";
    const std::string bytes = rendered(message);
    const ReceivedMail mail = parse_mail(bytes);
    EXPECT_EQ(mail.subject, message.subject);
    EXPECT_EQ(mail.text, message.text);
    EXPECT_EQ(mail.html, message.html);
    EXPECT_EQ(mail.unsubscribe_url, "https://example.com/u/token");
    EXPECT_EQ(mail.links, std::vector<std::string>{"https://example.com/?a=1&b=2"});
    EXPECT_NE(bytes.find("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), std::string::npos);
}

TEST(Render, EveryLineIsShortAndAscii) {
    Message message = plain();
    message.subject = std::string(400, 'x') + "é";
    message.text = std::string(5000, 'a') + "\xC3\xA4";
    message.html = "<p>" + std::string(5000, ' ') + "</p>";
    const std::string bytes = rendered(message);
    std::size_t start = 0;
    for (std::size_t end = bytes.find("\r\n"); end != std::string::npos;
         start = end + 2, end = bytes.find("\r\n", start)) {
        EXPECT_LE(end - start, 90U) << bytes.substr(start, end - start);
    }
    for (const char c : bytes) ASSERT_LT(static_cast<unsigned char>(c), 128);
}

TEST(Render, HeaderInjectionIsRefused) {
    const auto refused = [](auto change) {
        Message message = plain();
        change(message);
        const auto bytes = render(message, sender, date, "id@example.com");
        return !bytes && bytes.error().reason == "mail_invalid";
    };
    EXPECT_TRUE(refused([](Message& m) { m.subject = "Hi\r\nBcc: eve@example.com"; }));
    EXPECT_TRUE(refused([](Message& m) { m.subject = "Hi\nBcc: eve@example.com"; }));
    EXPECT_TRUE(refused([](Message& m) { m.to.name = "Ada\r\nBcc: eve@example.com"; }));
    EXPECT_TRUE(refused([](Message& m) { m.to.email = "ada@example.com\r\nRCPT TO:<eve@example.com>"; }));
    EXPECT_TRUE(refused([](Message& m) { m.to.email = "ada@example.com, eve@example.com"; }));
    EXPECT_TRUE(refused([](Message& m) { m.to.email = "Ada <ada@example.com>"; }));
    EXPECT_TRUE(refused([](Message& m) { m.from = Address{"evil", ""}; }));
    EXPECT_TRUE(refused([](Message& m) { m.unsubscribe_url = "https://e.com/>\r\nX: y"; }));
    EXPECT_TRUE(refused([](Message& m) { m.headers = {{"X-A", "b\r\nX-C: d"}}; }));
    EXPECT_TRUE(refused([](Message& m) { m.headers = {{"X-A: b\r\nX", "d"}}; }));
    EXPECT_TRUE(refused([](Message& m) { m.text.clear(); }));
}

TEST(PlainAddress, AcceptsAndRefuses) {
    for (const char* good :
         {"a@b", "ada.lovelace+tag@mail.example.com", "o'hara@example.co.uk", "a@xn--bcher-kva.example"}) {
        EXPECT_TRUE(is_plain_address(good)) << good;
    }
    for (const char* bad : {"", "a", "@b", "a@", "a b@c", "a@b c", ".a@b", "a.@b", "a..b@c", "a@-b", "a@b-", "a@b..c",
                            "a@.b", "a@b.", "\"a\"@b", "a@[127.0.0.1]", "a@b@c", "ä@b", "a@ä"}) {
        EXPECT_FALSE(is_plain_address(bad)) << bad;
    }
    EXPECT_FALSE(is_plain_address(std::string(65, 'a') + "@b"));
    EXPECT_FALSE(is_plain_address("a@" + std::string(260, 'b')));
}

TEST(ParseMail, ReadsWhatOthersSend) {
    const ReceivedMail mail = parse_mail(
        "Subject: =?iso-8859-1?q?Gr=FC=DFe?= =?utf-8?B?IPCfjpM=?= end\r\n"
        "Content-Type: multipart/mixed; boundary=outer\r\n\r\n"
        "preamble\r\n--outer\r\n"
        "Content-Type: multipart/alternative;\r\n boundary=\"in ner\"\r\n\r\n"
        "--in ner\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xFC\xDF"
        "e\r\n"
        "--in ner\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+aGk8\r\nL2I+\r\n"
        "--in ner--\r\n--outer\r\nContent-Type: application/pdf\r\n\r\nx\r\n--outer--\r\n");
    EXPECT_EQ(mail.subject, "Grüße 🎓 end");
    EXPECT_EQ(mail.text, "Grüße");
    EXPECT_EQ(mail.html, "<b>hi</b>");
}

TEST(ParseMail, GarbageNeverHurts) {
    const std::string mail = rendered(plain());
    for (std::size_t i = 0; i < mail.size(); ++i) parse_mail(mail.substr(0, i));
    for (const char* bytes : {"", "\n", "\r\n\r\n", ":", "=?", "Subject: =?x", "Subject: =?a?b?",
                              "Subject: =?a?b?c?=", "Content-Type: multipart/mixed; boundary=\"\r\n\r\n--",
                              "Content-Type: multipart/x; boundary=a\n\n--a",
                              "Content-Transfer-Encoding: quoted-printable\n\n=", "\n=\xFF\xFE"}) {
        const ReceivedMail parsed = parse_mail(bytes);
        EXPECT_LT(parsed.text.size(), 100U);
    }
}

TEST(ParseMail, InvalidUtf8BecomesReplacementCharacters) {
    EXPECT_EQ(parse_mail("\na\xC0\x80z\xED\xA0\x80").text,
              "a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace platform::mail
