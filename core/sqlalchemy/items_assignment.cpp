// SPDX-License-Identifier: GPL-3.0-or-later
// What assigning to an attribute of a schema item changes: `column.nullable = True`.
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <array>

namespace sightglass {
namespace {

struct ColumnAttribute
{
    std::string_view name;
    void (*set)(Interpreter&, ColumnItem&, const Value&);
};

void setName(Interpreter&, ColumnItem& column, const Value& value)
{
    if (const std::string* text = value.asText())
        column.name = *text;
    else
        column.name = Unknown{value.isUnknown() ? value.reason() : "its name is set to no text"};
}

void setType(Interpreter& interpreter, ColumnItem& column, const Value& value)
{
    if (auto made = typeFrom(interpreter, value)) {
        column.type = *made;
        column.typeGiven = true;
    } else {
        column.type = Unknown{"its type is set to no type"};
    }
}

void setPrimaryKey(Interpreter& interpreter, ColumnItem& column, const Value& value)
{
    // The constructor has decided on NULL already, and a table on its constraint.
    if (!column.nullable)
        column.nullable = !column.primaryKey;
    if (column.table == nullptr)
        column.primaryKey = flagOf(interpreter, &value, false, column.unknown);
}

void setNullable(Interpreter& interpreter, ColumnItem& column, const Value& value)
{
    column.nullable = flagOf(interpreter, &value, false, column.unknown);
}

/// Looked at when the column comes to its table, and never again.
void setUnique(Interpreter& interpreter, ColumnItem& column, const Value& value)
{
    if (column.table == nullptr)
        column.unique = flagOf(interpreter, &value, false, column.unknown);
}

void setIndex(Interpreter& interpreter, ColumnItem& column, const Value& value)
{
    if (column.table == nullptr)
        column.index = flagOf(interpreter, &value, false, column.unknown);
}

void setComment(Interpreter&, ColumnItem& column, const Value& value)
{
    column.comment = optionalText(&value, column.unknown);
}

void setNothing(Interpreter&, ColumnItem&, const Value&) {}

constexpr std::array<ColumnAttribute, 13> columnAttributes{{
    {"name", setName},
    {"type", setType},
    {"primary_key", setPrimaryKey},
    {"nullable", setNullable},
    {"unique", setUnique},
    {"index", setIndex},
    {"comment", setComment},
    {"key", setNothing},
    {"info", setNothing},
    {"doc", setNothing},
    {"default", setNothing},
    {"onupdate", setNothing},
    {"_creation_order", setNothing},
}};

std::string reasonFor(std::string_view name)
{
    return std::string(name) + " of it is set afterwards";
}

/// Names that say nothing to the database.
bool isSilent(std::string_view name)
{
    static constexpr std::array<std::string_view, 4> silent{
        "info", "doc", "description", "_creation_order"};
    return std::ranges::find(silent, name) != silent.end();
}

/// For items whose name is all that can be followed.
void setNameOnly(std::string_view attribute,
                 const Value& value,
                 GivenName& name,
                 std::optional<Unknown>& unknown)
{
    if (attribute == "name")
        name = givenName(&value);
    else if (!isSilent(attribute))
        note(unknown, reasonFor(attribute));
}

} // namespace

std::optional<Raised> ColumnItem::setAttribute(Interpreter& interpreter,
                                               std::string_view attributeName,
                                               const Value& value)
{
    const auto* known = std::ranges::find(columnAttributes, attributeName, &ColumnAttribute::name);
    if (known != columnAttributes.end())
        known->set(interpreter, *this, value);
    else
        note(unknown, reasonFor(attributeName));
    return std::nullopt;
}

std::optional<Raised>
ConstraintItem::setAttribute(Interpreter&, std::string_view attributeName, const Value& value)
{
    setNameOnly(attributeName, value, name, unknown);
    return std::nullopt;
}

std::optional<Raised>
IndexItem::setAttribute(Interpreter&, std::string_view attributeName, const Value& value)
{
    setNameOnly(attributeName, value, name, unknown);
    return std::nullopt;
}

std::optional<Raised>
TableItem::setAttribute(Interpreter&, std::string_view attributeName, const Value& value)
{
    if (attributeName == "comment")
        comment = optionalText(&value, unknown);
    else if (attributeName == "schema" && (value.isNone() || value.asText() != nullptr))
        name.schema = value.isNone() ? std::string() : *value.asText();
    else if (attributeName == "name" && value.asText() != nullptr)
        name.name = *value.asText();
    else if (!isSilent(attributeName))
        note(unknown, reasonFor(attributeName));
    return std::nullopt;
}

std::optional<Raised> MetaDataItem::setAttribute(Interpreter& interpreter,
                                                 std::string_view attributeName,
                                                 const Value& value)
{
    if (attributeName == "naming_convention") {
        convention = conventionFrom(interpreter, value);
        for (TableItem* const table : tables)
            note(table->unknown, reasonFor(attributeName));
    } else if (attributeName == "schema") {
        schema = optionalText(&value, unknown);
    }
    return std::nullopt;
}

} // namespace sightglass
