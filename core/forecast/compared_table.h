// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"
#include "core/schema/schema.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A column as autogenerate compares it; of a model, or reflected.
struct ComparedColumn
{
    std::string name;
    /// As SQLAlchemy's compiler spells it: "VARCHAR(255)"; absent: a type that it does not know.
    std::optional<std::string> type;
    std::string typeUnknown; ///< why reading can't know it; empty: it does
    bool nullable = true;
    std::optional<std::string> defaultText; ///< as the catalog has it
    bool computed = false;
    bool serial = false; ///< its default is SERIAL's own
    std::optional<IdentityDefinition> identity;
    std::optional<std::string> comment;
};

/// UNIQUE, or an index.
struct ComparedKey
{
    std::string name; ///< empty: a constraint without one
    std::vector<std::string> columns;
    bool isIndex = false;
    bool unique = false;
    bool functional = false; ///< has a key that is no column
    bool ordered = false;    ///< of a model, with an order at one of its keys: "at DESC"
    std::string keys;        ///< all of them as text, expressions too
};

struct ComparedForeignKey
{
    std::string name; ///< empty: it has none
    std::vector<std::string> columns;
    QualifiedName target; ///< schema as SQLAlchemy has it: empty for None
    std::vector<std::string> targetColumns;
    std::string onDelete; ///< lower case; empty: none or NO ACTION
    std::string onUpdate;
    bool deferrable = false;
    bool initiallyDeferred = false;
};

struct ComparedTable
{
    std::string schema; ///< as SQLAlchemy has it: empty for None
    std::vector<ComparedColumn> columns;
    std::vector<ComparedKey> uniques;
    std::vector<ComparedKey> indexes;
    std::vector<ComparedForeignKey> foreignKeys;
    std::optional<std::string> comment;

    const ComparedColumn* column(std::string_view name) const;
};

/// "on delete" and "on update" as they are compared: lower case, NO ACTION as none.
std::string comparedAction(std::string action);

/// The tables of models by their name in the catalog, in the order in which create_all makes them.
struct DeclaredTables
{
    std::vector<QualifiedName> order;
    std::map<QualifiedName, ComparedTable> tables;
};

/// `changes`  what create_all sends to an empty database
/// `made`     the schema after it, for defaults as PostgreSQL spells them
DeclaredTables declaredTables(const std::vector<Change>& changes,
                              const Schema& made,
                              const std::string& defaultSchema);

/// As SQLAlchemy 1.4 reflects a table; `path` is the search path.
ComparedTable
reflectedTable(const Table& table, const Schema& live, const std::vector<std::string>& path);

} // namespace sightglass
