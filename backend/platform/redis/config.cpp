#include "platform/redis/config.hpp"

#include <boost/url.hpp>

#include <charconv>
#include <stdexcept>

namespace platform::redis {

Config config_of_url(std::string_view text) {
    const auto url = boost::urls::parse_uri(text);
    if (!url || url->scheme() != "redis" || url->host().empty()) {
        throw std::invalid_argument("a Redis address looks like redis://127.0.0.1:6379/0");
    }
    Config config;
    config.host = url->host_address();
    if (url->has_port()) config.port = url->port_number();
    // redis://secret@host is a password in the notation of older clients only; ours is the one of the registration.
    config.username = url->user();
    config.password = url->password();
    std::string path(url->path());
    if (path.size() > 1) {
        const char* end = path.data() + path.size();
        const auto read = std::from_chars(path.data() + 1, end, config.database);
        if (read.ec != std::errc() || read.ptr != end) {
            throw std::invalid_argument("the database in a Redis address is a number, as in redis://127.0.0.1:6379/0");
        }
    }
    return config;
}

}  // namespace platform::redis
