// The SMTP driver against two servers: our own inbox and Python's smtpd.

#include "platform/core/time.hpp"
#include "platform/mail/inbox.hpp"
#include "platform/mail/mailer.hpp"
#include "platform/testing/run_task.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

extern char** environ;

namespace platform::mail {
namespace {

class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tt-inbox-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A raw client for what no library would send.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{5, 0};
        setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("connect");
        read_reply();
    }
    ~RawClient() { close(fd_); }

    std::string send(const std::string& line) {
        const std::string bytes = line + "\r\n";
        if (write(fd_, bytes.data(), bytes.size()) < 0) return "";
        return read_reply();
    }

private:
    std::string read_reply() {
        std::string reply;
        char c = 0;
        while (read(fd_, &c, 1) == 1 && c != '\n') reply += c;
        return reply.substr(0, 3);
    }
    int fd_;
};

struct InboxTest : ::testing::Test {
    TemporaryDirectory directory;
    SystemClock clock;
    platform::testing::TestRuntime runtime;

    InboxConfig config() const { return {.directory = directory.path(), .capacity = 3, .message_limit_bytes = 20000}; }
    SmtpConfig smtp(std::uint16_t port) const {
        SmtpConfig config;
        config.port = port;
        config.tls = SmtpTls::off;
        config.from = {"no-reply@example.com", "Sender"};
        config.timeout = std::chrono::milliseconds(5000);
        return config;
    }
    static Message message(const std::string& to, const std::string& text) {
        Message one;
        one.to = {to, "Adá"};
        one.subject = "Prüfung";
        one.text = text;
        one.html = "<p>" + text + "</p>";
        return one;
    }
};

TEST_F(InboxTest, MailArrivesAndSurvivesRestart) {
    {
        DevInbox inbox(runtime.get(), config(), clock);
        inbox.listen();
        SmtpMailer mailer(runtime.get(), smtp(inbox.port()), clock);
        runtime.run(mailer.send(message("ada@example.com", "Line\n.\n..\nlast: https://example.com/x")));
        const auto mails = inbox.store().list("ADA@example.com", 10);
        ASSERT_EQ(mails.size(), 1U);
        EXPECT_EQ(mails[0].subject, "Prüfung");
        EXPECT_EQ(mails[0].text, "Line\n.\n..\nlast: https://example.com/x");
        EXPECT_EQ(mails[0].from, "no-reply@example.com");
        EXPECT_EQ(mails[0].links, std::vector<std::string>{"https://example.com/x"});
        EXPECT_TRUE(inbox.store().list("other@example.com", 10).empty());
        runtime.stop();
    }
    InboxStore again(directory.path(), 3);
    const auto mails = again.list("", 10);
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, std::vector<std::string>{"ada@example.com"});
    EXPECT_EQ(mails[0].subject, "Prüfung");
    EXPECT_TRUE(again.find(mails[0].id));
    again.clear();
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST_F(InboxTest, OldestMailGoesFirst) {
    InboxStore store(directory.path(), 3);
    for (int i = 0; i < 5; ++i) store.add("a@b", {"c@d"}, "Subject: " + std::to_string(i) + "\r\n\r\nx", clock.now());
    const auto mails = store.list("", 10);
    ASSERT_EQ(mails.size(), 3U);
    EXPECT_EQ(mails[0].subject, "4");
    EXPECT_EQ(mails[2].subject, "2");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 3);
    EXPECT_EQ(store.list("", 1).size(), 1U);
}

TEST_F(InboxTest, RawConversations) {
    DevInbox inbox(runtime.get(), config(), clock);
    inbox.listen();
    {
        RawClient client(inbox.port());
        EXPECT_EQ(client.send("HELO me"), "250");
        EXPECT_EQ(client.send("DATA"), "503");
        EXPECT_EQ(client.send("RCPT TO:<a@b>"), "503");
        EXPECT_EQ(client.send("MAIL FROM:<>"), "250");
        EXPECT_EQ(client.send("RCPT TO:<not an address>"), "501");
        EXPECT_EQ(client.send("RCPT TO:<a@b>"), "250");
        EXPECT_EQ(client.send("rcpt to:<c@d>"), "250");
        EXPECT_EQ(client.send("DATA"), "354");
        EXPECT_EQ(client.send("Subject: raw\r\n\r\n..dot\r\n."), "250");
        EXPECT_EQ(client.send("EXPN list"), "502");
        EXPECT_EQ(client.send("QUIT"), "221");
    }
    ASSERT_EQ(inbox.store().list("", 10).size(), 1U);
    EXPECT_EQ(inbox.store().list("c@d", 10)[0].text, ".dot\n");
    {
        RawClient client(inbox.port());
        client.send("MAIL FROM:<a@b>");
        client.send("RCPT TO:<a@b>");
        client.send("DATA");
        std::string large;
        for (int i = 0; i < 400; ++i) large += std::string(76, 'x') + "\r\n";
        EXPECT_EQ(client.send(large + "."), "552");
    }
    EXPECT_EQ(inbox.store().list("", 10).size(), 1U);
    {
        RawClient client(inbox.port());
        EXPECT_EQ(client.send(std::string(5000, 'x')), "");  // hung up on
    }
    {
        RawClient client(inbox.port());
        for (int i = 0; i < 9; ++i) EXPECT_EQ(client.send("NONSENSE"), "502");
        EXPECT_EQ(client.send("NONSENSE"), "502");
        EXPECT_EQ(client.send("NOOP"), "421");
    }
    runtime.stop();
}

TEST_F(InboxTest, FailuresAreToldApart) {
    SmtpMailer closed(runtime.get(), smtp(1), clock);
    try {
        runtime.run(closed.send(message("ada@example.com", "x")));
        FAIL() << "nobody listens on port 1";
    } catch (const MailError& error) {
        EXPECT_FALSE(error.is_permanent());
    }
    try {
        runtime.run(closed.send(message("ada@example.com\r\nX", "x")));
        FAIL() << "a malformed address was taken";
    } catch (const MailError& error) {
        EXPECT_TRUE(error.is_permanent());
    }
    DevInbox inbox(runtime.get(), config(), clock);
    inbox.listen();
    SmtpMailer large(runtime.get(), smtp(inbox.port()), clock);
    try {
        runtime.run(large.send(message("ada@example.com", std::string(40000, 'x'))));
        FAIL() << "the mail is over the limit";
    } catch (const MailError& error) {
        EXPECT_TRUE(error.is_permanent()) << error.what();
        EXPECT_EQ(std::string(error.what()).find('@'), std::string::npos);
    }
    // A server without STARTTLS gets no mail when encryption is required.
    SmtpConfig strict = smtp(inbox.port());
    strict.tls = SmtpTls::starttls;
    SmtpMailer encrypted(runtime.get(), strict, clock);
    EXPECT_THROW(runtime.run(encrypted.send(message("ada@example.com", "x"))), MailError);
    EXPECT_TRUE(inbox.store().list("", 10).empty());
    runtime.stop();
}

/// Python's smtpd as a server that prints what it gets into a file.
class PythonServer {
public:
    PythonServer(const std::filesystem::path& directory, std::uint16_t port) {
        const std::string script =
            "import warnings; warnings.simplefilter('ignore')\n"
            "import asyncore, smtpd\n"
            "class Keep(smtpd.SMTPServer):\n"
            "    def process_message(self, peer, mailfrom, rcpttos, data, **kw):\n"
            "        open('" +
            (directory / "mail.tmp").string() +
            "', 'wb').write(data)\n"
            "        import os; os.rename('" +
            (directory / "mail.tmp").string() + "', '" + (directory / "mail").string() +
            "')\n"
            "Keep(('127.0.0.1', " +
            std::to_string(port) +
            "), None)\n"
            "asyncore.loop()\n";
        std::string name = "python3";
        std::string flag = "-c";
        std::string text = script;
        char* arguments[] = {name.data(), flag.data(), text.data(), nullptr};
        is_running_ = posix_spawnp(&pid_, "python3", nullptr, nullptr, arguments, environ) == 0;
    }
    ~PythonServer() {
        if (!is_running_) return;
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }

private:
    pid_t pid_ = 0;
    bool is_running_ = false;
};

TEST_F(InboxTest, PythonServerReadsTheSame) {
    if (std::system("python3 -W ignore -c 'import smtpd' 2>/dev/null") != 0) GTEST_SKIP() << "no smtpd module";
    const std::uint16_t port = 8391;
    const PythonServer server(directory.path(), port);
    SmtpMailer mailer(runtime.get(), smtp(port), clock);
    const Message sent = message("ada@example.com", "Grüße\n.dot\nend");
    bool is_sent = false;
    for (int i = 0; i < 50 && !is_sent; ++i) {
        try {
            runtime.run(mailer.send(sent));
            is_sent = true;
        } catch (const MailError&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));  // still starting
        }
    }
    ASSERT_TRUE(is_sent);
    std::ifstream file(directory.path() / "mail", std::ios::binary);
    const ReceivedMail mail = parse_mail(std::string{std::istreambuf_iterator<char>(file), {}});
    EXPECT_EQ(mail.subject, "Prüfung");
    EXPECT_EQ(mail.text, "Grüße\n.dot\nend");
    EXPECT_EQ(mail.html, "<p>Grüße\n.dot\nend</p>");
}

}  // namespace
}  // namespace platform::mail
