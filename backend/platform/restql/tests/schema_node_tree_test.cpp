#include "platform/restql/schema/node_tree.hpp"
#include "platform/restql/tests/schema_kit.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

using Columns = std::vector<ViewColumn>;

/// A query as the server stores it, cut down to the fields that matter around the target list.
std::string tree(const std::string& entries) {
    return "({QUERY :commandType 1 :querySource 0 :utilityStmt <> :hasAggs false :cteList <> :rtable ({RANGETBLENTRY "
           ":alias {ALIAS :aliasname old :colnames <>} :eref {ALIAS :aliasname old :colnames (\"id\" \"a\\ "
           "b:\\(\\}\")} "
           ":rtekind 0 :relid 25828 :selectedCols (b 8 9) :securityQuals <>}) :jointree {FROMEXPR :fromlist "
           "({RANGETBLREF :rtindex 3}) :quals {CONST :constlen 4 :constvalue 4 [ 3 0 0 0 0 0 0 0 ]}} :targetList " +
           entries + " :override 0 :onConflict <> :stmt_location 57 :stmt_len 130})";
}

std::string entry(const std::string& name, int number, int relation, int column, bool is_junk = false) {
    return "{TARGETENTRY :expr {VAR :varno 3 :varattno 1 :location 82} :resno " + std::to_string(number) +
           " :resname " + name + " :ressortgroupref 1 :resorigtbl " + std::to_string(relation) + " :resorigcol " +
           std::to_string(column) + " :resjunk " + (is_junk ? "true" : "false") + "}";
}

TEST(NodeTree, ColumnsKeepTheirOrigin) {
    const auto found = read_view_columns(tree("(" + entry("id", 1, 25821, 1) + " " + entry("id2", 2, 25821, 1) + ")"));
    EXPECT_EQ(found, (Columns{{1, 25821, 1}, {2, 25821, 1}}));
}

TEST(NodeTree, ExpressionsAndJunkHaveNoOrigin) {
    const auto found = read_view_columns(
        tree("(" + entry("one", 1, 0, 0) + " " + entry("ctid", 2, 7, 3, true) + " " + entry("id", 3, 7, 2) + ")"));
    EXPECT_EQ(found, (Columns{{3, 7, 2}}));
}

TEST(NodeTree, NamesCannotPassForStructure) {
    for (const auto* name : {R"(a\ b:\(\})", R"(\{TARGETENTRY\ :resno\ 9)", ":resorigtbl", R"(\<\>)", R"(\\)", "<>",
                             R"(\"quoted\")", R"(\))"}) {
        EXPECT_EQ(read_view_columns(tree("(" + entry(name, 1, 5, 1) + ")")), (Columns{{1, 5, 1}})) << name;
    }
}

TEST(NodeTree, NestedListsAndNodesAreSteppedOver) {
    constexpr int levels = 100'000;
    std::string opening, closing;
    for (int i = 0; i < levels; ++i) {
        opening += i % 2 ? "{A :b " : "(";
        closing += i % 2 ? ')' : '}';
    }
    const std::string expression =
        "{TARGETENTRY :expr " + opening + "x" + closing +
        " :resno 1 :resname a :ressortgroupref 0 :resorigtbl 5 :resorigcol 2 :resjunk false}";
    EXPECT_EQ(read_view_columns(tree("(" + expression + ")")), (Columns{{1, 5, 2}}));
}

TEST(NodeTree, AViewWithoutColumnsHasNone) {
    EXPECT_TRUE(read_view_columns(tree("<>")).empty());
    EXPECT_TRUE(read_view_columns(tree("()")).empty());
}

TEST(NodeTree, WhatIsNoTreeYieldsNothing) {
    for (const auto* text : {"", "<>", "(", "({", "({QUERY", "({QUERY :targetList", "({QUERY :targetList (", "{}", "\\",
                             "({SELECT :targetList ()})", "({QUERY targetList ()})",
                             "({QUERY :targetList ({TARGETENTRY :resno x})})", "({QUERY :a b :c (()) )"})
        EXPECT_TRUE(read_view_columns(text).empty()) << text;
    EXPECT_TRUE(read_view_columns("({QUERY :targetList ({TARGETENTRY :resno 99999999999999999999})})").empty());
}

TEST(NodeTree, ATextCutAnywhereEnds) {
    const auto whole = tree("(" + entry("id", 1, 25821, 1) + " " + entry(R"(a\ b)", 2, 25821, 2) + ")");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_LE(read_view_columns(std::string_view(whole).substr(0, length)).size(), 2u);
    }
}

class StoredTrees : public SchemaTest {};

/// The server's own reading: a view's column depends on the columns that PostgreSQL recorded for it.
TEST_F(StoredTrees, EveryViewOfTheServerIsRead) {
    const auto rows = query(
        "SELECT c.oid::regclass::text AS view, r.ev_action::text AS tree, c.relnatts AS columns FROM pg_class c "
        "JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN' ORDER BY c.oid");
    std::size_t with_origin = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto columns = read_view_columns(*rows.text(i, "tree"));
        with_origin += !columns.empty();
        EXPECT_LE(columns.size(), rows.get<std::size_t>(i, "columns")) << *rows.text(i, "view");
        EXPECT_TRUE(std::is_sorted(columns.begin(), columns.end(),
                                   [](const auto& a, const auto& b) { return a.number < b.number; }));
    }
    EXPECT_GT(with_origin, 60u);  // of pg_catalog and information_schema alone
}

TEST_F(StoredTrees, OddNamesAreRead) {
    database_->exec(R"sql(CREATE TABLE api.odd (":resno 7" integer PRIMARY KEY, "a (b {c} \ <> ""d"" 1" text);
        CREATE VIEW api.odd_view AS SELECT ":resno 7" AS ":resorigcol 3}", "a (b {c} \ <> ""d"" 1" AS ":targetList ()",
        ":resno 7" AS "<>", 'x'::text AS ":resorigtbl" FROM api.odd)sql");
    const auto rows = query(
        "SELECT r.ev_action::text AS tree, 'api.odd'::regclass::oid::bigint AS id FROM pg_rewrite r "
        "WHERE r.ev_class = 'api.odd_view'::regclass");
    const auto id = rows.get<std::uint32_t>(0, "id");
    EXPECT_EQ(read_view_columns(*rows.text(0, "tree")), (Columns{{1, id, 1}, {2, id, 2}, {3, id, 1}}));
    const auto now = runtime_->run(load());
    EXPECT_EQ(now->relation({"api", "odd_view"})->key, std::vector<std::string>{":resorigcol 3}"});
}

}  // namespace
}  // namespace platform::restql
