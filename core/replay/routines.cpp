// SPDX-License-Identifier: GPL-3.0-or-later
//
// How functions are spelled, and what depends on them.
#include "core/replay/routines.h"

#include "core/replay/appliers.h"
#include "core/replay/constraints.h"
#include "core/replay/indexes.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"
#include "core/replay/views.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

/// Cut at the commas outside of brackets and quotes, blanks around taken off.
std::vector<std::string> listed(const std::string& text)
{
    std::vector<std::string> parts;
    std::string part;
    int depth = 0;
    bool quoted = false;
    const auto finish = [&] {
        const std::size_t first = part.find_first_not_of(" \t\r\n");
        const std::size_t last = part.find_last_not_of(" \t\r\n");
        if (first != std::string::npos)
            parts.push_back(part.substr(first, last + 1 - first));
        part.clear();
    };
    for (const char c : text) {
        quoted = quoted != (c == '"');
        depth += quoted ? 0 : (c == '(' || c == '[') ? 1 : (c == ')' || c == ']') ? -1 : 0;
        if (c == ',' && depth == 0 && !quoted)
            finish();
        else
            part += c;
    }
    finish();
    return parts;
}

/// A function's types have no modifiers.
std::string spelledType(const Catalog& catalog, const std::string& written)
{
    const auto type = typeText(catalog, written);
    if (!type || !type->isKnown())
        return written;
    const std::string& text = type->value();
    const std::size_t open = text.find('(');
    const std::size_t close = text.find(')');
    if (open == std::string::npos || close == std::string::npos || close < open ||
        text.find('"') < open)
        return text;
    return text.substr(0, open) + text.substr(close + 1);
}

bool startsWithWord(const std::string& text, std::string_view word)
{
    return text.size() > word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char wanted, char c) {
               return wanted == static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
           });
}

/// "a int, b text" of RETURNS TABLE.
std::string spelledTable(const Catalog& catalog, const std::string& columns)
{
    std::vector<std::string> parts = listed(columns);
    for (std::string& part : parts) {
        const std::size_t quote = part.starts_with('"') ? part.find('"', 1) : 0;
        const std::size_t blank = part.find_first_of(" \t\r\n", std::min(quote, part.size()));
        if (blank != std::string::npos)
            part = part.substr(0, blank) + " " +
                   spelledType(catalog, part.substr(part.find_first_not_of(" \t\r\n", blank)));
    }
    return joined(parts, ", ");
}

bool calls(std::string_view expression, const QualifiedName& function)
{
    const std::string wanted = quotedIdentifier(function.name) + "(";
    for (std::size_t at = expression.find(wanted); at != std::string_view::npos;
         at = expression.find(wanted, at + 1)) {
        const char before = at == 0 ? ' ' : expression[at - 1];
        if (std::isalnum(static_cast<unsigned char>(before)) == 0 && before != '_' && before != '"')
            return true;
    }
    return false;
}

bool calls(const std::optional<std::string>& expression, const QualifiedName& function)
{
    return expression && calls(std::string_view(*expression), function);
}

bool calls(const Column& column, const QualifiedName& function)
{
    return calls(column.defaultExpression, function) || calls(column.generated, function);
}

bool calls(const Index& index, const QualifiedName& function)
{
    return calls(index.predicate, function) ||
           std::ranges::any_of(index.columns, [&](const std::string& key) {
               return calls(std::string_view(key), function);
           });
}

bool calls(const CheckConstraint& check, const QualifiedName& function)
{
    return calls(std::string_view(check.expression), function);
}

bool calls(const Policy& policy, const QualifiedName& function)
{
    return calls(std::string_view(policy.usingExpression), function) ||
           calls(std::string_view(policy.checkExpression), function);
}

template <typename List>
bool anyCalls(const List& list, const QualifiedName& function)
{
    return std::ranges::any_of(list, [&](const auto& each) { return calls(each, function); });
}

bool calls(const Table& table, const QualifiedName& function)
{
    return anyCalls(table.columns, function) || anyCalls(table.checks, function) ||
           anyCalls(table.indexes, function) || anyCalls(table.policies, function);
}

/// Names of what calls in the tables and views of a schema.
std::vector<QualifiedName> tablesThatCall(const Catalog& catalog, const QualifiedName& function)
{
    std::vector<QualifiedName> found;
    for (const auto& [name, table] : catalog.schema().tables) {
        if (calls(*table, function))
            found.push_back(name);
    }
    return found;
}

std::vector<QualifiedName> viewsThatCall(const Catalog& catalog, const QualifiedName& function)
{
    std::vector<QualifiedName> found;
    for (const auto& [name, view] : catalog.schema().views) {
        if (calls(std::string_view(view->definition), function))
            found.push_back(name);
    }
    return found;
}

Done dropCallersIn(Catalog& catalog, const QualifiedName& name, const QualifiedName& function)
{
    const Table before = *catalog.table(name);
    for (const CheckConstraint& check : before.checks) {
        if (!calls(check, function) || !hasConstraint(*catalog.table(name), check.name))
            continue;
        if (Done refused = dropConstraintDown(catalog, name, check.name, true))
            return refused;
    }
    for (const Index& index : before.indexes) {
        if (calls(index, function))
            removeIndex(catalog, name, index.name);
    }
    for (const Column& column : before.columns) {
        if (!calls(column.generated, function))
            continue;
        if (Done refused = apply(
                catalog, change::DropColumn{.table = name, .column = column.name, .cascade = true}))
            return refused;
    }
    return editTable(catalog, name, [&](Table& table) -> Done {
        for (Column& column : table.columns) {
            if (calls(column.defaultExpression, function))
                column.defaultExpression.reset();
        }
        std::erase_if(table.policies, [&](const Policy& each) { return calls(each, function); });
        return std::nullopt;
    });
}

/// `expression` with calls of `from` (as it is spelled) renamed.
void renameCallsIn(std::string& expression, const std::string& from, const std::string& to)
{
    const std::string call = from + "(";
    for (std::size_t at = expression.find(call); at != std::string::npos;
         at = expression.find(call, at)) {
        const char before = at == 0 ? ' ' : expression[at - 1];
        const bool longer = std::isalnum(static_cast<unsigned char>(before)) != 0 ||
                            before == '_' || before == '"' || before == '.';
        if (!longer)
            expression.replace(at, from.size(), to);
        at += longer ? call.size() : to.size();
    }
}

} // namespace

std::string spelledArguments(const Catalog& catalog, const std::string& arguments)
{
    std::vector<std::string> parts = listed(arguments);
    for (std::string& part : parts)
        part = spelledType(catalog, part);
    return joined(parts, ", ");
}

std::string spelledResult(const Catalog& catalog, const std::string& result)
{
    constexpr std::string_view setOf = "setof ";
    if (startsWithWord(result, setOf))
        return "SETOF " + spelledType(catalog, result.substr(setOf.size()));
    const std::size_t open = result.find('(');
    if (startsWithWord(result, "table") && open != std::string::npos && result.ends_with(')'))
        return "TABLE(" + spelledTable(catalog, result.substr(open + 1, result.size() - open - 2)) +
               ")";
    return result.empty() ? result : spelledType(catalog, result);
}

/// Functions of a name through the search path: full names with their arguments.
std::vector<std::pair<QualifiedName, std::string>> functionsNamed(const Catalog& catalog,
                                                                  const QualifiedName& name)
{
    std::vector<std::pair<QualifiedName, std::string>> found;
    const auto& functions = catalog.schema().functions;
    for (const QualifiedName& candidate : candidates(name, catalog.searchPath())) {
        for (auto at = functions.lower_bound({candidate, std::string()});
             at != functions.end() && at->first.first == candidate;
             ++at)
            found.push_back(at->first);
    }
    return found;
}

QualifiedName spelledFunction(const Catalog& catalog, const QualifiedName& written)
{
    const auto found = functionsNamed(catalog, written);
    QualifiedName name = found.empty() ? written : found.front().first;
    const auto& path = catalog.readingPath();
    if (name.schema == "pg_catalog" || std::ranges::find(path, name.schema) != path.end())
        name.schema.clear();
    return name;
}

bool isCalled(const Catalog& catalog, const QualifiedName& function)
{
    return !tablesThatCall(catalog, function).empty() || !viewsThatCall(catalog, function).empty();
}

Done dropCallers(Catalog& catalog, const QualifiedName& function, bool others)
{
    const auto views = viewsThatCall(catalog, function);
    const auto tables = tablesThatCall(catalog, function);
    if (others) {
        for (const auto& users : {views, tables}) {
            for (const QualifiedName& user : users)
                catalog.doubt(user, {}, "may call the function " + function.name + ", dropped");
        }
        return std::nullopt;
    }
    for (const QualifiedName& view : views) {
        if (Done refused = dropView(catalog, view, true))
            return refused;
    }
    for (const QualifiedName& table : tables) {
        if (Done refused = dropCallersIn(catalog, table, function))
            return refused;
    }
    return std::nullopt;
}

void renameCalls(Catalog& catalog, const QualifiedName& from, const QualifiedName& to, bool others)
{
    for (const QualifiedName& view : viewsThatCall(catalog, from))
        catalog.doubt(view, {}, "calls the function " + from.name + ", renamed");
    for (const QualifiedName& user : tablesThatCall(catalog, from)) {
        if (others) {
            catalog.doubt(user, {}, "may call the function " + from.name + ", renamed");
            continue;
        }
        editTable(catalog, user, [&](Table& table) -> Done {
            editTexts(table,
                      [&](std::string& text) { renameCallsIn(text, toSql(from), toSql(to)); });
            refreshDefinitions(table);
            return std::nullopt;
        });
    }
}

} // namespace sightglass::replaying
