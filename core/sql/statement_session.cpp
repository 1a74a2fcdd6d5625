// SPDX-License-Identifier: GPL-3.0-or-later
// Settings, transactions, locks, and what else changes neither schema nor data by its own words.
#include "core/sql/statement_changes.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

constexpr std::array lockModes{std::string_view("ACCESS SHARE"),
                               std::string_view("ROW SHARE"),
                               std::string_view("ROW EXCLUSIVE"),
                               std::string_view("SHARE UPDATE EXCLUSIVE"),
                               std::string_view("SHARE"),
                               std::string_view("SHARE ROW EXCLUSIVE"),
                               std::string_view("EXCLUSIVE"),
                               std::string_view("ACCESS EXCLUSIVE")};

struct TransactionWord
{
    std::string_view kind;
    std::string_view word;
};

constexpr std::array transactionWords{
    TransactionWord{"TRANS_STMT_BEGIN", "BEGIN"},
    TransactionWord{"TRANS_STMT_START", "BEGIN"},
    TransactionWord{"TRANS_STMT_COMMIT", "COMMIT"},
    TransactionWord{"TRANS_STMT_ROLLBACK", "ROLLBACK"},
    TransactionWord{"TRANS_STMT_SAVEPOINT", "SAVEPOINT"},
    TransactionWord{"TRANS_STMT_RELEASE", "RELEASE SAVEPOINT"},
    TransactionWord{"TRANS_STMT_ROLLBACK_TO", "ROLLBACK TO SAVEPOINT"},
    TransactionWord{"TRANS_STMT_PREPARE", "PREPARE TRANSACTION"},
    TransactionWord{"TRANS_STMT_COMMIT_PREPARED", "COMMIT PREPARED"},
    TransactionWord{"TRANS_STMT_ROLLBACK_PREPARED", "ROLLBACK PREPARED"}};

/// Settings that are lists of names: PostgreSQL keeps each quoted as an identifier.
bool isListOfNames(std::string_view setting)
{
    return setting == "search_path" || setting == "temp_tablespaces" ||
           setting == "session_preload_libraries" || setting == "local_preload_libraries";
}

bool hasOption(const ParseNode& node, std::string_view list, std::string_view name)
{
    return std::ranges::any_of(node.list(list), [&](const ParseNode& option) {
        const std::string value = lowerCase(plainValueOf(option.field("arg")));
        return option.text("defname") == name && value != "false" && value != "off" && value != "0";
    });
}

} // namespace

void readSet(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    const std::string_view kind = node.text("kind");
    change::SetSetting setting{.name = std::string(node.text("name")),
                               .value = {},
                               .local = node.flag("is_local"),
                               .reset = kind == "VAR_RESET" || kind == "VAR_RESET_ALL" ||
                                        kind == "VAR_SET_DEFAULT"};
    if (kind == "VAR_RESET_ALL")
        setting.name = "ALL";
    for (const ParseNode& argument : node.list("args")) {
        std::string value = plainValueOf(argument);
        if (argument.is("DefElem"))
            value =
                std::string(argument.text("defname")) + "=" + plainValueOf(argument.field("arg"));
        else if (argument.is("TypeCast"))
            value = plainValueOf(argument.field("arg")); // SET TIME ZONE INTERVAL '…'
        else if (isListOfNames(setting.name))
            value = quotedIdentifier(value);
        setting.value += (setting.value.empty() ? "" : ", ") + value;
    }
    out.push_back(readChange(std::move(setting)));
}

void readDiscard(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    if (node.text("target") == "DISCARD_ALL")
        out.push_back(readChange(change::SetSetting{.name = "ALL", .value = {}, .reset = true}));
    else
        out.push_back(readChange(otherStatement(statement)));
}

void readTransaction(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    const auto found =
        std::ranges::find(transactionWords, node.text("kind"), &TransactionWord::kind);
    std::string word(found != transactionWords.end() ? found->word : "BEGIN");
    for (const std::string_view name : {"savepoint_name", "gid"}) {
        if (!node.text(name).empty())
            word += " " + std::string(node.text(name));
    }
    out.push_back(readChange(change::Transaction{.word = std::move(word)}));
}

void readLock(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    const auto mode = static_cast<std::size_t>(node.integer("mode"));
    const std::string word(mode >= 1 && mode <= lockModes.size() ? lockModes[mode - 1]
                                                                 : lockModes.back());
    for (const ParseNode& relation : node.list("relations"))
        out.push_back(readChange(change::LockTable{.table = relationName(relation), .mode = word}));
}

void readVacuum(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    for (const ParseNode& relation : node.list("rels"))
        out.push_back(
            readChange(otherStatement(statement, relationName(relation.field("relation")))));
    if (out.empty())
        out.push_back(readChange(otherStatement(statement)));
    for (SqlChange& change : out)
        std::get<change::Other>(change.change).statement =
            node.flag("is_vacuumcmd") ? "VACUUM" : "ANALYZE";
}

void readReindex(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    const std::string_view kind = node.text("kind");
    constexpr std::string_view prefix = "REINDEX_OBJECT_";
    change::Reindex reindex{.kind = kind.starts_with(prefix) ? lowerCase(kind.substr(prefix.size()))
                                                             : std::string("index"),
                            .name = relationName(node.field("relation")),
                            .concurrently = hasOption(node, "params", "concurrently")};
    if (reindex.name.name.empty())
        reindex.name.name = node.text("name");
    out.push_back(readChange(std::move(reindex)));
}

void readCluster(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    change::Other other = otherStatement(statement, relationName(node.field("relation")));
    other.statement = "CLUSTER";
    out.push_back(readChange(std::move(other)));
}

void readRefresh(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    out.push_back(readChange(change::RefreshView{.view = relationName(node.field("relation")),
                                                 .concurrently = node.flag("concurrent")}));
}

void readCall(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    const QualifiedName name = nameOfParts(node.field("funccall").strings("funcname"));
    out.push_back(opaqueChange("calls procedure " + toText(name)));
}

void readGrant(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    const std::string word = node.flag("is_grant") ? "GRANT" : "REVOKE";
    for (const ParseNode& object : node.list("objects")) {
        if (object.is("RangeVar"))
            out.push_back(
                readChange(change::Other{.statement = word, .object = relationName(object)}));
    }
    if (out.empty())
        out.push_back(readChange(change::Other{.statement = word}));
}

void readQueryLike(const StatementText& statement, const ParseNode&, SqlChanges& out)
{
    out.push_back(readChange(change::Query{.text = std::string(statement.text())}));
}

} // namespace sightglass
