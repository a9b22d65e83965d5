#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/media_type.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::restql {

/// A request's body, understood as far as the statement needs it.
struct Payload {
    enum class Kind : std::uint8_t {
        none,
        json,  ///< text is JSON whose keys are known: JSON as sent, or made of CSV, or a form sent to a relation
        form,  ///< pairs, for a function
        raw,   ///< text is passed on unread: columns= was given, or a function takes it whole
    };
    Kind kind = Kind::none;
    std::string text{};  ///< of a call without a body empty, with Kind::json and no keys
    std::vector<std::pair<std::string, std::string>> pairs{};
    std::vector<std::string> keys{};  ///< of every object or pair, sorted, once each
    bool is_array = false;            ///< text is an array, judged by its first character where it is raw
    std::size_t rows = 1;             ///< Kind::json: objects in it; of raw text not known
};

struct PayloadRules {
    bool is_call = false;                            ///< of a function: other content types pass as raw
    bool has_columns = false;                        ///< columns= was given: JSON is not inspected
    std::size_t text_bytes = std::size_t{1} << 30u;  ///< what CSV may grow to as JSON
};

/// Errors: PGRST102 (400, or 413 for CSV that grows too large); 22021 (400) for text PostgreSQL would not take.
ApiResult<Payload> parse_payload(const MediaType& content_type, std::string body, PayloadRules rules);

}  // namespace platform::restql
