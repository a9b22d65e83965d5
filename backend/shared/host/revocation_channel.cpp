#include "shared/host/revocation_channel.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>

namespace tt {
namespace {

constexpr const char* channel_name = "tt:revocations";
constexpr std::size_t mac_digits = 64;
constexpr std::size_t revocations_per_message = 1000;  // ~100 KB

Task<void> send_message(redis::Client& redis, std::string message) {
    try {
        std::vector<std::string> words{"PUBLISH", channel_name, std::move(message)};
        co_await redis.call(std::move(words));
    } catch (const Unavailable&) {
        co_return;  // the others ask every second anyway
    }
}

}  // namespace

RevocationChannel::RevocationChannel(Host& host, Handlers handlers)
    : host_(host),
      key_(host.derive_key("redis/revocations")),
      handlers_(std::move(handlers)),
      subscriber_(host.runtime(), redis::config_of_url(host.settings().redis.url.reveal()), channel_name,
                  {.on_message = [this](const std::string& message) { receive(message); },
                   .on_connected = handlers_.on_connected}) {}

void RevocationChannel::publish(const std::vector<Revocation>& added) {
    for (std::size_t from = 0; from < added.size(); from += revocations_per_message) {
        const std::size_t to = std::min(added.size(), from + revocations_per_message);
        const RevocationPage part{
            {},
            0,
            {added.begin() + static_cast<std::ptrdiff_t>(from), added.begin() + static_cast<std::ptrdiff_t>(to)}};
        const std::string text = json::write(part);
        std::string message = crypto::hex_encode(crypto::hmac_sha256(key_, text)) + text;
        const Executor executor = host_.runtime().context(Runtime::current()).get_executor();
        asio::co_spawn(executor, send_message(*host_.redis(), std::move(message)), asio::detached);
    }
}

void RevocationChannel::receive(const std::string& message) const {
    const std::string_view mac = std::string_view(message).substr(0, mac_digits);
    const std::string_view text = std::string_view(message).substr(mac.size());
    if (!crypto::constant_time_equal(mac, crypto::hex_encode(crypto::hmac_sha256(key_, text)))) {
        log::warn("revocation_message_refused");
        return;
    }
    const auto page = json::parse<RevocationPage>(std::string(text));
    if (page) handlers_.on_heard(page->added);
}

}  // namespace tt
