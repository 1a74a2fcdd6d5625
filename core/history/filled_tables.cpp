// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/filled_tables.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <variant>

namespace sightglass {

namespace {

template <class... Visitors>
struct RowVisitor : Visitors...
{
    using Visitors::operator()...;
};

template <class... Visitors>
RowVisitor(Visitors...) -> RowVisitor<Visitors...>;

std::string lowerCased(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return result;
}

/// A query writes where it has an INSERT inside, or calls a function of the schema's own.
bool mayWrite(const std::string& query, const Schema& schema)
{
    const std::string text = lowerCased(query);
    if (text.find("insert") != std::string::npos || text.find("merge") != std::string::npos)
        return true;
    return std::ranges::any_of(schema.functions, [&](const auto& each) {
        return text.find(lowerCased(each.first.first.name)) != std::string::npos;
    });
}

bool runsCode(std::string_view statement)
{
    constexpr std::array words{std::string_view("CALL"),
                               std::string_view("EXECUTE"),
                               std::string_view("DO"),
                               std::string_view("IMPORT"),
                               std::string_view("CREATE RULE")};
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return statement.starts_with(word); });
}

} // namespace

void FilledTables::add(const QualifiedName& table)
{
    if (table.name.empty())
        m_anything = true;
    else
        m_names.insert(table.name);
}

void FilledTables::note(const Operation& operation, const Schema& schema)
{
    std::visit(RowVisitor{
                   [&](const change::ChangeData& data) {
                       if (m_triggers)
                           m_anything = true;
                       else if (data.command != "UPDATE" && data.command != "DELETE" &&
                                data.command != "TRUNCATE")
                           add(data.table);
                   },
                   [&](const change::CreateTable& made) {
                       if (!made.query.empty())
                           add(made.table);
                       // A query of the parent reads its children too.
                       for (const QualifiedName& parent : made.inherits)
                           add(parent);
                   },
                   [&](const change::RenameTable& renamed) {
                       if (m_names.contains(renamed.table.name))
                           m_names.insert(renamed.newName);
                   },
                   [&](const change::CreateTrigger&) { m_triggers = true; },
                   [&](const change::Query& query) {
                       m_anything = m_anything || mayWrite(query.text, schema);
                   },
                   [&](const change::Other& other) {
                       m_anything = m_anything || runsCode(other.statement);
                   },
                   [&](const change::Opaque&) { m_anything = true; },
                   [](const auto&) {},
               },
               operation.change);
}

bool FilledTables::isEmpty(const Table& table) const
{
    if (m_anything || table.kind != TableKind::Table || !table.extension.empty())
        return false;
    const bool shares = table.partitionOf || !table.partitionKey.empty() || !table.inherits.empty();
    return !shares && !m_names.contains(table.name.name);
}

} // namespace sightglass
