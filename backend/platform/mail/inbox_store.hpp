#pragma once

#include "platform/core/time.hpp"

#include <boost/describe/class.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace platform::mail {

/// A received mail, decoded for reading.
struct ReceivedMail {
    std::string id;
    std::string from;
    std::vector<std::string> to;
    std::string subject;
    std::string text;
    std::string html;
    std::vector<std::string> links;  // every http(s) link of the text and html parts, in order, once each
    std::string unsubscribe_url;     // of List-Unsubscribe, empty when absent
    Time received_at{};
    std::int64_t size = 0;  // bytes as received
};
BOOST_DESCRIBE_STRUCT(ReceivedMail, (), (id, from, to, subject, text, html, links, unsubscribe_url, received_at, size))

/// Reads RFC 5322 bytes: encoded words, quoted-printable, base64, multipart (nested). Never fails; what cannot be read
/// stays empty.
ReceivedMail parse_mail(const std::string& bytes);

/// The last N mails, in memory and as files. Safe to call from any thread.
class InboxStore {
public:
    InboxStore(std::filesystem::path directory, std::size_t capacity);

    ReceivedMail add(const std::string& from, const std::vector<std::string>& to, const std::string& bytes,
                     Time received_at);
    /// Newest first; `to` (when not empty) compares the whole address, without case.
    std::vector<ReceivedMail> list(const std::string& to, std::size_t limit) const;
    std::optional<ReceivedMail> find(const std::string& id) const;
    void clear();

private:
    void load();

    std::filesystem::path directory_;
    std::size_t capacity_;
    mutable std::mutex mutex_;
    std::deque<ReceivedMail> mails_;  // newest first
};

}  // namespace platform::mail
