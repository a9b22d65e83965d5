#include "platform/mail/inbox_store.hpp"

#include "platform/core/uuid.hpp"
#include "platform/mail/mime.hpp"

#include <strings.h>
#include <algorithm>
#include <fstream>
#include <iterator>

namespace platform::mail {
namespace {

// The envelope, kept as headers in front of the mail so that a file is still a readable .eml.
constexpr std::string_view from_header = "X-Inbox-From: ";
constexpr std::string_view to_header = "X-Inbox-To: ";
constexpr std::string_view time_header = "X-Inbox-Received: ";

bool same_address(const std::string& a, const std::string& b) {
    return strcasecmp(a.c_str(), b.c_str()) == 0;
}

std::string unsubscribe_url(const std::string& header) {
    const auto start = header.find('<');
    const auto end = header.find('>');
    return start == std::string::npos || end == std::string::npos ? "" : header.substr(start + 1, end - start - 1);
}

std::string envelope_of(const ReceivedMail& mail) {
    std::string out = std::string(from_header) + mail.from + "\r\n";
    for (const std::string& to : mail.to) out += std::string(to_header) + to + "\r\n";
    return out + std::string(time_header) + to_rfc3339(mail.received_at) + "\r\n";
}

void read_envelope(const MimeHeaders& headers, ReceivedMail& mail) {
    for (const auto& [name, value] : headers.fields) {
        if (name == "x-inbox-from") mail.from = value;
        if (name == "x-inbox-to") mail.to.push_back(value);
        if (name == "x-inbox-received") mail.received_at = parse_rfc3339(value).value_or(Time{});
    }
}

}  // namespace

ReceivedMail parse_mail(const std::string& bytes) {
    ReceivedMail mail;
    std::string_view body;
    const MimeHeaders headers = read_headers(bytes, body);
    read_envelope(headers, mail);
    mail.subject = decode_words(headers.get("subject"));
    mail.unsubscribe_url = unsubscribe_url(headers.get("list-unsubscribe"));
    MimeText parts = read_text_parts(headers, body);
    collect_links(parts.text, false, mail.links);
    collect_links(parts.html, true, mail.links);
    mail.text = std::move(parts.text);
    mail.html = std::move(parts.html);
    mail.size = static_cast<std::int64_t>(bytes.size());
    return mail;
}

InboxStore::InboxStore(std::filesystem::path directory, std::size_t capacity)
    : directory_(std::move(directory)), capacity_(capacity) {
    std::filesystem::create_directories(directory_);
    load();
}

void InboxStore::load() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
        if (entry.path().extension() == ".eml") files.push_back(entry.path());
    }
    // Names are UUIDv7: the order of names is the order of arrival.
    std::sort(files.begin(), files.end(), std::greater<>());
    for (const auto& file : files) {
        if (mails_.size() >= capacity_) break;
        std::ifstream in(file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        ReceivedMail mail = parse_mail(bytes);
        mail.id = file.stem();
        mails_.push_back(std::move(mail));
    }
}

ReceivedMail InboxStore::add(const std::string& from, const std::vector<std::string>& to, const std::string& bytes,
                             Time received_at) {
    ReceivedMail mail = parse_mail(bytes);
    mail.id = to_string(uuid_v7());
    mail.from = from;
    mail.to = to;
    mail.received_at = received_at;
    {
        std::ofstream file(directory_ / (mail.id + ".eml"), std::ios::binary);
        file << envelope_of(mail) << bytes;
    }
    const std::lock_guard lock(mutex_);
    mails_.push_front(mail);
    while (mails_.size() > capacity_) {
        std::error_code ignored;
        std::filesystem::remove(directory_ / (mails_.back().id + ".eml"), ignored);
        mails_.pop_back();
    }
    return mail;
}

std::vector<ReceivedMail> InboxStore::list(const std::string& to, std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    std::vector<ReceivedMail> found;
    for (const ReceivedMail& mail : mails_) {
        if (found.size() == limit) break;
        const auto matches = [&](const std::string& address) { return same_address(address, to); };
        if (to.empty() || std::any_of(mail.to.begin(), mail.to.end(), matches)) found.push_back(mail);
    }
    return found;
}

std::optional<ReceivedMail> InboxStore::find(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    for (const ReceivedMail& mail : mails_) {
        if (mail.id == id) return mail;
    }
    return std::nullopt;
}

void InboxStore::clear() {
    const std::lock_guard lock(mutex_);
    for (const ReceivedMail& mail : mails_) {
        std::error_code ignored;
        std::filesystem::remove(directory_ / (mail.id + ".eml"), ignored);
    }
    mails_.clear();
}

}  // namespace platform::mail
