#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/plan/read_plan.hpp"

#include <memory>
#include <string>
#include <vector>

namespace platform::restql {

/// What the request says of one level, before anything is looked up in the schema. Points into the request.
struct ReadDraft {
    const Embed* embed = nullptr;  ///< null: the root
    std::vector<const SelectColumn*> columns{};
    std::vector<std::unique_ptr<ReadDraft>> embeds{};
    std::vector<const Condition*> conditions{};
    const std::vector<OrderTerm>* order = nullptr;
    Window window{};
    std::size_t depth = 0;
    bool was_named_by_target = false;

    const std::string& name() const { return embed->alias.empty() ? embed->target : embed->alias; }
};

/// The select's tree, with filters, orders and windows put where their paths lead. An embed that something is said of
/// moves before its siblings, as upstream's answers have it. Error: PGRST108.
ApiResult<std::unique_ptr<ReadDraft>> draft_read(const ApiRequest& request, const Options& options, ReadSource source);

/// 'x' is not an embedded resource in this request (PGRST108).
ApiError not_embedded(const std::string& name);

}  // namespace platform::restql
