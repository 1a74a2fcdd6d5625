// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_changes.h"

#include "core/sql/unparsed_sql.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Reader = void (*)(const StatementText&, const ParseNode&, SqlChanges&);

struct StatementKind
{
    std::string_view node;
    Reader read;
};

constexpr int nestingLimit = 16;

constexpr std::array statementKinds{
    StatementKind{"AlterDomainStmt", readAlterDomain},
    StatementKind{"AlterEnumStmt", readAlterEnum},
    StatementKind{"AlterObjectSchemaStmt", readSetSchema},
    StatementKind{"AlterPolicyStmt", readAlterPolicy},
    StatementKind{"AlterSeqStmt", readAlterSequence},
    StatementKind{"AlterTableStmt", readAlterTable},
    StatementKind{"CallStmt", readCall},
    StatementKind{"ClosePortalStmt", readQueryLike},
    StatementKind{"ClusterStmt", readCluster},
    StatementKind{"CommentStmt", readComment},
    StatementKind{"CompositeTypeStmt", readCompositeType},
    StatementKind{"CopyStmt", readCopy},
    StatementKind{"CreateDomainStmt", readCreateDomain},
    StatementKind{"CreateEnumStmt", readCreateEnum},
    StatementKind{"CreateExtensionStmt", readCreateExtension},
    StatementKind{"CreateForeignTableStmt", readCreateForeignTable},
    StatementKind{"CreateFunctionStmt", readCreateFunction},
    StatementKind{"CreatePolicyStmt", readCreatePolicy},
    StatementKind{"CreateRangeStmt", readRangeType},
    StatementKind{"CreateSeqStmt", readCreateSequence},
    StatementKind{"CreateStmt", readCreateTable},
    StatementKind{"CreateTableAsStmt", readCreateTableAs},
    StatementKind{"CreateTrigStmt", readCreateTrigger},
    StatementKind{"DeallocateStmt", readQueryLike},
    StatementKind{"DefineStmt", readDefine},
    StatementKind{"DeleteStmt", readDelete},
    StatementKind{"DiscardStmt", readDiscard},
    StatementKind{"DoStmt", readDo},
    StatementKind{"DropStmt", readDrop},
    StatementKind{"FetchStmt", readQueryLike},
    StatementKind{"GrantStmt", readGrant},
    StatementKind{"IndexStmt", readCreateIndex},
    StatementKind{"InsertStmt", readInsert},
    StatementKind{"ListenStmt", readQueryLike},
    StatementKind{"LockStmt", readLock},
    StatementKind{"MergeStmt", readMerge},
    StatementKind{"NotifyStmt", readQueryLike},
    StatementKind{"PrepareStmt", readQueryLike},
    StatementKind{"RefreshMatViewStmt", readRefresh},
    StatementKind{"ReindexStmt", readReindex},
    StatementKind{"RenameStmt", readRename},
    StatementKind{"SelectStmt", readSelect},
    StatementKind{"TransactionStmt", readTransaction},
    StatementKind{"TruncateStmt", readTruncate},
    StatementKind{"UnlistenStmt", readQueryLike},
    StatementKind{"UpdateStmt", readUpdate},
    StatementKind{"VacuumStmt", readVacuum},
    StatementKind{"VariableSetStmt", readSet},
    StatementKind{"VariableShowStmt", readQueryLike},
    StatementKind{"ViewStmt", readCreateView},
};

/// Statements whose effect on the schema is real and not followed.
struct Unfollowed
{
    std::string_view node;
    std::string_view what;
    bool structural;
};

constexpr std::array unfollowedKinds{
    Unfollowed{"DropOwnedStmt", dropOwnedSql, true},
    Unfollowed{"ExecuteStmt", "runs a prepared statement", false},
    Unfollowed{
        "ImportForeignSchemaStmt", "creates foreign tables as another server has them", true},
};

/// CREATE SCHEMA s with elements: they are made in s.
void readCreateSchema(const StatementText& statement,
                      const ParseNode& node,
                      SqlChanges& out,
                      int depth)
{
    std::string schema(node.text("schemaname"));
    const ParseNode role = node.field("authrole");
    if (schema.empty() && role.text("roletype") == "ROLESPEC_CSTRING")
        schema = role.text("rolename");
    if (schema.empty()) {
        out.push_back(opaqueChange("creates a schema named after the current role"));
        return;
    }
    const bool ifNotExists = node.flag("if_not_exists");
    out.push_back(readChange(change::CreateSchema{.schema = schema, .ifNotExists = ifNotExists}));
    for (const ParseNode& element : node.list("schemaElts")) {
        for (SqlChange& inner : changesOf(statement, element, depth + 1)) {
            std::visit(
                [&](auto& change) {
                    const auto settle = [&](QualifiedName& name) {
                        if (name.schema.empty())
                            name.schema = schema;
                    };
                    if constexpr (requires { change.table.schema; })
                        settle(change.table);
                    if constexpr (requires { change.index.table; })
                        settle(change.index.table);
                    if constexpr (requires { change.view.schema; })
                        settle(change.view);
                    if constexpr (requires { change.sequence.schema; })
                        settle(change.sequence);
                },
                inner.change);
            out.push_back(std::move(inner));
        }
    }
}

/// EXPLAIN runs nothing, EXPLAIN ANALYZE does.
void readExplain(const StatementText& statement, const ParseNode& node, SqlChanges& out, int depth)
{
    bool runs = false;
    for (const ParseNode& option : node.list("options")) {
        if (option.text("defname") == "analyze") {
            const std::string value = lowerCase(plainValueOf(option.field("arg")));
            runs = value.empty() || value == "true" || value == "on" || value == "1";
        }
    }
    if (runs)
        out = changesOf(statement, node.field("query"), depth + 1);
    else
        readQueryLike(statement, node, out);
}

} // namespace

change::Other otherStatement(const StatementText& statement, QualifiedName object)
{
    std::string words;
    for (std::size_t i = 0; i < 3 && statement.token(i).kind == SqlTokenKind::Word; ++i) {
        const std::string word = upperCase(statement.token(i).text);
        // The third word is of the command only in a few: CREATE EVENT TRIGGER, ALTER DEFAULT
        // PRIVILEGES, CREATE TEXT SEARCH …
        constexpr std::array pairs{std::string_view("EVENT"),
                                   std::string_view("DEFAULT"),
                                   std::string_view("TEXT"),
                                   std::string_view("FOREIGN"),
                                   std::string_view("USER"),
                                   std::string_view("OPERATOR")};
        const std::string before = i == 2 ? upperCase(statement.token(1).text) : std::string();
        const bool goesOn = i < 2 || std::ranges::find(pairs, before) != pairs.end();
        if (!goesOn)
            break;
        words += (words.empty() ? "" : " ") + word;
    }
    return {.statement = std::move(words), .object = std::move(object)};
}

SqlChanges changesOf(const StatementText& statement, const ParseNode& node, int depth)
{
    SqlChanges result;
    if (depth > nestingLimit)
        return {opaqueChange("nests statements too deeply to be read")};
    if (node.is("CreateSchemaStmt")) {
        readCreateSchema(statement, node, result, depth);
    } else if (node.is("ExplainStmt")) {
        readExplain(statement, node, result, depth);
    } else {
        const auto found = std::ranges::find(statementKinds, node.kind(), &StatementKind::node);
        const auto unfollowed = std::ranges::find(unfollowedKinds, node.kind(), &Unfollowed::node);
        if (found != statementKinds.end())
            found->read(statement, node, result);
        else if (unfollowed != unfollowedKinds.end())
            result.push_back(
                opaqueChange(std::string(unfollowed->what), {}, unfollowed->structural));
    }
    if (result.empty())
        result.push_back(readChange(otherStatement(statement)));
    return result;
}

} // namespace sightglass
