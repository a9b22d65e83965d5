#pragma once

#include "platform/restql2/error.hpp"
#include "platform/restql2/parse/media_type.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace platform::restql {

/// A request's body, understood as far as the statement needs it.
struct Payload {
    enum class Kind : std::uint8_t {
        none,
        json,  ///< text is JSON whose keys are known (JSON sent, or CSV turned into JSON)
        form,  ///< pairs
        raw,   ///< text is passed on unread: columns= was given, or a function takes it whole
    };
    Kind kind = Kind::none;
    std::string text{};
    std::vector<std::pair<std::string, std::string>> pairs{};
    std::vector<std::string> keys{};  ///< of every object, sorted, once each
    bool is_array = false;            ///< Kind::json: whether text is an array
    std::size_t rows = 1;             ///< Kind::json: objects in it
};

struct PayloadRules {
    bool is_call = false;      ///< of a function: other content types pass as raw
    bool has_columns = false;  ///< columns= was given: the body is not inspected
};

/// Errors: PGRST102 (400).
ApiResult<Payload> parse_payload(const MediaType& content_type, std::string body, PayloadRules rules);

}  // namespace platform::restql
