#pragma once

#include "platform/restql/schema/catalog.hpp"
#include "platform/restql/schema/node_tree.hpp"

#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace platform::restql {

/// Which columns of which tables the views show, through views of views.
class ViewKeys {
public:
    /// `exposed`: the relations with their columns; views outside of it are only steps on the way to a table.
    ViewKeys(std::span<const ViewRow> views, std::span<const RelationRow> exposed, std::span<const ColumnRow> columns);

    /// One way in which a view shows a key: its own column for each of the key's.
    struct Showing {
        const RelationRow* view = nullptr;
        std::vector<std::string> columns;
    };
    /// Every view that shows all of the columns of `table`; once for each combination where it shows one repeatedly.
    std::vector<Showing> showings(ObjectId table, std::span<const int> numbers) const;

private:
    using Names = std::map<int, std::vector<std::string>>;  // number in the table → names in the view
    struct Shown {
        const RelationRow* view;
        Names names;
    };
    using Definitions = std::unordered_map<ObjectId, std::vector<ViewColumn>>;

    void add(const RelationRow& view, std::span<const ColumnRow> columns, const Definitions& definitions);

    std::unordered_map<ObjectId, std::vector<Shown>> shown_;  // by table
};

}  // namespace platform::restql
