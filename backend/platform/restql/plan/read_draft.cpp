#include "platform/restql/plan/read_draft.hpp"

#include <algorithm>
#include <ranges>

namespace platform::restql {
namespace {

using Path = std::vector<std::string>;

std::unique_ptr<ReadDraft> draft_level(const std::vector<SelectItem>& select, const Embed* embed, std::size_t depth) {
    auto draft = std::make_unique<ReadDraft>();
    draft->embed = embed;
    draft->depth = depth;
    for (const auto& item : select) {
        if (const auto* column = std::get_if<SelectColumn>(&item.item)) {
            draft->columns.push_back(column);
        } else {
            const auto& child = std::get<Embed>(item.item);
            draft->embeds.push_back(draft_level(child.select, &child, depth + 1));
        }
    }
    return draft;
}

/// Puts what the query says of embedded relations onto their levels.
class Placer {
public:
    Placer(ReadDraft& root, bool allows_targets) : root_(root), allows_targets_(allows_targets) {}

    /// `set` is given the level at `path`; after a failure nothing more happens.
    template <class Set>
    void place(const Path& path, Set set) {
        if (failure_) return;
        if (ReadDraft* level = walk(path)) set(*level);
    }

    std::optional<ApiError>& failure() { return failure_; }

private:
    ReadDraft* walk(const Path& path) {
        ReadDraft* level = &root_;
        for (const auto& name : path) {
            auto& embeds = level->embeds;
            const auto found =
                std::ranges::find_if(embeds, [&](const auto& embed) { return answers_to(*embed, name); });
            if (found == embeds.end()) {
                failure_ = refuse(*level, name);
                return nullptr;
            }
            std::rotate(embeds.begin(), found, found + 1);
            level = embeds.front().get();
            if (is_named_by_target(*level, name)) level->was_named_by_target = true;
        }
        return level;
    }

    bool answers_to(const ReadDraft& draft, const std::string& name) const {
        return draft.name() == name || (allows_targets_ && draft.embed->target == name);
    }

    static bool is_named_by_target(const ReadDraft& draft, const std::string& name) {
        return draft.embed->target == name && draft.name() != name;
    }

    ApiError refuse(const ReadDraft& level, const std::string& name) const {
        auto error = not_embedded(name);
        const auto by_target =
            std::ranges::find_if(level.embeds, [&](const auto& embed) { return is_named_by_target(*embed, name); });
        if (by_target == level.embeds.end()) return error;
        error.details = "Target names are not allowed in filters if they have an alias";
        error.hint = "Change '" + name + "' to '" + (*by_target)->name() + "' in filters, orders or limits.";
        return error;
    }

    ReadDraft& root_;
    bool allows_targets_;
    std::optional<ApiError> failure_;
};

bool is_logic(const Condition& condition) {
    return condition.index() == 1;
}

/// The last of a kind first: which embeds move to the front, and which error wins, depends on it.
std::optional<ApiError> place_all(ReadDraft& draft, const ApiRequest& request, bool allows_targets, ReadSource source) {
    const bool is_mutation = source == ReadSource::mutation;
    const auto& query = request.query;
    Placer placer(draft, allows_targets);
    const auto place_conditions = [&](bool wants_logic) {
        for (const auto& condition : query.conditions | std::views::reverse) {
            if (is_logic(condition.value) != wants_logic || (is_mutation && condition.path.empty())) continue;
            placer.place(condition.path, [&](ReadDraft& at) { at.conditions.push_back(&condition.value); });
        }
    };
    place_conditions(false);
    for (const auto& order : query.orders | std::views::reverse) {
        placer.place(order.path, [&](ReadDraft& at) { at.order = &order.value; });
    }
    if (!is_mutation) {
        for (const auto& window : query.windows | std::views::reverse) {
            placer.place(window.path, [&](ReadDraft& at) { at.window = window.value; });
        }
    }
    place_conditions(true);
    return std::move(placer.failure());
}

void restore_condition_order(ReadDraft& draft) {
    std::ranges::reverse(draft.conditions);
    for (auto& embed : draft.embeds) restore_condition_order(*embed);
}

}  // namespace

ApiError not_embedded(const std::string& name) {
    return {.status = 400,
            .code = "PGRST108",
            .message = "'" + name + "' is not an embedded resource in this request",
            .hint = "Verify that '" + name + "' is included in the 'select' query parameter."};
}

ApiResult<std::unique_ptr<ReadDraft>> draft_read(const ApiRequest& request, const Options& options, ReadSource source) {
    auto draft = draft_level(request.query.select, nullptr, 0);
    if (source != ReadSource::mutation) draft->window = request.window;
    if (auto refused = place_all(*draft, request, options.legacy_target_names, source)) return std::move(*refused);
    restore_condition_order(*draft);
    return draft;
}

}  // namespace platform::restql
