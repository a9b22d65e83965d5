#pragma once

#include "platform/core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::db {

/// A named statement. The name is the metric label; the text is what prepared statements are cached by, so a query
/// is written once (in a .sql file beside its store) and never assembled per call.
struct Query {
    std::string_view name;
    std::string_view text;
};

/// A bound value in PostgreSQL's text format; nullopt is NULL. Made by to_param() (params.hpp).
using Param = std::optional<std::string>;
using Params = std::vector<Param>;

/// A setting that holds for the transaction alone. How it is set is PoolConfig::is_sharded's to say.
struct Setting {
    std::string name;
    std::string value;
    /// The same value comes again and again and is about nobody ("GET", a route, a role's time zone): its SET LOCAL is
    /// prepared once per connection. Never for claims or addresses: the session keeps the text.
    bool repeats = false;
};

/// Who a transaction is and how long it may take. It travels in the same flush as the first statement.
struct Context {
    std::string role{};               ///< empty keeps the login role
    std::vector<Setting> settings{};  ///< e.g. {"request.jwt.claims", claims_json}
    bool read_only = false;
    std::string isolation{};                 ///< "repeatable read" or "serializable"; empty: the session's default
    std::vector<std::string> search_path{};  ///< schemas; empty: the session's default
    std::vector<Setting> login_settings{};   ///< set before the role: only the login role may be allowed to
    std::optional<Deadline> deadline{};      ///< kept from this side, by a cancel; the server's limit is the pool's
};

}  // namespace platform::db
