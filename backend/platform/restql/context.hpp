#pragma once

#include "platform/db/query.hpp"
#include "platform/http/request.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace platform::restql {

/// Who runs the statements: a database role and the claims that row level security sees.
struct Caller {
    std::string role;
    std::string claims_json = "{}";  ///< a JSON object that names the role
    bool is_anonymous = true;
    std::optional<std::chrono::nanoseconds> token_time{};  ///< what checking the token took, for Server-Timing
};

/// What every transaction of a request begins with (data-api.md §1.11), for itself alone: the role's own settings,
/// search path, role, request.jwt.claims, request.method, request.path, request.headers, request.cookies, time zone,
/// the settings of the called function, app.settings.*.
///
/// `path` is the one below the API's root, percent-encoded. `function` is the one called, or nullptr.
db::Context make_context(const http::Request& request, std::string_view path, const ApiRequest& api,
                         const Caller& caller, const Function* function, const SchemaCache& schema,
                         const Options& options);

/// "SELECT f()" for a function that settings name as `f` or `schema.f`.
std::string call_text(const std::string& function);

/// The call of Options::pre_request, which comes before every statement; empty when there is none.
std::string pre_request_text(const Options& options);

/// Whether a write is only tried: as the client wishes, where it may, or as the options say.
bool rolls_back(const Options& options, const Preferences& preferences);

/// How many rows one request of this caller may insert: a megabyte holds tens of thousands of addresses, and each row
/// may mean a mail to somebody. Nothing: any number.
std::optional<std::int64_t> inserted_row_limit(const Options& options, const Caller& caller);

}  // namespace platform::restql
