#include "platform/core/uuid.hpp"
#include "platform/mail/mailer.hpp"

#include <curl/curl.h>
#include <algorithm>
#include <cstring>
#include <memory>

namespace platform::mail {
namespace {

constexpr long permanent_from = 500;  // SMTP reply classes, RFC 5321 §4.2.1
constexpr long permanent_to = 599;

struct FreeCurl {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Upload {
    const std::string& bytes;
    std::size_t sent = 0;
};

std::size_t read_upload(char* buffer, std::size_t size, std::size_t count, void* state) {
    auto& upload = *static_cast<Upload*>(state);
    const std::size_t length = std::min(size * count, upload.bytes.size() - upload.sent);
    std::memcpy(buffer, upload.bytes.data() + upload.sent, length);
    upload.sent += length;
    return length;
}

std::size_t discard(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

void initialize_curl() {
    static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (result != CURLE_OK) throw std::runtime_error("libcurl does not start");
}

void use_tls(CURL* handle, const SmtpConfig& config) {
    if (config.tls == SmtpTls::off) return;
    curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!config.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, config.ca_file.c_str());
}

void use_credentials(CURL* handle, const SmtpConfig& config) {
    if (config.username.empty()) return;
    curl_easy_setopt(handle, CURLOPT_USERNAME, config.username.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, config.password.c_str());
}

std::string url_of(const SmtpConfig& config) {
    const std::string scheme = config.tls == SmtpTls::implicit ? "smtps://" : "smtp://";
    return scheme + config.host + ":" + std::to_string(config.port) + "/" + config.helo_name;
}

}  // namespace

SmtpMailer::SmtpMailer(Runtime& runtime, SmtpConfig config, const Clock& clock)
    : runtime_(runtime), config_(std::move(config)), clock_(clock) {
    initialize_curl();
}

Task<void> SmtpMailer::send(Message message) {
    const std::string from = message.from.value_or(config_.from).email;
    const std::string to = message.to.email;
    const std::string id = to_string(uuid_v4()) + "@" + from.substr(from.rfind('@') + 1);
    const auto bytes = render(message, config_.from, clock_.now(), id);
    if (!bytes) throw MailError(bytes.error().message, true);
    const auto deliver_it = [this, from, to, text = *bytes] { deliver(from, to, text); };
    co_await runtime_.on_cpu(deliver_it);
}

void SmtpMailer::deliver(const std::string& from, const std::string& to, const std::string& bytes) const {
    const std::unique_ptr<CURL, FreeCurl> handle(curl_easy_init());
    const std::string url = url_of(config_);
    const std::string sender = "<" + from + ">";
    const std::unique_ptr<curl_slist, FreeCurl> recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()));
    Upload upload{bytes};
    curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(handle.get(), CURLOPT_READDATA, &upload);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(config_.timeout.count()));
    curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");  // mail never goes through the environment's HTTP proxy
    use_tls(handle.get(), config_);
    use_credentials(handle.get(), config_);

    const CURLcode result = curl_easy_perform(handle.get());
    if (result == CURLE_OK) return;
    long reply = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &reply);
    const bool is_permanent = reply >= permanent_from && reply <= permanent_to && result != CURLE_LOGIN_DENIED;
    // The server's words may quote the address, so only libcurl's go into the error and from there into logs.
    throw MailError(std::string("smtp: ") + curl_easy_strerror(result) + ", reply " + std::to_string(reply),
                    is_permanent);
}

}  // namespace platform::mail
