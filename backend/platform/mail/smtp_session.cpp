#include "platform/mail/smtp_session.hpp"

#include "platform/log/log.hpp"
#include "platform/mail/message.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cctype>
#include <optional>

namespace platform::mail {
namespace {

constexpr std::chrono::seconds conversation_limit{60};
constexpr std::size_t command_limit_bytes = 2048;
constexpr int mistake_limit = 10;

using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

bool starts_with_word(std::string_view line, std::string_view word) {
    if (line.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (std::toupper(static_cast<unsigned char>(line[i])) != word[i]) return false;
    }
    return true;
}

// The address of `MAIL FROM:<a@b> SIZE=1`; the empty reverse path is "".
std::optional<std::string> path_of(std::string_view line) {
    const auto start = line.find('<');
    const auto end = line.find('>');
    if (start == std::string_view::npos || end == std::string_view::npos || end < start) return std::nullopt;
    std::string address(line.substr(start + 1, end - start - 1));
    if (!address.empty() && !is_plain_address(address)) return std::nullopt;
    return address;
}

class Session {
public:
    Session(std::shared_ptr<SmtpSocket> socket, const InboxConfig& config, InboxStore& store, const Clock& clock)
        : socket_(std::move(socket)), config_(config), store_(store), clock_(clock) {}

    Task<void> run() {
        co_await reply("220 development inbox ready");
        while (mistakes_ < mistake_limit) {
            const std::string line = co_await read_line(command_limit_bytes);
            if (starts_with_word(line, "QUIT")) break;
            if (starts_with_word(line, "DATA")) {
                co_await receive();
            } else {
                co_await reply(answer(line));
            }
        }
        co_await reply(mistakes_ < mistake_limit ? "221 bye" : "421 too many mistakes");
    }

private:
    Task<void> reply(std::string text) {
        text += "\r\n";
        co_await asio::async_write(*socket_, asio::buffer(text), use_awaitable);
    }

    // Throws when a line is longer than `limit`: nobody honest sends one.
    Task<std::string> read_line(std::size_t limit) {
        const auto length =
            co_await asio::async_read_until(*socket_, asio::dynamic_buffer(buffer_, limit), "\r\n", use_awaitable);
        std::string line = buffer_.substr(0, length - 2);
        buffer_.erase(0, length);
        co_return line;
    }

    std::string answer(const std::string& line) {
        if (starts_with_word(line, "EHLO")) {
            return "250-development inbox\r\n250-8BITMIME\r\n250 SIZE " + std::to_string(config_.message_limit_bytes);
        }
        if (starts_with_word(line, "HELO")) return "250 development inbox";
        if (starts_with_word(line, "MAIL FROM:")) return begin(line);
        if (starts_with_word(line, "RCPT TO:")) return add_recipient(line);
        if (starts_with_word(line, "RSET")) {
            reset();
            return "250 ok";
        }
        if (starts_with_word(line, "NOOP")) return "250 ok";
        ++mistakes_;
        return "502 command not implemented";
    }

    std::string begin(const std::string& line) {
        reset();
        sender_ = path_of(line);
        if (sender_) return "250 ok";
        ++mistakes_;
        return "501 bad address";
    }

    std::string add_recipient(const std::string& line) {
        const auto address = path_of(line);
        if (!sender_ || !address || address->empty()) {
            ++mistakes_;
            return sender_ ? "501 bad address" : "503 MAIL first";
        }
        if (recipients_.size() >= config_.recipient_limit) return "452 too many recipients";
        recipients_.push_back(*address);
        return "250 ok";
    }

    Task<void> receive() {
        if (recipients_.empty()) {
            ++mistakes_;
            co_await reply("503 RCPT first");
            co_return;
        }
        co_await reply("354 end with a line of one dot");
        std::string bytes;
        bool is_too_large = false;
        while (true) {
            std::string line = co_await read_line(config_.message_limit_bytes);
            if (line == ".") break;
            if (line.starts_with('.')) line.erase(0, 1);  // transparency, RFC 5321 §4.5.2
            is_too_large = is_too_large || bytes.size() + line.size() + 2 > config_.message_limit_bytes;
            if (!is_too_large) bytes += line + "\r\n";
        }
        if (!is_too_large) {
            const ReceivedMail mail = store_.add(*sender_, recipients_, bytes, clock_.now());
            log::info("mail_received", {{"mail_id", mail.id}, {"bytes", mail.size}});
        }
        reset();
        co_await reply(is_too_large ? "552 message too large" : "250 kept");
    }

    void reset() {
        sender_.reset();
        recipients_.clear();
    }

    std::shared_ptr<SmtpSocket> socket_;
    const InboxConfig& config_;
    InboxStore& store_;
    const Clock& clock_;
    std::string buffer_;
    std::optional<std::string> sender_;
    std::vector<std::string> recipients_;
    int mistakes_ = 0;
};

}  // namespace

Task<void> serve_smtp(std::shared_ptr<SmtpSocket> socket, const InboxConfig& config, InboxStore& store,
                      const Clock& clock) {
    Timer limit(socket->get_executor(), conversation_limit);
    limit.async_wait([socket](boost::system::error_code error) {
        boost::system::error_code ignored;
        if (!error) socket->close(ignored);
    });
    try {
        Session session(socket, config, store, clock);
        co_await session.run();
    } catch (const std::exception& error) {
        log::debug("mail_conversation_ended", {{"reason", error.what()}});
    }
}

}  // namespace platform::mail
