#pragma once

#include "platform/http/request.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/parse/ast.hpp"
#include "platform/restql/parse/media_type.hpp"
#include "platform/restql/parse/payload.hpp"
#include "platform/restql/parse/preferences.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::restql {

enum class Action : std::uint8_t {
    read,           ///< GET, HEAD /relation
    insert,         ///< POST /relation
    update,         ///< PATCH /relation
    put,            ///< PUT /relation: one row by its key
    remove,         ///< DELETE /relation
    call_read,      ///< GET, HEAD /rpc/function
    call,           ///< POST /rpc/function
    inspect,        ///< GET, HEAD /
    relation_info,  ///< OPTIONS
    function_info,
    root_info,
};

inline bool is_info(Action action) {
    return action == Action::relation_info || action == Action::function_info || action == Action::root_info;
}

/// A request whose syntax is right; nothing has been looked up in the schema yet.
struct ApiRequest {
    Action action = Action::read;
    bool is_head = false;
    std::string name{};                  ///< of the relation or function; empty for /
    std::string schema{};                ///< by profile header, or the first exposed one
    bool schema_was_negotiated = false;  ///< the answer then carries Content-Profile
    ParsedQuery query{};
    Window window{};  ///< of the root: limit and offset met with the Range header
    bool has_limit_zero = false;
    Preferences preferences{};
    std::vector<MediaType> accepts{};
    MediaType content_type{};
    Payload payload{};
};

/// The order of the checks is upstream's (data-api.md §1.1): path (PGRST125), profile (PGRST106), method (PGRST101,
/// PGRST117), query string (PGRST100), range (PGRST103), PUT with limit (PGRST114), payload (PGRST102). The body is
/// moved out of `request`. `path` is the part of request.path() below the API's root, percent-encoded, with its leading
/// slash.
ApiResult<ApiRequest> parse_request(http::Request& request, std::string_view path, const Options& options);

}  // namespace platform::restql
