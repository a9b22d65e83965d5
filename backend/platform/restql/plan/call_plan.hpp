#pragma once

#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/plan/negotiate.hpp"
#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace platform::restql {

/// One argument of a query string or form: a parameter and its text, an array's text for a variadic one.
struct TextArgument {
    const Parameter* parameter = nullptr;
    std::string value{};
};

struct CallPlan {
    enum class Passing : std::uint8_t {
        nothing,  ///< f()
        texts,    ///< f(a := 'x'), of `arguments`
        body,     ///< f(a := body.a), of `parameters`
        whole,    ///< f(body): the only parameter is unnamed
    };
    const Function* function = nullptr;  ///< its settings and isolation belong to the transaction
    bool is_read_only = true;            ///< GET, and POST unless the function is volatile
    Passing passing = Passing::nothing;
    std::vector<TextArgument> arguments{};
    std::vector<const Parameter*> parameters{};  ///< those the body fills, in the function's order
    std::string body{};                          ///< call_statement() moves it into the parameters
    std::vector<std::string> returning{};        ///< columns of the result that the answer needs; empty: all
    std::unique_ptr<ReadPlan> read{};            ///< what is answered, from the rows of the result
    BodyFormat format{};
};

/// What GET and POST of /rpc/function do, and which function OPTIONS asks about. Moves the body out of `request`. The
/// order of the checks is upstream's: function (PGRST202, PGRST203), select and embeds, media type (PGRST107),
/// preferences (PGRST122), max-affected of a single result (PGRST128).
ApiResult<CallPlan> plan_call(const SchemaCache& schema, const Options& options, ApiRequest& request);

}  // namespace platform::restql
