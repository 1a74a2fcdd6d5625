// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_deparse.h"
#include "core/sql/expression.h"
#include "core/sql/parse_tree.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

constexpr int deepestTree = 600;
constexpr std::string_view expressionLead = "SELECT ";
constexpr std::string_view keyLead = "CREATE INDEX ON t (";

template <typename Visit>
void visitAll(const ParseNode& node, int depth, const Visit& visit)
{
    if (!node || depth > deepestTree)
        return;
    visit(node);
    for (const auto& [name, field] : node.fields()) {
        visitAll(field, depth + 1, visit);
        for (const ParseNode& item : node.list(name))
            visitAll(item, depth + 1, visit);
    }
}

struct Parsed
{
    ParseTree tree;
    std::size_t lead;
};

/// An expression, or an index key with its order and operator class.
std::optional<Parsed> parsed(std::string_view text)
{
    if (auto tree = parseSql(std::string(expressionLead) + std::string(text)))
        return Parsed{.tree = std::move(*tree), .lead = expressionLead.size()};
    if (auto tree = parseSql(std::string(keyLead) + std::string(text) + ")"))
        return Parsed{.tree = std::move(*tree), .lead = keyLead.size()};
    return std::nullopt;
}

/// A place of `text` that is `length` long.
struct Place
{
    std::size_t begin;
    std::size_t length;
    friend bool operator==(const Place&, const Place&) = default;
};

std::string
replaced(std::string_view text, std::vector<Place> places, const std::string& replacement)
{
    std::ranges::sort(places, std::greater<>(), &Place::begin);
    const auto repeated = std::ranges::unique(places);
    places.erase(repeated.begin(), repeated.end());
    std::string result(text);
    for (const Place& place : places)
        result.replace(place.begin, place.length, replacement);
    return result;
}

/// Length of `name` at `at`, quoted or not; 0: it is not there.
std::size_t lengthAt(std::string_view text, std::size_t at, std::string_view name)
{
    if (at >= text.size())
        return 0;
    const std::string quoted = canonical::identifier(name);
    const std::string newer = quotedIdentifier(name);
    for (const std::string& spelling : {quoted, newer, "\"" + std::string(name) + "\""}) {
        if (text.substr(at).starts_with(spelling))
            return spelling.size();
    }
    return 0;
}

bool wordEndsAt(std::string_view text, std::size_t at)
{
    return at >= text.size() || text[at] == ' ' || text[at] == ',';
}

/// "app.status" or "status" in its parts.
std::vector<std::string> partsOf(std::string_view name)
{
    std::vector<std::string> parts(1);
    bool quoted = false;
    for (const char c : name) {
        if (c == '"')
            quoted = !quoted;
        else if (c == '.' && !quoted)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

} // namespace

std::vector<std::string> columnsOf(std::string_view expression)
{
    std::vector<std::string> columns;
    const auto add = [&](const std::string& name) {
        if (name != "*" && std::ranges::find(columns, name) == columns.end())
            columns.push_back(name);
    };
    const auto found = parsed(expression);
    if (!found)
        return columns;
    visitAll(found->tree.root(), 0, [&](const ParseNode& node) {
        if (node.is("IndexElem") && !node.text("name").empty())
            add(std::string(node.text("name")));
        if (!node.is("ColumnRef"))
            return;
        const auto names = node.strings("fields");
        if (!names.empty())
            add(names.back());
    });
    return columns;
}

std::vector<QualifiedName> relationsOf(std::string_view query)
{
    std::vector<QualifiedName> relations;
    const auto tree = parseSql(query);
    if (!tree)
        return relations;
    std::set<std::string> local;
    visitAll(tree->root(), 0, [&](const ParseNode& node) {
        if (node.is("CommonTableExpr"))
            local.emplace(node.text("ctename"));
    });
    visitAll(tree->root(), 0, [&](const ParseNode& node) {
        if (node.text("relname").empty())
            return;
        QualifiedName name{.schema = std::string(node.text("schemaname")),
                           .name = std::string(node.text("relname"))};
        if (name.schema.empty() && local.contains(name.name))
            return;
        if (std::ranges::find(relations, name) == relations.end())
            relations.push_back(std::move(name));
    });
    return relations;
}

std::string
withColumnRenamed(std::string_view expression, std::string_view from, std::string_view to)
{
    const auto found = parsed(expression);
    if (!found)
        return std::string(expression);
    std::vector<Place> places;
    // A key that is a plain column has no place in the tree; it can only stand first.
    if (const std::size_t length = lengthAt(expression, 0, from);
        length > 0 && wordEndsAt(expression, length))
        places.push_back({.begin = 0, .length = length});
    visitAll(found->tree.root(), 0, [&](const ParseNode& node) {
        if (!node.is("ColumnRef"))
            return;
        const auto names = node.strings("fields");
        const auto location = node.location();
        if (names.size() != 1 || names.front() != from || !location || *location < found->lead)
            return;
        const std::size_t begin = *location - found->lead;
        if (const std::size_t length = lengthAt(expression, begin, from); length > 0)
            places.push_back({.begin = begin, .length = length});
    });
    return replaced(expression, std::move(places), canonical::identifier(to));
}

std::string withTypeRenamed(std::string_view expression, std::string_view from, std::string_view to)
{
    const auto found = parsed(expression);
    const std::vector<std::string> old = partsOf(from);
    if (!found)
        return std::string(expression);
    std::vector<Place> places;
    visitAll(found->tree.root(), 0, [&](const ParseNode& node) {
        const ParseNode typeName = node.field("typeName");
        const auto location = typeName.location();
        if (!typeName || typeName.strings("names") != old || !location || *location < found->lead)
            return;
        const std::size_t begin = *location - found->lead;
        std::size_t length = 0;
        for (const std::string& part : old) {
            const std::size_t dot = length > 0 ? 1 : 0;
            const std::size_t more = lengthAt(expression, begin + length + dot, part);
            if (more == 0)
                return;
            length += dot + more;
        }
        places.push_back({.begin = begin, .length = length});
    });
    std::string replacement;
    for (const std::string& part : partsOf(to))
        replacement += (replacement.empty() ? "" : ".") + canonical::identifier(part);
    return replaced(expression, std::move(places), replacement);
}

} // namespace sightglass
