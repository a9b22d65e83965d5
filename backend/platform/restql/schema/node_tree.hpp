#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace platform::restql {

/// A column of a view that shows a column of a table or of another view.
struct ViewColumn {
    int number = 0;
    std::uint32_t relation = 0;
    int column = 0;
    bool operator==(const ViewColumn&) const = default;
};

/// Reads a view's query as PostgreSQL stores it (pg_rewrite.ev_action, a pg_node_tree): the entries of its target list
/// that come from a column. Expressions, constants and columns of set operations have no origin and are left out. What
/// is not such a text yields nothing: a view without origins can still be queried, only not embedded.
std::vector<ViewColumn> read_view_columns(std::string_view node_tree);

}  // namespace platform::restql
