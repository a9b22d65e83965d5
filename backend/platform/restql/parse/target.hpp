#pragma once

#include "platform/http/headers.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/parse/api_request.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What a request is about: the path, the schema's name and the method.
namespace platform::restql {

struct Target {
    enum class Kind : std::uint8_t { relation, function, root };
    Kind kind = Kind::root;
    std::string name{};
};

struct Profile {
    std::string schema;
    bool was_negotiated;
};

/// `path` is percent-encoded and below the API's root. Errors: PGRST125, PGRST126 (404).
ApiResult<Target> parse_target(std::string_view path, const Options& options);
/// By Content-Profile where the method sends a body, else by Accept-Profile. Error: PGRST106 (406).
ApiResult<Profile> parse_profile(std::string_view method, const http::Headers& headers, const Options& options);
/// Errors: PGRST101, PGRST117 (405).
ApiResult<Action> parse_action(Target::Kind kind, std::string_view method, const Options& options);

}  // namespace platform::restql
