#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace platform::redis {

/// What a server answers (RESP2 and RESP3).
struct Reply {
    enum class Kind { null, integer, real, boolean, text, error, array, push };

    Kind kind = Kind::null;
    std::int64_t integer = 0;  ///< also 0 or 1 of a boolean
    double real = 0;
    std::string text{};          ///< also the message of an error
    std::vector<Reply> items{};  ///< of arrays and sets; of maps key, value, key, value

    bool is_null() const { return kind == Kind::null; }
    bool is_error() const { return kind == Kind::error; }
};

/// Bounds of what is taken from a server; beyond them the connection is of no use any more.
struct ReplyLimits {
    std::size_t bytes = 4 << 20;  ///< of one reply with all that is in it
    std::size_t items = 1 << 16;  ///< of all its arrays together
    std::size_t depth = 8;
};

/// The peer does not speak RESP, or says more than we take.
class ProtocolError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Takes the first reply off the front of `buffer`; nothing while it is not complete. Error: ProtocolError.
std::optional<Reply> take_reply(std::string& buffer, const ReplyLimits& limits = {});

/// The words of a command as an array of bulk strings.
std::string encode_command(const std::vector<std::string>& words);

}  // namespace platform::redis
